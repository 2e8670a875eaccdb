"""What mail programs write above a quoted mail, in the languages of their users."""

import re


def _table(rows: str) -> tuple[str, ...]:
    return tuple(word.strip() for row in rows.strip().split("\n") for word in row.split("|"))


def _labels(rows: str, kind: str) -> dict[str, str]:
    return {word.casefold(): kind for word in _table(rows)}


# "On Monday, Carl wrote": the verb in it.
WROTE = _table("""
wrote|writes|said|says|sent|schrieb|geschrieben|a écrit|a ecrit|écrivait|a envoyé|escribió|escribio
ha escrito|ha scritto|scrisse|escreveu|schreef|heeft geschreven|het volgende geschreven|geschreven
skrev|skrifaði|kirjoitti|napisał(a)|napisał|napisała|pisze|napsal(a)|napsal|napsala|napísal(a)
napísal|napísala|píše|написал(а)|написал|написала|написали|пишет|писал(а)|писал|писала|написав(ла)
написав|пише|писав|написа|је написао|је написала|je napisao|je napisala|je napisao/la|napisao je
napisala je|je napisal|yazdı|şunu yazdı|şunları yazdı|tarihinde şunu yazdı|写道|寫道|写到|写了
のメール|さんは書きました|は書きました|が書きました|のメッセージ|작성|님이 작성|님이 씀|썼습니다
님의 말|كتب|كتبت|كتب/كتبت|כתב|כתבה|כתב/ה|έγραψε|írta|ezt írta|a scris|rašė|parašė|rakstīja
kirjutas|đã viết|viết|เขียนว่า|เขียน|menulis|menulis:|tulis|ने लिखा|লিখেছেন|نوشت|va escriure
ha escrit|idatzi du|escribiu|shkroi|schrëb|skryf|geskryf|написаў
""")

# The words that open such a line; they only help to find where a wrapped one begins.
OPENERS = _table("""
On|Am|Le|El|Il|Il giorno|Em|No dia|Op|Den|På|Pe|W dniu|Dnia|Dne|Dňa|Dana|Ngày|Pada|Vào|A|Na|Στις
Σας|El dia|O dia|Il dì|Quoting|From|Vom|Um|Le dim|Do dia|La data|Data|Tanggal|於|在|בתאריך|في|На|В
У|Kuupäeval|Datums|Le jour|Þann|Hinn|Op de|tis|Il gg|Tarihinde
""")

