"""The one automatic mail: yours has arrived. Off unless an account asks for it.

Only to a sender who is proven, only to the first message of a conversation, never to a machine,
at most once a day to an address from the whole installation, and with no word of theirs in it:
else it is a way to send mail to strangers in our name (T093, T094).
"""

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from answerable.channels.email.models import AutomaticMails, MailAccount
from answerable.channels.email.outgoing.plan import plan
from answerable.channels.email.outgoing.tongue import spoken_in
from answerable.conversations.channel import Unsendable
from answerable.conversations.models import Conversation, Event, Message

MOST_AUTOMATIC = 2
NOBODY = ("noreply", "no-reply", "donotreply", "do-not-reply", "mailer-daemon", "postmaster")


def acknowledge_arrivals(events: Sequence[Event]) -> None:
    """A reader of events. Seeing one twice acknowledges it once."""
    received = [event for event in events if event.kind == Event.Kind.RECEIVED]
    accounts = MailAccount.objects.filter(acknowledge=True, active=True)
    wanting = set(accounts.values_list("inbox", flat=True)) if received else set()
    for event in received:
        if event.conversation.inbox_id in wanting and event.message is not None:
            acknowledge(event.message)


@transaction.atomic
def acknowledge(message: Message) -> Message | None:
    """Tell its sender that it has arrived, if nothing speaks against that."""
    conversation = message.conversation
    if not _may_be_told(message, conversation):
        return None
    account = MailAccount.objects.select_related("workspace").get(inbox=conversation.inbox_id)
    with spoken_in(account.workspace):
        answer = Message.objects.create(
            workspace_id=message.workspace_id,
            conversation=conversation,
            kind=Message.Kind.OUT,
            from_name=account.from_name or account.workspace.name,
            to=[message.from_email],
            subject=_("We have received your message (#%(number)s)")
            % {"number": conversation.number},
            new_text=_("Thank you. Your message has arrived and has the number %(number)s.\n\n")
            % {"number": conversation.number}
            + _("A person will read it and answer you."),
            is_automatic=True,
            verification=Message.Verification.MEMBER,
        )
    try:
        plan(answer)
    except Unsendable:
        answer.delete()
        return None
    because = _("confirms that mail has arrived")
    event = conversation.record(Event.Kind.REPLIED, message=answer, because=because)
    Message.objects.filter(pk=answer.pk).update(number=event.number)
    return answer


def _may_be_told(message: Message, conversation: Conversation) -> bool:
    local = message.from_email.casefold().rpartition("@")[0]
    return (
        message.kind == Message.Kind.IN
        and message.is_verified
        and not message.is_automatic
        and conversation.shelf != Conversation.Shelf.SPAM
        and not local.startswith(NOBODY)
        and not conversation.messages.exclude(pk=message.pk).exists()
        and AutomaticMails.objects.allow(message.from_email, "acknowledgement", 1)
        and AutomaticMails.objects.allow(message.from_email, "any", MOST_AUTOMATIC)
    )
