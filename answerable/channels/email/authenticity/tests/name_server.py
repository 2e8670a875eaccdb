"""A name server on loopback that knows one small zone."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import dns.message
import dns.rcode
import dns.resolver
import dns.rrset

SILENCE = "silence"


class NameServer:
    """Answers what is in `zone`: (name, kind) to texts; SILENCE is never answered."""

    def __init__(self) -> None:
        self.zone: dict[tuple[str, str], list[str] | str] = {}
        self.asked: list[tuple[str, str]] = []
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.bind(("127.0.0.1", 0))
        self.thread = threading.Thread(target=self._serve, daemon=True)

    def publish(self, name: str, kind: str, *texts: str) -> None:
        quoted = [f'"{t[at : at + 200]}"' for t in texts for at in range(0, len(t), 200)]
        self.zone[name, kind] = (
            [" ".join(quoted)]
            if kind == "TXT" and len(texts) == 1
            else [f'"{text}"' if kind == "TXT" else text for text in texts]
        )

    def keep_silent_about(self, name: str, kind: str) -> None:
        self.zone[name, kind] = SILENCE

    @property
    def resolver(self) -> dns.resolver.Resolver:
        resolver = dns.resolver.Resolver(configure=False)
        resolver.nameservers = ["127.0.0.1"]
        resolver.port = self.socket.getsockname()[1]
        return resolver

    def _serve(self) -> None:
        while True:
            wire, peer = self.socket.recvfrom(4096)
            if wire == b"stop":
                return
            if answer := self._answer(dns.message.from_wire(wire)):
                self.socket.sendto(answer.to_wire(max_size=65535), peer)

    def _answer(self, query: dns.message.Message) -> dns.message.Message | None:
        question = query.question[0]
        name = question.name.to_text(omit_final_dot=True).lower()
        kind = dns.rdatatype.to_text(question.rdtype)
        self.asked.append((name, kind))
        texts = self.zone.get((name, kind))
        if texts == SILENCE:
            return None
        answer = dns.message.make_response(query)
        if texts is None and not any(known == name for known, _ in self.zone):
            answer.set_rcode(dns.rcode.NXDOMAIN)
        elif texts:
            answer.answer.append(dns.rrset.from_text_list(question.name, 60, "IN", kind, texts))
        return answer


@contextmanager
def name_server() -> Iterator[NameServer]:
    server = NameServer()
    server.thread.start()
    try:
        yield server
    finally:
        server.socket.sendto(b"stop", server.socket.getsockname())
        server.thread.join(2)
        server.socket.close()
