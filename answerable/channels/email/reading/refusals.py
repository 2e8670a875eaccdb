"""What a mail server meant when it refused: one word for the reason, from its own words."""

import re

# In this order: the first that fits is the reason. Words of servers all over the world.
REASONS: dict[str, str] = {
    "authfailure": (
        r"\bdmarc\b|\bspf\b(?!.{0,30}whitelist)|\bdkim\b|sender policy framework|"
        r"not authenticated|"
        r"unauthenticated (?:e-?mail|mail)|does not pass authentication|authentication checks"
    ),
    "requireptr": (
        r"\bptr\b|reverse (?:dns|lookup|hostname|mapping)|\brdns\b|cannot find your (?:reverse|"
        r"hostname)|"
        r"fix reverse|hostname .{0,40}not (?:found|resolv)|no (?:dns )?a-?record"
    ),
    "badreputation": (r"\breputation\b"),
    "mesgtoobig": (
        r"(?:message|mail|size|data)[^.]{0,40}(?:too (?:big|large)|"
        r"exceeds?(?: the)?[^.]{0,30}(?:size|limit|maximum))|"
        r"size limit exceeded|message size|too large|exceeded storage allocation.{0,20}message"
    ),
    "mailboxfull": (
        r"mailbox (?:is )?(?:full|over)|over ?quota|quota (?:exceeded|full|violat)|exceed(?:ed|"
        r"s)?.{0,30}quota|"
        r"(?:mailbox|account|user|inbox|storage).{0,40}(?:full|over quota|quota)|out of storage|"
        r"disk quota|"
        r"insufficient (?:disk|storage|system storage)|mailfolder is full|mailbox size limit|"
        r"too much mail|"
        r"storage (?:limit|space|allocation)|not enough (?:disk |storage )?space|no space left|"
        r"box full"
    ),
    "hasmoved": (
        r"has (?:moved|been replaced)|moved to|no longer valid.{0,20}new address|address changed|"
        r"recipient has changed|user has moved|new address"
    ),
    "suspend": (
        r"suspend|(?:account|mailbox|user|address)[^.]{0,40}(?:disabled|inactive|deactivat|"
        r"locked|frozen|unavailable for|"
        r"expired|not active|has been closed|is closed|dormant)|inactive (?:user|account|"
        r"recipient)|disabled"
    ),
    "norelaying": (
        r"relay(?:ing)? (?:access )?(?:denied|not (?:allowed|permitted)|is prohibited)|"
        r"unable to relay|"
        r"not (?:allowed|permitted) to relay|relay(?:ing)? prohibited|no relay|we do not relay|"
        r"this system is not configured to relay|rcpthosts"
    ),
    "notaccept": (
        r"null ?mx|does not accept (?:any )?mail|not accept(?:ing)? (?:any )?(?:e-?)?mail|"
        r"smtp (?:protocol|service) (?:returned|refused)|host .{0,60}does not receive|"
        r"mail not accepted"
    ),
    "hostunknown": (
        r"(?:host|domain|system|server)[^.]{0,30}(?:unknown|not found|does not exist|"
        r"lookup fail|invalid)|unknown (?:host|domain)|"
        r"no such domain|name (?:service )?error|could not be resolved|"
        r"unrouteable (?:mail )?domain|"
        r"host or domain name not found|couldn'?t find any host|cannot resolve|unresolvable|"
        r"bad destination (?:host|system)|"
        r"nonexistent domain|nxdomain|illegal host|not a valid domain|no mail hub|"
        r"mx (?:record )?lookup"
    ),
    "userunknown": (
        r"(?:user|recipient|mailbox|account|address|addressee|person|login|member|"
        r"alias)[^.;]{0,50}"
        r"(?:unknown|not (?:found|exist|known|listed|valid|recogni[sz]ed|registered|present)|"
        r"(?:does|did)(?:n'?t| not) exist|"
        r"invalid|non-?exist|no longer)|"
        r"(?:unknown|invalid|no such|no|non-?existent|bad|unroutable|undeliverable|illegal|"
        r"incorrect) "
        r"(?:local |destination |e-?mail |virtual |smtp )*(?:user|recipient|mailbox|account|"
        r"address|person|part)\b|"
        r"no (?:one|mailbox) (?:here )?by that name|not (?:a )?(?:known|valid|local) (?:user|"
        r"address|recipient|mailbox)|"
        r"user doesn'?t have|not our customer|doesn'?t have (?:a|an) .{0,30}account|"
        r"unrouteable address|can'?t find (?:that )?(?:user|mailbox)|address rejected|"
        r"recipient rejected|"
        r"address does not exist|user not|does not like recipient|recipnotfound|invalid address|"
        r"not (?:listed )?in .{0,20}directory|mailbox unavailable|no valid recipients|"
        r"该用户|不存在|存在しません|宛先|utilisateur inconnu|unbekannt|nicht gefunden|inconnu|"
        r"desconocid|sconosciut"
    ),
    "toomanyconn": (
        r"connection frequency|too many (?:connections?|concurrent|sessions?|simultaneous)|"
        r"connection (?:limit|rate)|"
        r"concurrency limit|exceeded.{0,30}connections|max(?:imum)? (?:number of )?connections"
    ),
    "speeding": (
        r"rate limit|too (?:many|much) (?:messages|mail|e-?mails|recipients? this|requests)|"
        r"throttl|"
        r"sending (?:rate|quota|limit)|receiving (?:mail|messages) at a rate|too fast|"
        r"unusual rate"
    ),
    "exceedlimit": (
        r"message exceeds|recipients? (?:per|limit)|too many recipients|exceed.{0,30}(?:limit|"
        r"maximum)"
    ),
    "virusdetected": (r"virus|infected|malware|trojan|worm\b"),
    "spamdetected": (
        r"\bspam(?!haus|cop|rats)|junk mail|unsolicited|bulk (?:e-?)?mail|\bspammy|"
        r"rejected due to content|score|"
        r"looks like|identified as"
    ),
    "blocked": (
        r"block(?:ed|list)?|black ?list|spamhaus|spamcop|\brbl\b|dnsbl|\bpbl\b|\bsbl\b|"
        r"barracudacentral|sorbs|banned|"
        r"denied by|access denied.{0,30}(?:ip|host)|client (?:host|address)|(?:your|the) (?:ip|"
        r"server|network)|"
        r"connection refused by|bad (?:reverse|helo|ehlo)|helo|ehlo|not accepted from|graylist|"
        r"greylist|"
        r"\[\d{1,3}(?:\.\d{1,3}){3}\].{0,40}(?:denied|refused|reject)|unsolicited from your"
    ),
    "policyviolation": (
        r"policy|prohibited|not (?:allowed|permitted|authori[sz]ed) (?:to send|attachment|file)|"
        r"attachment|"
        r"disallowed|violat|executable|file type|compliance"
    ),
    "securityerror": (
        r"security|authentication (?:required|failed|turned on)|\btls\b|ssl|encryption|"
        r"must issue a starttls|"
        r"verification failure|sender verify|password|credential|login"
    ),
    "rejected": (
        r"(?:sender|from|originator|mail from|envelope)[^.]{0,40}(?:reject|denied|refus|"
        r"not (?:allowed|accept|exist|valid)|invalid|"
        r"unknown|verif|blocked)|(?:domain of sender|sender address|sender domain)|"
        r"access denied|message (?:was )?rejected|"
        r"not accepting (?:mail|messages) from|we don'?t accept|refused to accept|"
        r"administrative prohibition"
    ),
    "contenterror": (
        r"(?:message|mail) (?:content|header|body)|malformed|mime|8[ -]?bit|bare (?:lf|newline)|"
        r"header (?:syntax|missing)|charset|"
        r"improper|line (?:too long|length)"
    ),
    "mailererror": (
        r"command (?:died|failed)|exit (?:status|code)|procmail|mailer (?:error|died)|pipe to|"
        r"child process|"
        r"local (?:delivery|configuration) (?:failed|error)|unknown mailer|\bx-unix\b"
    ),
    "expired": (
        r"expired|timed?[ -]?out|time ?limit|retry (?:time|timeout)|too long|"
        r"could not be delivered (?:for|within|after)|"
        r"(?:been|was) (?:in the )?queue|delivery (?:time|attempts?)|giving up|undelivered for|"
        r"not yet been delivered|"
        r"delayed|still (?:trying|being retried)|max(?:imum)? (?:retries|attempts)|deferred|"
        r"unable to deliver in|"
        r"warning message|connection (?:timed|was dropped)"
    ),
    "networkerror": (
        r"network|connection (?:refused|reset|lost|closed|failed)|connect(?:ion)? to|no route|"
        r"unreachable|loop|"
        r"too many hops|mail for .{0,60}loops|could not (?:connect|contact)|dns (?:error|fail)|"
        r"host (?:is )?down|lost connection|"
        r"name server|cannot connect|couldn'?t (?:connect|establish)|not responding|all hosts"
    ),
    "systemerror": (
        r"system (?:error|config|not|failure)|server (?:error|config|failure|busy)|"
        r"internal (?:error|server)|"
        r"local error|configuration|temporar(?:y|ily)|try again later|service unavailable|"
        r"resources? temporarily|"
        r"insufficient|i/o error|unexpected|interrupted|no space"
    ),
    "syntaxerror": (
        r"syntax|unrecogni[sz]ed command|command (?:not|unrecogni)|bad sequence|parameter|"
        r"not implemented|invalid (?:command|argument)"
    ),
}
PATTERNS = tuple((name, re.compile(pattern, re.IGNORECASE)) for name, pattern in REASONS.items())
# RFC 3463, where the code says more than the words.
BY_STATUS_ROWS = """
    1.0=userunknown 1.1=userunknown 1.2=hostunknown 1.3=userunknown 1.4=filtered
    1.6=hasmoved 1.7=rejected 1.8=rejected 1.9=userunknown 1.10=userunknown
    1.351=userunknown 2.0=filtered 2.1=suspend 2.2=mailboxfull 2.3=exceedlimit 2.4=filtered
    3.0=systemerror 3.1=mailboxfull 3.2=notaccept 3.3=systemerror 3.4=mesgtoobig
    3.5=systemerror 4.0=networkerror 4.1=expired 4.2=expired 4.3=systemerror
    4.4=hostunknown 4.5=expired 4.6=networkerror 4.7=expired 5.0=mailererror
    5.1=syntaxerror 5.2=syntaxerror 5.3=toomanyconn 6.0=contenterror 6.9=contenterror
    7.0=securityerror 7.1=securityerror 7.9=securityerror 7.13=suspend 7.25=requireptr
    7.26=authfailure 7.27=notaccept 7.509=authfailure 7.606=blocked 4.316=expired
    4.312=networkerror
"""
BY_STATUS = dict(row.split("=") for row in BY_STATUS_ROWS.split())
SURE_ROWS = """
    1.1 1.2 1.6 2.2 3.4 7.25 7.26 7.13 7.509 7.606 1.10 1.351 4.316 4.312 1.7 1.8
"""
SURE = frozenset(SURE_ROWS.split())
HARD = {"userunknown", "hostunknown", "hasmoved", "notaccept"}
USUAL_STATUS = {
    "userunknown": "5.1.1",
    "hostunknown": "5.1.2",
    "hasmoved": "5.1.6",
    "mailboxfull": "5.2.2",
    "mesgtoobig": "5.3.4",
    "expired": "4.4.7",
    "notaccept": "5.3.2",
    "suspend": "5.2.1",
}
STATUS = re.compile(r"(?<![\d.])([245])\.(\d{1,3})\.(\d{1,3})(?![\d.]|\d)")
REPLY = re.compile(r"(?<![\d.\-/:])([45]\d\d)(?=[ \-#,:.]|$)(?![.]\d)(?!-\d{3}\b)")


def status_in(text: str) -> str:
    """The enhanced status code in these words, or one made of the reply code."""
    match = STATUS.search(text)
    if match:
        return match[0]
    reply = REPLY.search(text)
    return f"{reply[1][0]}.0.0" if reply else ""


def reason_of(status: str, text: str) -> str:
    """One word for why; "undefined" when nobody can tell."""
    detail = status.partition(".")[2]
    if detail in SURE:
        return BY_STATUS[detail]
    text = text[:2_000]
    for name, pattern in PATTERNS:
        if pattern.search(text):
            return name
    return BY_STATUS.get(detail, "undefined")


def is_hard(reason: str, status: str) -> bool:
    """Hard: the address is of no use any more. Unknown reasons go by the class of the code,
    when the server gave one."""
    return reason in HARD or (reason == "undefined" and status.startswith("5"))
