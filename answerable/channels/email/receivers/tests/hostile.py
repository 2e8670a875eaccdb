# ruff: noqa: ARG002 - every answer has the same arguments
"""An IMAP server that says what it is told to, for what no real server does on request."""

import socket
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Self

Answer = Callable[[str, str], bytes]


@dataclass
class Hostile:
    """Answers each command by its name; `commands` is what it was sent, line by line."""

    answers: dict[str, Answer] = field(default_factory=dict)
    greeting: bytes = b"* OK ready\r\n"
    capabilities: str = "IMAP4rev1 IDLE"
    uidvalidity: int = 7
    mails: dict[int, bytes] = field(default_factory=dict)
    commands: list[str] = field(default_factory=list)

    def __enter__(self) -> Self:
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        threading.Thread(target=self._listen, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._listener.close()

    def _listen(self) -> None:
        while True:
            try:
                line, _ = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._talk, args=(line,), daemon=True).start()

    def _talk(self, line: socket.socket) -> None:
        with line, line.makefile("rb") as reader:
            line.sendall(self.greeting)
            for raw in reader:
                command = raw.decode().rstrip("\r\n")
                self.commands.append(command)
                if not self._reply(line, command):
                    return

    def _reply(self, line: socket.socket, command: str) -> bool:
        tag, _, rest = command.partition(" ")
        words = rest.upper().removeprefix("UID ").split()
        name = words[0] if words else ""
        answer = self.answers.get(name) or getattr(self, f"_{name.lower()}", _fine)
        try:
            line.sendall(answer(tag, rest))
        except (ConnectionError, Hang):
            return False
        return True

    def _capability(self, tag: str, rest: str) -> bytes:
        return f"* CAPABILITY {self.capabilities}\r\n{tag} OK done\r\n".encode()

    def _examine(self, tag: str, rest: str) -> bytes:
        uidnext = max(self.mails, default=0) + 1
        return (
            f"* {len(self.mails)} EXISTS\r\n* OK [UIDVALIDITY {self.uidvalidity}] ok\r\n"
            f"* OK [UIDNEXT {uidnext}] ok\r\n{tag} OK [READ-ONLY] done\r\n"
        ).encode()

    def _search(self, tag: str, rest: str) -> bytes:
        low, _, high = rest.rsplit(maxsplit=1)[-1].partition(":")
        top = max(self.mails, default=0) if high == "*" else int(high)
        found = [uid for uid in self.mails if int(low) <= uid <= top]
        if high == "*" and not found and self.mails:
            found = [top]
        return f"* SEARCH {' '.join(map(str, found))}\r\n{tag} OK done\r\n".encode()

    def _fetch(self, tag: str, rest: str) -> bytes:
        uids = [int(uid) for uid in rest.split()[2].split(",")]
        parts = [self._item(uid, rest) for uid in uids if uid in self.mails]
        return b"".join(parts) + f"{tag} OK done\r\n".encode()

    def _item(self, uid: int, rest: str) -> bytes:
        raw = self.mails[uid]
        if "SIZE" in rest:
            return f"* {uid} FETCH (UID {uid} RFC822.SIZE {len(raw)})\r\n".encode()
        name = "BODY[HEADER]" if "HEADER" in rest else "BODY[]"
        body = raw.partition(b"\r\n\r\n")[0] if "HEADER" in rest else raw
        head = f"* {uid} FETCH (UID {uid} {name} {{{len(body)}}}\r\n".encode()
        return head + body + b")\r\n"

    def _logout(self, tag: str, rest: str) -> bytes:
        raise Hang


class Hang(Exception):
    """Closes the connection in the middle of whatever it was."""


def _fine(tag: str, rest: str) -> bytes:
    return f"{tag} OK done\r\n".encode()
