"""One SMTP or LMTP conversation, command by command."""

import asyncio
import logging
import ssl
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from typing import TypeAlias

from answerable.channels.email.arrival import Arrival, Fate, Outcome, ReceivedBy
from answerable.channels.email.receivers import replies
from answerable.channels.email.receivers.envelope import Envelope
from answerable.channels.email.receivers.house import House
from answerable.channels.email.receivers.path import Malformed
from answerable.channels.email.receivers.wire import (
    BareNewline,
    Ended,
    LineTooLong,
    TooMuch,
    Wire,
)

log = logging.getLogger("answerable.mail")

# A browser that was made to speak to us has its commands in the body: hang up before it.
SPOKEN_BY_BROWSERS = {"GET", "POST", "PUT", "HEAD", "CONNECT", "OPTIONS"}

Command: TypeAlias = "Callable[[Dialogue, str], Awaitable[str | None]]"


class Dialogue:
    """What one connection has said so far, and the answers to it."""

    def __init__(self, wire: Wire, house: House, peer: str) -> None:
        self.wire = wire
        self.house = house
        self.peer = peer
        self.helo = ""
        self.is_taking_mail = False
        self._errors = 0
        self._idle = 0
        self.envelope = Envelope(house, peer)

    async def run(self) -> None:
        """Until either side says goodbye, or a limit is reached."""
        self.wire.say(f"220 {self.house.name} {self.house.speaks.upper()} ready")
        try:
            while await self._turn():
                pass
        except (Ended, ConnectionError, ssl.SSLError):
            log.debug("%s went away", self.peer)
        except TimeoutError:
            self.wire.say(replies.TOO_SLOW)
        except asyncio.CancelledError:
            self.wire.say(replies.CLOSING)
        self.envelope.end()
        with suppress(ConnectionError):
            await self.wire.flush()
        self.wire.close()

    async def _turn(self) -> bool:
        """One command and its answer. False ends the conversation."""
        try:
            async with asyncio.timeout(self.house.limits.seconds_per_command):
                line = (await self.wire.line()).decode()
        except LineTooLong:
            self._say(replies.LINE_TOO_LONG)
        except BareNewline:
            self._say(replies.BARE_NEWLINE_IN_COMMAND)
        except UnicodeDecodeError:
            self._say(replies.NOT_TEXT)
        else:
            verb, _, argument = line.partition(" ")
            if farewell := self._farewell(verb.upper()):
                self.wire.say(farewell)
                return False
            await self._answer(verb.upper(), argument.strip())
        return self._goes_on()

    def _farewell(self, verb: str) -> str | None:
        if verb in SPOKEN_BY_BROWSERS:
            return replies.TOO_MANY_ERRORS
        return replies.BYE if verb == "QUIT" else None

    async def _answer(self, verb: str, argument: str) -> None:
        command = self._commands_of[self.house.speaks].get(verb)
        try:
            reply = await command(self, argument) if command else replies.UNKNOWN_COMMAND
        except Malformed as problem:
            reply = replies.malformed(problem)
        if reply:
            self._say(reply)

    def _goes_on(self) -> bool:
        limits = self.house.limits
        if self._errors >= limits.errors or self._idle >= limits.idle_commands:
            log.warning("%s made too many errors and was sent away", self.peer)
            self.wire.say(replies.TOO_MANY_ERRORS)
            return False
        if self.house.is_closing:
            self.wire.say(replies.CLOSING)
            return False
        return True

    def _say(self, reply: str) -> None:
        """A permanent refusal counts against the peer, so that guessing comes to an end."""
        if reply[0] in "45":
            self._errors += reply[0] == "5"
            log.info("%s (%s) was answered %s", self.peer, self.helo, reply)
        self.wire.say(reply)

    def _forget(self) -> None:
        self.envelope.end()
        self.envelope = Envelope(self.house, self.peer)

    # Greeting

    async def _hello(self, name: str) -> str | None:
        """EHLO and LHLO, which say what we can."""
        if refusal := self._greeted_by(name):
            return refusal
        offers = ["PIPELINING", f"SIZE {self.house.limits.size}", "8BITMIME", "SMTPUTF8"]
        if self.house.tls and not self.wire.is_secure:
            offers.append("STARTTLS")
        lines = [self.house.name, *offers, "ENHANCEDSTATUSCODES"]
        self.wire.say(*(f"250 {line}" for line in lines))
        return None

    async def _helo(self, name: str) -> str:
        return self._greeted_by(name) or f"250 {self.house.name}"

    def _greeted_by(self, name: str) -> str | None:
        if not name or not name.isprintable():
            return replies.NEEDS_NAME
        self._idle += 1
        self._forget()
        self.helo = name[:255]
        return None

    async def _starttls(self, argument: str) -> str | None:
        if argument:
            return replies.NO_PARAMETERS
        if self.house.tls is None:
            return replies.NO_TLS
        if self.wire.is_secure:
            return replies.SECURE_ALREADY
        self.wire.say(replies.READY_FOR_TLS)
        await self.wire.start_tls(self.house.tls)
        self._forget()
        self.helo = ""
        return None

    # The mail

    async def _mail(self, argument: str) -> str:
        return self.envelope.begin(argument) if self.helo else replies.GREET_FIRST

    async def _rcpt(self, argument: str) -> str:
        return await self.envelope.add(argument)

    async def _data(self, argument: str) -> str | None:
        if argument:
            return replies.NO_PARAMETERS
        if self.envelope.sender is None:
            return replies.SENDER_FIRST
        if not self.envelope.recipients:
            return replies.RECIPIENT_FIRST
        if self.house.is_full():
            return replies.BUSY
        self.is_taking_mail = True
        self.wire.say(replies.GO_AHEAD)
        await self._take_mail()
        self.is_taking_mail = False
        self._forget()
        return None

    async def _take_mail(self) -> None:
        limits = self.house.limits
        try:
            async with asyncio.timeout(limits.seconds_per_mail):
                raw = await self.wire.mail(limits.size)
        except TooMuch:
            self._say_for_all(replies.too_large(limits.size))
        except BareNewline:
            self._say_for_all(replies.BARE_NEWLINE)
        else:
            self._idle = 0
            self.envelope.end()
            self._say_outcomes(await self._keep(raw))

    async def _keep(self, raw: bytes) -> Mapping[str, Outcome]:
        recipients = tuple(dict.fromkeys(self.envelope.recipients))
        sender = self.envelope.sender or ""
        arrival = Arrival(raw, sender, recipients, self.house.speaks, self.peer, self.helo)
        try:
            async with asyncio.timeout(self.house.limits.seconds_to_store):
                return await self.house.store.put(arrival)
        except TimeoutError:
            return dict.fromkeys(recipients, Outcome(Fate.LATER))

    def _say_outcomes(self, outcomes: Mapping[str, Outcome]) -> None:
        limit = self.house.limits.size
        pairs = [(address, outcomes[address]) for address in self.envelope.recipients]
        if self.house.speaks == ReceivedBy.LMTP:
            answers = [replies.of(outcome, address, limit=limit) for address, outcome in pairs]
        else:
            answers = [replies.of_all(pairs, limit=limit)]
        for answer in answers:
            self._say(answer)

    def _say_for_all(self, reply: str) -> None:
        """LMTP wants an answer for each recipient, SMTP one."""
        count = len(self.envelope.recipients) if self.house.speaks == ReceivedBy.LMTP else 1
        for _ in range(count):
            self._say(reply)

    # The rest

    async def _rset(self, argument: str) -> str:
        self._idle += 1
        if argument:
            return replies.NO_PARAMETERS
        self._forget()
        return replies.OK

    async def _noop(self, argument: str) -> str:  # noqa: ARG002
        self._idle += 1
        return replies.OK

    async def _vrfy(self, argument: str) -> str:  # noqa: ARG002
        self._idle += 1
        return replies.CANNOT_VERIFY

    async def _help(self, argument: str) -> str:  # noqa: ARG002
        self._idle += 1
        return replies.HELP

    _shared: "dict[str, Command]" = {
        "STARTTLS": _starttls,
        "MAIL": _mail,
        "RCPT": _rcpt,
        "DATA": _data,
        "RSET": _rset,
        "NOOP": _noop,
        "VRFY": _vrfy,
        "HELP": _help,
    }
    _commands_of: "dict[ReceivedBy, dict[str, Command]]" = {
        ReceivedBy.SMTP: {"HELO": _helo, "EHLO": _hello, **_shared},
        ReceivedBy.LMTP: {"LHLO": _hello, **_shared},
    }
