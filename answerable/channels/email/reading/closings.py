"""How people end a mail, and what their telephones add."""

import re

from answerable.channels.email.reading.phrases import pattern


def _table(rows: str) -> tuple[str, ...]:
    return tuple(word.strip() for row in rows.strip().split("\n") for word in row.split("|"))


REGARDS = _table("""
regards|best regards|kind regards|kindest regards|warm regards|warmest regards|many regards
with regards|rgds|br|kr|with best regards|with kind regards|best wishes|all the best|best|warmly
sincerely|yours sincerely|sincerely yours|yours faithfully|yours truly|yours|respectfully
respectfully yours|cordially|cheers|take care|love|have a nice day|have a great day|talk soon
mit freundlichen grüßen|mit freundlichen grüssen|mit freundlichem gruß|mit freundlichem gruss
freundliche grüße|freundliche grüsse|viele grüße|viele grüsse|beste grüße|beste grüsse|liebe grüße
liebe grüsse|schöne grüße|herzliche grüße|herzliche grüsse|mit besten grüßen|mit besten grüssen
mfg|mit herzlichen grüßen|grüße|grüsse|gruß|gruss|lg|vg|hochachtungsvoll|cordialement
bien cordialement|très cordialement|bien à vous|bien à toi|salutations|meilleures salutations
sincères salutations|salutations distinguées|sincèrement|amicalement|cdlt|bonne journée
respectueusement|saludos|un saludo|saludos cordiales|un cordial saludo|cordialmente|atentamente
atte|muchos saludos|le saluda atentamente|un abrazo|reciba un cordial saludo|salu2|cordiali saluti
distinti saluti|saluti|un saluto|un cordiale saluto|i migliori saluti|cari saluti
con i migliori saluti|a presto|atenciosamente|att|cumprimentos|melhores cumprimentos
com os melhores cumprimentos|abraços|um abraço|abs|cordiais saudações|saudações
met vriendelijke groet|met vriendelijke groeten|vriendelijke groet|vriendelijke groeten|groet
groeten|hartelijke groet|hartelijke groeten|mvg|met hartelijke groet|gr|hoogachtend
med vänliga hälsningar|med vänlig hälsning|vänliga hälsningar|vänlig hälsning|hälsningar|mvh
bästa hälsningar|med venlig hilsen|venlig hilsen|de bedste hilsner|bedste hilsner|hilsen|vh|kh
kærlig hilsen|med vennlig hilsen|vennlig hilsen|beste hilsen|ystävällisin terveisin
parhain terveisin|terveisin|yt|t|kunnioittavasti|z poważaniem|pozdrawiam|serdecznie pozdrawiam
z wyrazami szacunku|pozdrowienia|łączę pozdrowienia|s pozdravem|s přátelským pozdravem|hezký den
s úctou|pozdrav|s pozdravom|с уважением|с наилучшими пожеланиями|всего доброго|всего наилучшего
з повагою|з найкращими побажаннями|с уважение|поздрави|saygılarımla|saygılarımızla|iyi çalışmalar
sevgiler|selamlar|kolay gelsin|iyi günler|此致|此致敬礼|敬上|祝好|顺祝商祺|谨上
よろしくお願いいたします|よろしくお願いします|以上、よろしくお願いいたします|敬具|감사합니다|드림
올림|مع أطيب التحيات|مع التحية|تحياتي|مع خالص التحية|בברכה|בכבוד רב|תודה מראש|با احترام
üdvözlettel|tisztelettel|cu respect|cu stimă|toate cele bune|με εκτίμηση|φιλικά
με φιλικούς χαιρετισμούς|salam hormat|hormat saya|salam|trân trọng|thân ái|ขอแสดงความนับถือ
lijep pozdrav|srdačan pozdrav|s poštovanjem|lep pozdrav|pagarbiai|lugupidamisega|ar cieņu
salutacions|salutacions cordials|agur bero bat|með kveðju|kveðja
""")

THANKS = _table("""
thanks|thank you|many thanks|thanks a lot|thanks again|thank you very much|thx|thanks so much
thanks in advance|thank you in advance|with thanks|thanks and regards|thanks & regards|ty|tks
danke|vielen dank|danke im voraus|vielen dank im voraus|besten dank|herzlichen dank|merci
merci d'avance|merci beaucoup|gracias|muchas gracias|gracias de antemano|grazie|grazie mille
obrigado|obrigada|muito obrigado|bedankt|alvast bedankt|dank je|dank u|tack|tack på förhand|tak
på forhånd tak|takk|kiitos|dziękuję|dzięki|z góry dziękuję|děkuji|díky|ďakujem|спасибо|благодарю
заранее спасибо|дякую|teşekkürler|teşekkür ederim|谢谢|謝謝|ありがとうございます|شكرا|תודה
köszönöm|mulțumesc|ευχαριστώ|terima kasih|cảm ơn|hvala|ačiū|aitäh|paldies
""")

