"""Whether mail flows: in, through, and out."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import OuterRef, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from answerable.channels.email.models import Delivery, Mail, MailAccount
from answerable.kit.models import Beat
from answerable.look.times import exactly
from answerable.workspaces.health import Section, Sign, Tone
from answerable.workspaces.models import Member
from answerable.workspaces.own_health import TELL, has_role

LATELY = timedelta(days=7)
LONG = timedelta(hours=1)
MOST_NAMED = 5
MOST_COUNTED = 1000
State = Delivery.State


def signs(member: Member) -> Iterator[Sign]:
    accounts = list(_accounts(member))
    if not accounts:
        where = reverse("mail_account_new", args=[member.workspace.slug])
        yield Sign(
            Tone.CARE,
            _("Mail accounts"),
            _("There is none yet, so that no mail can arrive."),
            _("Add the address that customers write to."),
            ((_("New mail account"), where),),
        )
        return
    yield _receiver()
    for account in accounts:
        yield _account(account, member)
    yield _trouble(member)
    yield from _deliveries(member)


def _accounts(member: Member) -> list[MailAccount]:
    last = Mail.objects.filter(account=OuterRef("pk")).order_by("-pk").values("received_at")[:1]
    visible = MailAccount.objects.visible_to(member).filter(active=True)
    return list(visible.annotate(last_in=Subquery(last)).order_by("address"))


def _receiver() -> Sign:
    about = _("Receiving")
    if has_role(list(Beat.objects.alive()), "mail"):
        return Sign(Tone.RIGHT, about, _("Mail is taken in, and mailboxes are fetched."))
    words = _("Nothing takes mail in: the part of the program that receives it is not running.")
    advice = _("Start “answerable run”, or “answerable mail” beside it. No mail is lost meanwhile.")
    return Sign(Tone.WRONG, about, words, f"{advice} {TELL}")


def _account(account: MailAccount, member: Member) -> Sign:
    where = reverse("mail_account", args=[member.workspace.slug, account.pk])
    link = ((_("Mail account"), where),)
    last = getattr(account, "last_in", None)
    words = _("Last mail: %s.") % exactly(last) if last else _("No mail has come yet.")
    if account.fetch_error:
        told = _("It cannot be fetched: %s") % account.fetch_error
        advice = _("Test it on its page; most often the password or a server's name has changed.")
        return Sign(Tone.WRONG, account.address, f"{told} {words}", advice, link)
    if account.incoming == MailAccount.Incoming.IMAP and _is_silent(account):
        told = _("It has not been fetched for an hour.")
        advice = _("See whether anything takes mail in, above.")
        return Sign(Tone.WRONG, account.address, f"{told} {words}", advice, link)
    if account.outgoing == MailAccount.Outgoing.OUTBOX and not member.workspace.is_demo:
        told = _("Its answers stay in the outbox: none leaves.")
        advice = _("Name the server that sends for this address.")
        return Sign(Tone.CARE, account.address, f"{words} {told}", advice, link)
    if last is None:
        advice = _("Write to it from an address of your own, and see it arrive.")
        return Sign(Tone.CARE, account.address, words, advice, link)
    return Sign(Tone.RIGHT, account.address, words, links=link)


def _is_silent(account: MailAccount) -> bool:
    return not account.fetched_at or account.fetched_at < timezone.now() - LONG


def _trouble(member: Member) -> Sign:
    lately = timezone.now() - LATELY
    rows = Mail.objects.visible_to(member).in_trouble().filter(workspace=member.workspace_id)
    found = rows.filter(received_at__gte=lately).order_by("-pk").values_list("state", flat=True)
    counts = Counter(found[:MOST_COUNTED])
    about = _("Mail in trouble")
    failed, refused = counts[Mail.State.FAILED], counts[Mail.State.REFUSED]
    if not failed and not refused:
        return Sign(Tone.RIGHT, about, _("None in the last seven days."))
    numbers = {"failed": failed, "refused": refused}
    words = _("In the last seven days %(failed)d could not be read, %(refused)d were refused.")
    link = ((_("See each, with its reason"), _of(member, "mail_trouble")),)
    if failed:
        advice = _("Read each; what matters can be tried again. Nothing is thrown away.")
        return Sign(Tone.CARE, about, words % numbers, advice, link)
    return Sign(Tone.RIGHT, about, words % numbers, links=link)


def _deliveries(member: Member) -> Iterator[Sign]:
    """What did not leave in the last days, each kind with the conversations it is about."""
    lately = timezone.now() - LATELY
    rows = Delivery.objects.filter(workspace=member.workspace_id, created_at__gte=lately)
    unsent = rows.visible_to(member).filter(
        state__in=[State.DEFERRED, State.FAILED, State.UNKNOWN], message__isnull=False
    )
    fields = ("state", "message__conversation__number", "created_at")
    found = list(unsent.order_by("-pk").values_list(*fields)[:MOST_COUNTED])
    if not found:
        yield Sign(Tone.RIGHT, _("Answers"), _("All that was written lately has left."))
    of_state = {state: [row for row in found if row[0] == state] for state in State}
    if rows_ := of_state[State.DEFERRED]:
        yield _deferred(member, [row[1] for row in rows_], min(row[2] for row in rows_))
    if rows_ := of_state[State.FAILED]:
        numbers = [row[1] for row in rows_]
        words = ngettext("%d was refused for good.", "%d were refused for good.", len(rows_))
        advice = _("The reason stands under the answer, with Retry. Often the address is wrong.")
        yield _sign(member, words % len(rows_), advice, numbers)
    if rows_ := of_state[State.UNKNOWN]:
        numbers = [row[1] for row in rows_]
        words = ngettext("%d was perhaps sent.", "%d were perhaps sent.", len(rows_))
        advice = _("The line broke while the server answered. Retry sends the same mail again.")
        yield _sign(member, words % len(rows_), advice, numbers)


def _deferred(member: Member, numbers: list[int], oldest: datetime) -> Sign:
    words = ngettext("%d waits for another try.", "%d wait for another try.", len(numbers))
    is_long = oldest < timezone.now() - LONG
    newest = Delivery.objects.filter(workspace=member.workspace_id).order_by("-pk")[:MOST_NAMED]
    all_wait = is_long and all(each.state != State.ACCEPTED for each in newest)
    advice = _("Nothing is lost: it is tried again, later each time.")
    if all_wait:
        advice = _("Nothing has left lately. Test sending on the page of the mail account.")
    tone = Tone.WRONG if all_wait else Tone.CARE
    return _sign(member, words % len(numbers), advice, numbers, tone)


def _sign(
    member: Member, words: str, advice: str, numbers: list[int], tone: Tone = Tone.CARE
) -> Sign:
    named = list(dict.fromkeys(numbers))[:MOST_NAMED]
    links = tuple((f"#{number}", _of(member, "conversation", number)) for number in named)
    return Sign(tone, _("Answers"), words, advice, links)


def _of(member: Member, name: str, *args: object) -> str:
    return reverse(name, args=[member.workspace.slug, *args])


SECTION = Section("mail", gettext_lazy("Mail"), signs, order=10)
