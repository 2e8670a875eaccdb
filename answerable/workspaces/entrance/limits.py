"""How often may be tried, counted before each try and for all processes together (T073).

Three counts stand before a password: the account from anywhere, the account from one network,
and the network for all accounts. A passkey is not counted by account: who is shut out by
somebody else's guessing has a way in.
"""

import ipaddress
from dataclasses import dataclass
from datetime import timedelta

from answerable.workspaces.models import Tally, User

MINUTES_15 = timedelta(minutes=15)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Limit:
    """So many in so long."""

    what: str
    most: int
    period: timedelta

    def take(self) -> bool:
        return Tally.take(self.what, self.most, self.period)

    def give_back(self) -> None:
        Tally.give_back(self.what)


def network_of(ip: str) -> str:
    """An IPv6 customer has a whole /64, and is one."""
    try:
        address = ipaddress.ip_address(ip)
    except ValueError:
        return "unknown"
    if address.version == 6:
        return str(ipaddress.ip_network(f"{address}/64", strict=False))
    return str(address)


def account_of(email: str) -> str:
    """The account that an address means, however it is written."""
    written = email.strip().lower()
    pk = User.objects.filter(email=written).values_list("pk", flat=True).first()
    return f"user {pk}" if pk else f"nobody {written}"


def for_password(email: str, ip: str) -> list[Limit]:
    account, network = account_of(email), network_of(ip)
    return [
        Limit(f"password {account} from {network}", 8, MINUTES_15),
        Limit(f"password {account}", 20, MINUTES_15),
        Limit(f"password from {network}", 60, MINUTES_15),
    ]


def for_code(user: User) -> Limit:
    return Limit(f"code of user {user.pk}", 8, MINUTES_15)


def once_for_code(user: User, code: str) -> Limit:
    """A code lets in once, on whichever process it arrives."""
    return Limit(f"code {code} of user {user.pk}", 1, MINUTES_15)


def for_reset(email: str, ip: str) -> list[Limit]:
    return [
        Limit(f"reset {account_of(email)}", 3, HOUR),
        Limit(f"reset from {network_of(ip)}", 20, HOUR),
    ]


def for_invitation(workspace_id: int, email: str) -> list[Limit]:
    return [
        Limit(f"invitation of {workspace_id} to {email}", 5, DAY),
        Limit(f"invitations of {workspace_id}", 200, DAY),
    ]


def for_workspace(user: User) -> Limit:
    return Limit(f"workspaces of user {user.pk}", 5, DAY)


def for_token(ip: str) -> Limit:
    """Guessing at the secret of an invitation."""
    return Limit(f"token from {network_of(ip)}", 30, MINUTES_15)


def take_all(limits: list[Limit]) -> bool:
    """One more of each, or none: what was taken before a refusal is given back."""
    taken: list[Limit] = []
    for limit in limits:
        if not limit.take():
            for earlier in taken:
                earlier.give_back()
            return False
        taken.append(limit)
    return True
