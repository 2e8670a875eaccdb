"""The log of who came in, from where, and by what (P24)."""

from django.http import HttpRequest

from answerable.workspaces.models import SignIn, User


def address_of(request: HttpRequest) -> str:
    """Where a request came from. The server has believed none but the proxies it trusts (T068)."""
    return str(request.META.get("REMOTE_ADDR") or "0.0.0.0")  # noqa: S104 - unknown, not a socket


def note(request: HttpRequest, user: User | None, outcome: str, method: str = "") -> None:
    """Write it down; what nobody is behind (an unknown address) leaves no row."""
    if user is None or not user.pk:
        return
    SignIn.objects.create(
        user=user,
        outcome=outcome,
        method=method[:40],
        ip=address_of(request),
        agent=request.headers.get("User-Agent", "")[:300],
    )


def method_of(records: list[dict[str, object]]) -> str:
    """In words, from allauth's records of this session: password + totp, passkey."""
    words: list[str] = []
    for record in records:
        word = str(record.get("type") or record.get("method") or "")
        if record.get("passwordless"):
            word = "passkey"
        if not record.get("reauthenticated") and word not in words:
            words.append(word)
    return " + ".join(words)
