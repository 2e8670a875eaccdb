"""Whose thread is it? A mail joins only by proof, and the reason is kept with the message.

a reply address that we signed, written by the very participant it was given to
    └▶ a Message-ID of ours in References, written by a participant
        └▶ any other known Message-ID, written by a participant whose sender is proven
            └▶ none: a conversation of its own; a near miss is told to the agent

Knowing a token or a Message-ID is not permission (T086, T087, T091), a subject never is (T090).
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from answerable.channels.email.authenticity import Level, Verdict
from answerable.channels.email.models import Mail, MailId
from answerable.channels.email.reading import Letter
from answerable.channels.email.tokens import ReplyToken, parse_message_id
from answerable.conversations.models import Conversation, Message, Participant
from answerable.customers.models import Identity
from answerable.kit.secrets import keys_for

MOST_ANSWERS = 20


@dataclass(frozen=True)
class Thread:
    """Where a mail belongs, why, and how far its sender is to be believed there."""

    conversation: Conversation | None
    because: str
    verdict: Verdict


def thread_of(letter: Letter, mail: Mail, verdict: Verdict) -> Thread:
    if letter.sender is None:
        return Thread(None, _("It does not name exactly one sender."), verdict)
    asker = _Asker(letter, mail, verdict)
    return asker.by_address() or asker.by_message_id() or asker.alone()


def addresses_of(letter: Letter, mail: Mail) -> Iterator[str]:
    """Where it was sent to: the envelope first, then the address fields, never the body."""
    yield mail.recipient
    yield from letter.delivered_to
    yield from (address.email for address in (*letter.to, *letter.cc))


class _Asker:
    def __init__(self, letter: Letter, mail: Mail, verdict: Verdict) -> None:
        self.letter = letter
        self.mail = mail
        self.verdict = verdict
        sender = letter.sender.email if letter.sender else ""
        self.sender = Identity.normal(Identity.Kind.EMAIL, sender)
        self.keys = keys_for("mail tokens")
        self.near_miss: Conversation | None = None

    def by_address(self) -> Thread | None:
        """Our own reply address: bound to one participant, who must be the one that writes."""
        for address in dict.fromkeys(addresses_of(self.letter, self.mail)):
            token = ReplyToken.read(address, self.keys) if address else None
            if token is None:
                continue
            conversation = self._found(token.conversation_pk)
            if conversation and self._writes(conversation, token):
                return self._joined(
                    conversation, _("It answers at the secret address that only they were given.")
                )
        return None

    def by_message_id(self) -> Thread | None:
        for message_id in self.letter.answers[:MOST_ANSWERS]:
            if ours := parse_message_id(message_id, self.keys):
                conversation = self._found(ours.conversation_pk)
                if conversation and self._writes(conversation):
                    return self._joined(conversation, _("It answers a mail that we sent them."))
        if not self.verdict.is_verified:
            if self.letter.answers:
                self.near_miss = self.near_miss or next(iter(self._known()), None)
            return None
        for known in self._known():
            if self._writes(known):
                return Thread(known, _("It answers a mail of this conversation."), self.verdict)
        return None

    def alone(self) -> Thread:
        if self.near_miss:
            because = _("It answers #%(number)s, but nothing proves that its sender belongs there.")
            return Thread(None, because % {"number": self.near_miss.number}, self.verdict)
        return Thread(None, _("It answers nothing that we know."), self.verdict)

    def _joined(self, conversation: Conversation, because: str) -> Thread | None:
        if self.verdict.level == Level.FAILED:
            return None
        return Thread(conversation, because, self.verdict.with_token())

    def _known(self) -> list[Conversation]:
        """Conversations that the mails it answers are in, nearest first; or that answered it."""
        ids = self.letter.answers[:MOST_ANSWERS]
        if self.letter.message_id:
            ids = (*ids, self.letter.message_id)
        hashes = [MailId.hash_of(each) for each in ids]
        rows = MailId.objects.filter(workspace_id=self.mail.workspace_id, id_hash__in=hashes)
        of_message = dict(rows.values_list("id_hash", "message_id"))
        nearest = [of_message[each] for each in hashes if each in of_message]
        found = Message.objects.filter(pk__in=nearest).select_related("conversation")
        by_pk = {message.pk: self._followed(message.conversation) for message in found}
        here = [by_pk[pk] for pk in nearest if pk in by_pk]
        return [each for each in here if each.inbox_id == self.mail.account.inbox_id]

    def _found(self, pk: int) -> Conversation | None:
        """A conversation of this workspace, or the one it was merged into."""
        rows = Conversation.objects.filter(workspace_id=self.mail.workspace_id, pk=pk)
        conversation = rows.select_related("workspace", "inbox").first()
        return self._followed(conversation) if conversation else None

    def _followed(self, conversation: Conversation) -> Conversation:
        while conversation.merged_into:
            conversation = conversation.merged_into
        return conversation

    def _writes(self, conversation: Conversation, token: ReplyToken | None = None) -> bool:
        """Is the sender one who takes part now, and was the token, if there is one, theirs?

        A token was given in the conversation that it names, which may be a part of this by now.
        """
        theirs = Participant.objects.filter(
            identity__kind=Identity.Kind.EMAIL, identity__value=self.sender
        )
        takes_part = theirs.present().filter(conversation=conversation).exists()
        if takes_part and token:
            named = theirs.filter(pk=token.participant_pk, conversation=token.conversation_pk)
            takes_part = named.exists()
        if takes_part:
            return True
        self.near_miss = self.near_miss or conversation
        return False