LABELS: dict[str, str] = {
    **_labels(
        """
from|von|de|da|van|från|fra|lähettäjä|od|от|от кого|від|kimden|gönderen|发件人|寄件者|寄件人
差出人|送信者|送信元|보낸 사람|보낸사람|발신|מאת|من|feladó|de la|expéditeur|afzender|absender
remitente|mittente|remetente|nadawca|avsändare|afsender|avsender|odesílatel|odosielateľ
отправитель|від кого|από|dari|từ|จาก|šalje|pošiljatelj|siuntėjas|nuo|saatja|no|kellelt|sendt av
sendt fra|frá|mesaj sahibi|de parte de|发送人|से|پیام از|از|nga|од
""",
        "from",
    ),
    **_labels(
        """
date|sent|sent on|sent at|gesendet|gesendet am|datum|envoyé|envoyé le|enviado|enviado el
enviada em|enviado em|enviat|fecha|data|inviato|inviato il|verzonden|verzonden op|skickat|skickad
sendt|dato|lähetetty|päivämäärä|päiväys|pvm|wysłano|wysłane|data wysłania|odesláno|odoslané|dátum
отправлено|дата|надіслано|відправлено|tarih|gönderme tarihi|gönderilme tarihi|gönderildi|发送时间
日期|发送日期|寄件日期|傳送時間|時間|时间|送信日時|送信日|日時|日付|보낸 날짜|날짜|보낸날짜|تاريخ
التاريخ|تم الإرسال|أرسلت|נשלח|תאריך|elküldve|küldve|trimis|trimis la|ημερομηνία|εστάλη|στάλθηκε
dikirim|tanggal|ngày|đã gửi|gửi|วันที่|ส่ง|poslano|datum slanja|išsiųsta|saadetud|kuupäev|datums
nosūtīts|sent date|received|timestamp|date et heure
""",
        "date",
    ),
    **_labels(
        """
to|an|à|a|para|aan|till|til|vastaanottaja|saaja|do|komu|кому|до|kime|alıcı|收件人|收件者|宛先
받는 사람|받는사람|수신|אל|إلى|الى|címzett|către|προς|kepada|đến|ถึง|za|prima|kam|kellele
destinataire|destinatario|destinatário|ontvanger|empfänger|odbiorca|mottagare|modtager|mottaker
příjemce|príjemca|получатель|untuk|tới
""",
        "to",
    ),
    **_labels(
        """
cc|kopie|kopie (cc)|kopi|kopia|kopio|копия|копія|bilgi|抄送|副本|参照|참조|עותק|نسخة|másolat|cópia
copie|copia|κοιν.|dw|dw.|do wiadomości|kopija|bcc|cci|cco|ccn|c.c.|i-cc
""",
        "cc",
    ),
    **_labels(
        """
subject|betreff|objet|sujet|asunto|assunto|oggetto|onderwerp|ämne|emne|aihe|temat|předmět|predmet
тема|konu|主题|主旨|件名|제목|נושא|الموضوع|موضوع|tárgy|subiect|θέμα|subjek|perihal|chủ đề|tiêu đề
เรื่อง|naslov|tema|teema|temats|efni|re|assumpte|zadeva
""",
        "subject",
    ),
    **_labels(
        """
reply-to|reply to|antwort an|répondre à|responder a|responder para|rispondi a|antwoord aan
svar til|svara till|vastausosoite|odpowiedz do|odpovědět|ответить|回复|返信先|importance
wichtigkeit|priorität|attachments|anlagen|anhang|pièces jointes|allegati|anexos|adjuntos
datos adjuntos|bijlagen|bilagor|organization
""",
        "other",
    ),
}

# ---- Original Message ----
ORIGINAL = _table("""
original message|original email|original e-mail|original appointment|ursprüngliche nachricht
originalnachricht|ursprüngliche e-mail|original-nachricht|antwort nachricht|orignal-nachricht
message d'origine|message original|message d’origine|message initial|mensaje original
mensagem original|messaggio originale|messaggio originario|oorspronkelijk bericht
origineel bericht|originele bericht|oprindelig meddelelse|oprindelig besked|original besked
opprinnelig melding|original melding|opprinnelig e-post|ursprungligt meddelande|originalmeddelande
ursprungligt brev|alkuperäinen viesti|oryginalna wiadomość|wiadomość oryginalna
treść oryginalnej wiadomości|původní zpráva|původní e-mail|pôvodná správa|исходное сообщение
оригинальное сообщение|первоначальное сообщение|вихідне повідомлення|оригінальне повідомлення
оригинално съобщение|orijinal mesaj|özgün ileti|asıl ileti|原始邮件|原邮件|原始郵件|原始信件
元のメッセージ|元のメール|オリジナルメッセージ|original message follows|원본 메시지|원본 메일
원본 이메일|reply message|eredeti üzenet|mesaj original|mesajul original|αρχικό μήνυμα|pesan asli
pesan awal|thư gốc|tin nhắn gốc|ข้อความต้นฉบับ|izvorna poruka|izvorno sporočilo|originali žinutė
oriģinālais ziņojums|originaalkiri|الرسالة الأصلية|הודעה מקורית|ההודעה המקורית|پیام اصلی
missatge original|reply above|in reply to|reply to message|quoted message|antwort|réponse|risposta
respuesta|resposta
""")

