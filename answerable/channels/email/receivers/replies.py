"""What the receiver answers, in the words of RFC 5321 and RFC 3463."""

from collections.abc import Collection, Iterable

from answerable.channels.email.arrival import Fate, Outcome

OK = "250 2.0.0 OK"
SENDER_OK = "250 2.1.0 OK"
RECIPIENT_OK = "250 2.1.5 OK"
GO_AHEAD = "354 End with a dot on a line of its own"
BYE = "221 2.0.0 Goodbye"
READY_FOR_TLS = "220 2.0.0 Ready to start TLS"
CANNOT_VERIFY = "252 2.5.0 Send the mail, and the answer will tell"
HELP = "214 2.0.0 EHLO, MAIL, RCPT, DATA, RSET, NOOP, STARTTLS, QUIT"

CLOSING = "421 4.3.2 We are being stopped; try again soon"
TOO_SLOW = "421 4.4.2 Nothing came for too long"
TOO_MANY_ERRORS = "421 4.7.0 Too many errors"
TOO_MANY_CONNECTIONS = "421 4.7.0 Too many connections from you; try again later"
BUSY = "452 4.3.1 Too much mail at once; try again later"
TOO_MANY_RECIPIENTS = "452 4.5.3 Too many recipients; send the rest in another mail"
TRY_LATER = "451 4.3.0 The mail cannot be kept now; try again later"

UNKNOWN_COMMAND = "500 5.5.2 That is not a command here"
LINE_TOO_LONG = "500 5.5.6 That line is too long"
BARE_NEWLINE_IN_COMMAND = "500 5.5.2 A command ends with CR and LF together"
NOT_TEXT = "500 5.5.2 That line is not text"
NO_PARAMETERS = "501 5.5.4 That command takes no parameters"
NEEDS_NAME = "501 5.5.4 Say your name, as in EHLO mail.example.org"
GREET_FIRST = "503 5.5.1 Say EHLO or LHLO first"
SENDER_FIRST = "503 5.5.1 Say MAIL FROM first"
ONE_SENDER = "503 5.5.1 MAIL FROM was said already"
RECIPIENT_FIRST = "503 5.5.1 No recipient was taken"
NO_TLS = "502 5.5.1 TLS is not offered here"
SECURE_ALREADY = "503 5.5.1 TLS is on already"
UNKNOWN_PARAMETER = "555 5.5.4 That parameter is not known here"
NEEDS_SMTPUTF8 = "553 5.6.7 An address with such letters needs SMTPUTF8"
BARE_NEWLINE = "550 5.6.0 The mail has a CR or LF that stands alone; RFC 5321, 2.3.8, forbids it"


def malformed(words: object) -> str:
    return f"501 5.1.3 Not understood: {words}"


def too_large(limit: int) -> str:
    return f"552 5.3.4 The mail is larger than the {limit // 1024} KB that are taken here"


def unknown_recipient(address: str, known: Collection[str]) -> str:
    words = f"550 5.1.1 No inbox here has the address {address[:254]}"
    return f"{words}; there is {', '.join(known)}" if known else words


def of(outcome: Outcome, address: str, *, limit: int) -> str:
    """The answer for one recipient."""
    match outcome.fate:
        case Fate.STORED:
            return f"250 2.0.0 Kept as {outcome.mail}"
        case Fate.UNKNOWN:
            return unknown_recipient(address, ())
        case Fate.TOO_LARGE:
            return too_large(limit)
        case Fate.LATER:
            return TRY_LATER


def of_all(outcomes: Iterable[tuple[str, Outcome]], *, limit: int) -> str:
    """The one answer of SMTP. Where recipients differ, the sender comes again for each."""
    answers = {address: of(outcome, address, limit=limit) for address, outcome in outcomes}
    kinds = {answer[:3] for answer in answers.values()}
    if len(kinds) == 1:
        return next(iter(answers.values()))
    return TRY_LATER
