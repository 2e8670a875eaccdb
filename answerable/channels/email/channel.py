"""The mail channel, as the heart knows it."""

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse

from answerable.channels.email.models import MailAccount
from answerable.conversations.channel import Capabilities, Unsendable
from answerable.conversations.models import Conversation, Inbox, Message, Participant

__all__ = ["Email", "Unsendable"]


class Email:
    """Answers by mail: one delivery per recipient."""

    capabilities = Capabilities(
        has_subject=True,
        has_copies=True,
        has_formatting=True,
        longest_text=200_000,
        largest_file=25_000_000,
    )

    def plan(self, message: Message, *, not_before: datetime | None = None) -> None:
        from answerable.channels.email.outgoing.plan import plan  # noqa: PLC0415

        plan(message, not_before=not_before)

    def take_back(self, message: Message) -> bool:
        from answerable.channels.email.outgoing.taking_back import take_back  # noqa: PLC0415

        return take_back(message)

    def retry(self, message: Message) -> None:
        from answerable.channels.email.outgoing.retrying import retry  # noqa: PLC0415

        retry(message)

    def aliases(self, inbox: Inbox) -> list[str]:
        accounts = MailAccount.objects.filter(inbox=inbox)
        pairs = accounts.order_by("aliases__pk").values_list("address", "aliases__address")
        return [*dict.fromkeys(address for pair in pairs for address in pair if address)]

    def addresses(self, inboxes: Iterable[Inbox]) -> dict[int, str]:
        accounts = MailAccount.objects.filter(inbox__in=list(inboxes))
        return dict(accounts.values_list("inbox_id", "address"))

    def settings_of(self, inbox: Inbox) -> str:
        slug = inbox.workspace.slug
        if pk := MailAccount.objects.filter(inbox=inbox).values_list("pk", flat=True).first():
            return reverse("mail_account", args=[slug, pk])
        return f"{reverse('mail_account_new', args=[slug])}?inbox={inbox.pk}"

    def recipients(self, conversation: Conversation) -> tuple[list[str], list[str]]:
        present = Participant.objects.present().filter(conversation=conversation)
        by_role = list(present.order_by("pk").values_list("role", "identity__shown"))
        asked = [shown for role, shown in by_role if role == Participant.Role.REQUESTER]
        copied = [shown for role, shown in by_role if role == Participant.Role.COPIED]
        return asked[:1], copied
