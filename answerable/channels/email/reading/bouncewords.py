"""The words in which mail systems say that a mail did not arrive."""

import re

BOUNCE_SUBJECT = re.compile(
    r"undeliver|delivery (?:status|failure|failed|report|notification|problem|has failed|"
    r"incomplete|error|delay)|"
    r"returned mail|return(?:ed)? to sender|failure (?:notice|notification)|mail (?:delivery|"
    r"system|failure|error)|"
    r"non[ -]?delivery|undelivered|could ?n[o']t be delivered|delivery.{0,20}fail|failed mail|"
    r"message (?:delivery|status|you sent)|"
    r"problem delivering|rejected|bounced?\b|warning: (?:message|could not send)|\bNDR?\b|"
    r"mail not delivered|delayed|"
    r"unzustellbar|nicht zustellbar|nicht zugestellt|zustellung|fehlgeschlagen|non remis|"
    r"non[- ]distribu|échec|non délivr|"
    r"no se puede entregar|no entregado|devuelto|mancata consegna|non recapitabile|"
    r"impossibile (?:consegnare|recapitare)|"
    r"não entregue|falha na entrega|onbestelbaar|niet (?:bezorgd|afgeleverd)|kan inte levereras|"
    r"kunne ikke leveres|"
    r"ikke leveret|nie dostarczon|niedostarcz|nedoruč|не доставлен|недоставлен|"
    r"не может быть доставлен|"
    r"iletilemedi|teslim edilemedi|退信|无法投递|無法傳遞|未送达|配信不能|送信エラー|배달 실패|"
    r"전송 실패|تعذر التسليم|לא נמסר",
    re.IGNORECASE,
)
FAILED = re.compile(
    r"could ?n[o']t be (?:delivered|sent|reached)|(?:was|were|been|"
    r"is) ?n[o']t (?:be )?delivered|undeliver(?:able|ed)|"
    r"delivery (?:to|of|attempt|has|have|failed|failure|status|error)|fail(?:ed|"
    r"ure)?.{0,40}(?:permanent|deliver|recipient|address)|"
    r"permanent(?:ly)? (?:fatal|error|fail)|unable to (?:deliver|send|relay|process)|"
    r"not able to deliver|wasn'?t able to deliver|"
    r"did ?n[o']t reach|returned (?:to|mail|message|below|as)|message (?:was|"
    r"has been) (?:rejected|returned|refused|blocked)|"
    r"(?:user|recipient|mailbox|address|account|host|domain) (?:is )?(?:unknown|not found|"
    r"unavailable|does not exist|rejected|disabled)|"
    r"unknown (?:user|recipient|address|host)|no such (?:user|recipient|address|mailbox)|"
    r"unrouteable|"
    r"following (?:address|recipient|destination|e-?mail)|transcript of session|"
    r"reason for (?:the )?(?:failure|return)|"
    r"(?:has|have) not been delivered|not yet been delivered|will not be delivered|"
    r"cannot be delivered|can ?not deliver|"
    r"error deliver|error has occurred|"
    r"sorry to have to inform|i'?m afraid i wasn'?t|couldn'?t deliver|mail delivery|smtp error|"
    r"error (?:code|message)|"
    r"mailbox (?:is )?full|over ?quota|exceed(?:ed|s)|had (?:permanent|transient)|bounce|"
    r"konnte nicht|nicht zugestellt|n'a pas (?:pu|été)|no (?:se )?pudo|non (?:è stato|"
    r"può essere)|não (?:foi|pôde)|niet (?:worden|bezorgd)|"
    r"не (?:удалось|может|доставлен)|配信できません|届けられ|送信できませんで|無法|无法|退信|"
    r"存在しません",
    re.IGNORECASE,
)
# Where the copy of the mail that came back begins.
COPY = re.compile(
    r"^(?:[> ]*-{2,}.{0,20}(?:below this line|copy of (?:the|your) message|original message|"
    r"message (?:header|text)|"
    r"unsent message|returned message|undelivered message|this is a copy|headers? follow|"
    r"included is a copy|start of|forwarded message|the header).{0,60}"
    r"|[> ]*(?:original message (?:headers?|follows|text)|your (?:original )?(?:message|"
    r"mail) (?:follows|reads)|"
    r"message headers? follow|the (?:original )?message (?:headers? )?(?:follows|is attached|"
    r"is below)|"
    r"first \d+ lines|a copy of (?:the|your) (?:original )?message|"
    r"headers? of the (?:original )?message|"
    r"here is (?:your message|the message)|message contents follow|unsent message below|"
    r"original mail|"
    r"the message (?:that caused|headers?)|below (?:this line )?is (?:a copy|the)).{0,80}"
    r"|[> ]*Return-Path: ?<?.{0,200}|[> ]*Received: ?(?:from|by|\(from) .{0,300})$",
    re.IGNORECASE | re.MULTILINE,
)
NOT_RECIPIENTS = re.compile(
    r"(?:mailer-?daemon|postmaster|abuse|root|mail-?daemon|support|helpdesk|admin|hostmaster|"
    r"noreply|no-reply|"
    r"webmaster|security|spam|whitelist|unblock|delist)@|\d{6,}[.\-\w]*@|[\w.$+\-]{30,}@",
    re.IGNORECASE,
)
LEADS = re.compile(
    r"following (?:address|recipient|e-?mail|destination|user)|did not reach|"
    r"could not be delivered to|"
    r"addresses? (?:had|were|was|below)|addressed to email address|delivery to:?$",
    re.IGNORECASE,
)
