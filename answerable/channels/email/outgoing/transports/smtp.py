"""Mail that leaves by the account's own SMTP server."""

import re
import smtplib
from collections.abc import Callable

from django.utils.translation import gettext as _

from answerable.channels.email.models import MailAccount
from answerable.channels.email.outgoing.compose import Composed
from answerable.channels.email.outgoing.transports.kept import KEPT
from answerable.channels.email.outgoing.transports.line import Line, opened
from answerable.channels.email.outgoing.transports.way import Deferred, Lost, Refused
from answerable.channels.email.reading.headers import one_line
from answerable.kit.web import within

# With the time to connect less than the lease of a delivery.
ENVELOPE_SECONDS = 60.0
WHOLE_SECONDS = 200.0
# RFC 5321, 4.5.3.2.6 wants patience for the last answer: giving up means not knowing.
LAST_ANSWER_SECONDS = 180.0
ABOUT_US = {421, 530, 534, 535, 538}  # about the account or the hour, not about this mail
STARTS_WITH_DOT = re.compile(rb"^\.", re.MULTILINE)


class Smtp:
    """One SMTP server, over lines that are kept for the next mail."""

    def __init__(self, account: MailAccount) -> None:
        self._account = account

    def send(self, mail: Composed, begin: Callable[[], None]) -> str:
        line = self._introduced(KEPT.take(self._account), mail)
        try:
            with within(line.open_socket, WHOLE_SECONDS):
                answer = _handed_over(line, mail.raw, begin)
        except (Refused, Deferred):
            _leave(line)
            raise
        except BaseException:
            line.drop()
            raise
        line.mails += 1
        KEPT.put(line)
        return answer

    def _introduced(self, line: Line, mail: Composed) -> Line:
        """A line that has taken the envelope; a new one, if a kept one was dead after all."""
        try:
            with within(line.open_socket, ENVELOPE_SECONDS):
                _introduce(line, mail)
        except (OSError, smtplib.SMTPException, UnicodeError) as broken:
            line.drop()
            if line.is_fresh:
                raise Deferred(_("The line to the mail server broke.")) from broken
            return self._introduced(opened(self._account), mail)
        except (Refused, Deferred):
            _leave(line)
            raise
        return line


def _leave(line: Line) -> None:
    """After a no, the line is good for the next mail; after a break, it is not."""
    try:
        code, _words = line.rset()
    except (OSError, smtplib.SMTPException):
        code = 0
    if code == 250:
        KEPT.put(line)
    else:
        line.drop()


def _introduce(line: Line, mail: Composed) -> None:
    largest = line.esmtp_features.get("size", "")
    if largest.isdigit() and 0 < int(largest) < len(mail.raw):
        raise Refused(_("It is larger than the mail server takes (%(size)s).") % {"size": largest})
    _give_sender(line, mail)
    _must_be({250, 251, 252}, line.rcpt(mail.recipient))


def _give_sender(line: Line, mail: Composed) -> None:
    answer = line.mail(mail.sender)
    if answer[0] >= 500 and answer[0] not in ABOUT_US and mail.sender != mail.plain_sender:
        # Some servers let an account write under its plain address alone.
        line.rset()
        answer = line.mail(mail.plain_sender)
    _must_be({250}, answer)


def _handed_over(line: Line, raw: bytes, begin: Callable[[], None]) -> str:
    begin()
    try:
        _must_be({354}, line.docmd("DATA"))
        line.send(STARTS_WITH_DOT.sub(b"..", raw.rstrip(b"\r\n") + b"\r\n"))
    except (OSError, smtplib.SMTPException) as broken:
        raise Deferred(_("The line broke before the mail was handed over.")) from broken
    try:
        line.open_socket.settimeout(LAST_ANSWER_SECONDS)
        line.send(b".\r\n")
        answer = line.getreply()
        line.open_socket.settimeout(line.timeout)
    except (OSError, smtplib.SMTPException, Deferred) as broken:
        raise Lost(_("The line broke before the server said whether it took the mail.")) from broken
    return _must_be({250, 251, 252}, answer)


def _must_be(good: set[int], answer: tuple[int, bytes]) -> str:
    """The server's words. Raises Refused or Deferred with them."""
    code, said = answer
    words = f"{code} {one_line(said.decode(errors='replace'))}"[:230]
    if code in good:
        return words
    if code >= 500 and code not in ABOUT_US:
        raise Refused(words)
    raise Deferred(words)