CLOSING = re.compile(rf"\W*(?:{pattern(REGARDS)})\W*", re.IGNORECASE)
GRATEFUL = re.compile(rf"\W*(?:{pattern(THANKS)})\W*", re.IGNORECASE)

# What a telephone or a free service writes under a mail.
SENT = _table("""
sent|get|envoyé|enviado|enviada|inviato|verzonden|verstuurd|skickat|skickas|sendt|wysłano|wysłane
odesláno|odoslané|отправлено|надіслано|відправлено|gönderildi|trimis|elküldve|poslano|poslato
lähetetty|gesendet|diese nachricht wurde|von meinem|von meiner|mit der|da mobile|dikirim|đã gửi
enviat|изпратено|выслано
""")
OFFERED = _table("""
Hanki|Hent|Hämta|Télécharger|Obtenez|Obtener|Ottieni|Obter|Download|Pobierz|Holen Sie sich
""")
SENT_FORMS = (
    rf"(?:{pattern(SENT)})\b(?:(?!\. |, |\? |! ).){{0,80}}",
    r"(?:von|aus|mit) (?:meinem?r?|der|dem)\b.{1,60}(?:gesendet|verschickt|geschrieben)",
    r"(?:从|從|来自|發自|发自|由|使用)(?:我的)?.{1,50}(?:发送|傳送|發送)?",
    r".{0,30}(?:iPhone|iPad|Android|スマートフォン)から送信",
    r".{0,30}(?:iPhone|iPad|Galaxy|아이폰).{0,8}에서 (?:보냄|보낸.{0,10})",
    r".{0,40}(?:مرسل|أُرسلت|أرسلت) من .{1,40}",
    r"נשלח מ.{1,40}",
    r".{0,40}(?:iPhone|iPad|Samsung|Android|Huawei|Yahoo|Outlook).{0,30} gönderildi",
    rf"(?:{pattern(OFFERED)}) .{{0,20}}(?:Outlook|Yahoo|iPhone|Samsung|Android).{{0,40}}",
)
SENT_FROM = re.compile(
    rf"\W{{0,4}}(?:{'|'.join(SENT_FORMS)})[.!]?(?:\s*<[^>]{{0,200}}>)?\W{{0,3}}", re.IGNORECASE
)
DEVICE_WORDS = _table("""
iphone|ipad|android|samsung|galaxy|outlook|yahoo|blackberry|windows|huawei|xiaomi|nokia|gmail
mail|telefon|móvil|mobil|smartphone|proton|aol|handy|tablet|telstra|thunderbird|acompli|boxer
spark|superhuman|airmail|mailbird|em client|k-9|nine|bluemail|verizon|发|發|送|에서|من|נשלח
gönderildi
""")
MINE = r"\b(?:my|meine?[mr]?|mon|ma|mi|mijn|min|meu|minha|mio|mojego|mého|môjho|моего|мого)\b"
DEVICES = re.compile(rf"{MINE}|{pattern(DEVICE_WORDS)}", re.IGNORECASE)

# What lawyers write under a mail.
DISCLAIMERS = (
    (
        r"(?:this|the (?:information|contents?) (?:in|of) this) "
        r"(?:e-?mail|message|communication|transmission)\b.{0,200}(?:confidential|privileged|"
        r"intended)"
    ),
    r"confidentiality notice|disclaimer\b|important notice:",
    r"please consider the environment|think before you print",
    r"diese (?:e-?mail|nachricht)\b.{0,80}vertraulich",
    r"ce (?:message|courriel|mail)\b.{0,120}confidentiel",
    r"este (?:mensaje|correo|e-?mail|mensagem)\b.{0,160}confidencia",
    r"questo messaggio\b.{0,120}(?:riservat|confidenzial)",
    r"(?:dit bericht|deze e-?mail)\b.{0,120}vertrouwelijk",
    r"настоящее сообщение\b.{0,120}конфиденциальн",
)
DISCLAIMER = re.compile(rf"\W{{0,5}}(?:{'|'.join(DISCLAIMERS)})", re.IGNORECASE)
