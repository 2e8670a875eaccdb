"""The bars of the first days, for whoever looks after the workspace, until they put them away."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from allauth.mfa.models import Authenticator
from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from answerable.channels.email.models import Mail, MailAccount
from answerable.workspaces.models import Invitation, Member
from answerable.workspaces.rights import Right

DEMO, FIRST = "demo", "first"
# After so long whoever has not done it does not want to.
FIRST_DAYS = timedelta(days=30)
SECOND_FACTORS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]


@dataclass(frozen=True)
class Step:
    """One thing to do in the first days, and where."""

    words: str | Promise
    href: str
    is_done: bool


def demo(member: Member) -> dict[str, Any] | None:
    """How to go on from the demo, for its owner."""
    wanted = member.workspace.is_demo and member.may(Right.OWN)
    return {} if wanted and DEMO not in member.put_away else None


def what_is_left(member: Member) -> dict[str, Any] | None:
    """The steps of the first days; nothing once all are done. One question to the database."""
    if member.workspace.is_demo or FIRST in member.put_away or not member.may(Right.SETTINGS):
        return None
    if member.workspace.created_at < timezone.now() - FIRST_DAYS:
        return None
    steps = _steps(member)
    left = [step for step in steps if not step.is_done]
    return {"steps": steps, "done": len(steps) - len(left)} if left else None


def _steps(member: Member) -> list[Step]:
    known = _known(member)
    to: Callable[..., str] = lambda name, *args: reverse(name, args=[member.workspace.slug, *args])  # noqa: E731
    account = known["account"]
    its_page = to("mail_account", account) if account else to("mail_account_new")
    steps = []
    if member.may(Right.INBOXES):
        steps += [
            Step(_("Give it an address for mail"), its_page, bool(account)),
            Step(_("Write to it, and see the mail arrive"), to("health"), known["arrived"]),
            Step(_("Let answers leave: test sending"), its_page, known["sends"]),
        ]
    if member.may(Right.MEMBERS):
        steps.append(Step(_("Invite a colleague"), to("members"), known["is_not_alone"]))
    steps.append(Step(_("Set up a second factor"), to("security"), known["has_second"]))
    return steps


def _known(member: Member) -> dict[str, Any]:
    here = {"workspace": OuterRef("workspace")}
    accounts = MailAccount.objects.filter(**here)
    others = Member.objects.filter(**here).exclude(pk=OuterRef("pk"))
    factors = Authenticator.objects.filter(user=OuterRef("user"), type__in=SECOND_FACTORS)
    me: QuerySet[Member, Any] = Member.objects.filter(pk=member.pk)
    known = me.values(
        account=Subquery(accounts.order_by("pk").values("pk")[:1]),
        arrived=Exists(Mail.objects.filter(**here)),
        sends=Exists(accounts.exclude(outgoing=MailAccount.Outgoing.OUTBOX)),
        is_not_alone=Exists(others) | Exists(Invitation.objects.filter(**here)),
        has_second=Exists(factors),
    ).get()
    return dict(known)
