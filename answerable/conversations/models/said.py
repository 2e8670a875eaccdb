import hashlib
import json
from hmac import compare_digest
from typing import Self

from django.db import models
from django.utils import timezone

from answerable.conversations.models.conversation import Conversation
from answerable.conversations.models.message import Message
from answerable.conversations.models.note import Note
from answerable.register import Erase, Keep, Purpose, Register, What, Whose, personal, plain
from answerable.workspaces.models import Member


class SaidOtherwise(Exception):
    """What comes with this key is not what was said with it."""


class SaidQuerySet(models.QuerySet["Said"]):
    def visible_to(self, member: Member) -> Self:
        return self.filter(member=member)


class Said(models.Model):
    """That a composer has been sent, so that sending it again says nothing twice (R15).

    Each composer that is shown has a key of its own, and brings it with its words.
    """

    conversation = models.ForeignKey(Conversation, models.CASCADE)
    member = models.ForeignKey(Member, models.CASCADE)
    key = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)
    # They may be gone, as when sending is undone: it was said all the same.
    message = models.ForeignKey(Message, models.SET_NULL, null=True)
    note = models.ForeignKey(Note, models.SET_NULL, null=True)
    at = models.DateTimeField(default=timezone.now)

    objects = SaidQuerySet.as_manager()

    register = Register(
        personal(
            "digest",
            whose=Whose.CUSTOMER,
            what=What.WORDS,
            purpose=Purpose.SERVICE,
            keep=Keep.WITH_CONVERSATION,
            erase=Erase.ROW,
        ),
        personal(
            "member",
            "at",
            whose=Whose.MEMBER,
            what=What.LINK,
            purpose=Purpose.SERVICE,
            keep=Keep.WITH_CONVERSATION,
            erase=Erase.ROW,
        ),
        plain("id", "conversation", "key", "message", "note"),
        person="conversation__requester",
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["member", "key"], name="said_once")]

    def __str__(self) -> str:
        return self.key

    @classmethod
    def already(cls, key: str, by: Member, *words: object) -> "Said | None":
        """What was said with this key. Raises SaidOtherwise if that were other words."""
        said = cls.objects.visible_to(by).filter(key=key).first() if key else None
        if said and not compare_digest(said.digest, digest_of(words)):
            raise SaidOtherwise
        return said

    @classmethod
    def keep(cls, key: str, by: Member, said: Message | Note, *words: object) -> None:
        """Call it in the transaction that says it."""
        if not key:
            return
        cls.objects.create(
            conversation_id=said.conversation_id,
            member=by,
            key=key,
            digest=digest_of(words),
            message=said if isinstance(said, Message) else None,
            note=said if isinstance(said, Note) else None,
        )


def digest_of(words: tuple[object, ...]) -> str:
    return hashlib.sha256(json.dumps(words).encode("utf-8", "surrogatepass")).hexdigest()