# ---- Forwarded message ----
FORWARDED = _table("""
forwarded message|begin forwarded message|start of forwarded message|forwarded mail
forwarded email|forwarded by|fwd|weitergeleitete nachricht|anfang der weitergeleiteten nachricht
beginn der weitergeleiteten nachricht|weitergeleitete e-mail|weitergeleitet von|message transféré
message transmis|début du message transféré|début du message réexpédié|message réexpédié
courriel transféré|e-mail transféré|mensaje reenviado|inicio del mensaje reenviado
comienzo del mensaje reenviado|mensaje remitido|correo reenviado|mensagem encaminhada
início da mensagem encaminhada|início da mensagem reencaminhada|mensagem reencaminhada
e-mail encaminhado|messaggio inoltrato|inizio messaggio inoltrato|inizio del messaggio inoltrato
forwarded message - messaggio inoltrato|doorgestuurd bericht|begin doorgestuurd bericht
doorgezonden bericht|doorgestuurde e-mail|vidarebefordrat meddelande|vidarebefordrat brev
vidarebefordrat mejl|videresendt meddelelse|videresendt besked|videresendt melding
start på videresendt besked|videresendt e-post|välitetty viesti|välitetty viesti alkaa
edelleenlähetetty viesti|wiadomość przekazana|przekazana wiadomość|przesyłana wiadomość
początek przekazywanej wiadomości|přeposlaná zpráva|začátek přeposílané zprávy|preposlaná správa
začiatok preposlanej správy|пересылаемое сообщение|пересланное сообщение
перенаправленное сообщение|начало переадресованного сообщения|начало пересылаемого сообщения
пересланное письмо|переслане повідомлення|перенаправлене повідомлення|препратено съобщение
iletilen ileti|iletilen mesaj|yönlendirilen ileti|yönlendirilmiş mesaj|i̇letilen ileti|转发的邮件
转发邮件|轉寄的郵件|轉寄郵件|已转发邮件|转发邮件信息|開始轉寄的郵件|以下是转发的邮件
転送メッセージ|転送されたメッセージ|転送メール|전달된 메시지|전달된 메일|전달 메시지
továbbított üzenet|továbbított levél|mesaj redirecționat|mesaj redirectionat|mesajul redirecționat
προωθημένο μήνυμα|pesan terusan|pesan yang diteruskan|thư chuyển tiếp|tin nhắn được chuyển tiếp
ข้อความที่ส่งต่อ|proslijeđena poruka|prosleđena poruka|posredovano sporočilo|persiųsta žinutė
edastatud kiri|pārsūtītā ziņa|رسالة معاد توجيهها|الرسالة المعاد توجيهها|رسالة مُعاد توجيهها
הודעה שהועברה|הודעה מועברת|پیام ارسال‌شده|missatge reenviat|framsent skeyti
""")

# Subject: FW:, WG:, TR: ...
FORWARD_PREFIX = re.compile(
    r"\s*(?:\[[^\]]{0,40}\]\s*)?(?:fwd?|wg|tr|rv|enc|i|inol|doorst|vb|vs|vl|pd|podaj dalej|přep|"
    r"fs|ilt|i̇lt|yml|továbbítás|redir|πρθ|转发|轉寄|転送|전달|пересл|перенапр|нп)\s?[:\uff1a]",
    re.IGNORECASE,
)

# The line that we ask customers to write above; it opens all that is not theirs.
ABOVE = _table("""
reply above this line|please type your reply above this line|write your reply above this line
antworten sie oberhalb dieser zeile|bitte antworten sie über dieser zeile
répondez au-dessus de cette ligne|responda por encima de esta línea
escriba su respuesta encima de esta línea|responda acima desta linha|rispondi sopra questa riga
antwoord boven deze lijn|antwoord boven deze regel|svara ovanför den här raden
svar over denne linje|vastaa tämän rivin yläpuolelle|odpowiedz powyżej tej linii
odpovězte nad tímto řádkem|ответьте выше этой строки|відповідайте над цим рядком
bu satırın üzerine yanıtlayın|请在此行上方回复|この行より上に返信してください
이 줄 위에 답장하세요|اكتب ردك فوق هذا السطر|השב מעל שורה זו
""")


def pattern(words: tuple[str, ...]) -> str:
    return "|".join(re.escape(word) for word in sorted(set(words), key=len, reverse=True))
