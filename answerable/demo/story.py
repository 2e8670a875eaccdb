"""A story of the demo: mails through the real intake, answers through the real verbs, then aged.

mail bytes ─▶ Mail row ─▶ take_in ─▶ reply, note, tag … ─▶ moved back to when it "happened"
"""

import tomllib
from collections.abc import Iterator
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid, parseaddr
from importlib.resources import files
from typing import Any

from django.db.models import F, Max
from django.utils import timezone

from answerable.channels.email.intake import take_in
from answerable.channels.email.models import Delivery, Mail
from answerable.conversations.models import Conversation, Event, Message, Note
from answerable.customers.models import Customer
from answerable.demo.company import SERVER, Shop
from answerable.demo.paper import file
from answerable.kit.due import claim
from answerable.workspaces.models import Member

PRIORITY = {"high": 3, "urgent": 4}


def age_what_was_sent(shop: Shop) -> None:
    """Once the answers have gone to the outbox: they went when they were written."""
    here = {"workspace": shop.workspace}
    for delivery in Delivery.objects.filter(**here).select_related("message"):
        if at := delivery.message and delivery.message.created_at:
            Delivery.objects.filter(pk=delivery.pk).update(sent_at=at, created_at=at)
            delivery.outgoing_set.update(at=at)
            Event.objects.filter(kind=Event.Kind.DELIVERY_CHANGED, message=delivery.message).update(
                at=at
            )


def stories() -> Iterator[dict[str, Any]]:
    """The oldest first, so that numbers grow with time."""
    told = tomllib.loads((files("answerable.demo") / "stories.toml").read_text())["story"]
    yield from sorted(told, key=lambda story: -story["at"])


class Telling:
    """One story while it is being told."""

    def __init__(self, shop: Shop, story: dict[str, Any]) -> None:
        self.shop = shop
        self.story = story
        self.began = timezone.now() - timedelta(hours=story["at"])
        self.inbox = shop.inboxes[story.get("inbox", "support")]
        self.conversation: Conversation | None = None
        self.answered = ""

    def tell(self) -> None:
        for turn in self.story["turns"]:
            before = self._last_number()
            self._take(turn["by"], turn["text"])
            at = self.began + timedelta(hours=turn.get("after", 0))
            self._move(since=before, at=at)
        before = self._last_number()
        self._sort()
        self._move(since=before, at=at + timedelta(minutes=4))
        self._date(at)

    def _take(self, by: str, text: str) -> None:
        if by in {"customer", "automatic"}:
            self._receive(text, is_automatic=by == "automatic")
        elif by.startswith("note:"):
            called = [m for m in self.shop.members.values() if f"@{_first_name(m)}" in text]
            self._found().note(text, by=self.shop.members[by.partition(":")[2]], mentions=called)
        else:
            message = self._found().reply(text, by=self.shop.members[by])
            self.answered = message.message_id

    def _receive(self, text: str, *, is_automatic: bool) -> None:
        account = self.inbox.mail_account
        raw = self._mail(text, is_automatic=is_automatic).as_bytes()
        Mail.objects.create(
            workspace=self.shop.workspace,
            account=account,
            raw=raw,
            size=len(raw),
            received_by=Mail.By.DEMO,
            recipient=account.address,
            mail_from=parseaddr(self.story["from"])[1],
        )
        (mail,) = [row for row in claim(Mail, 1) if isinstance(row, Mail)]
        take_in(mail)
        mail.refresh_from_db()
        if mail.message:
            self.conversation = mail.message.conversation

    def _mail(self, text: str, *, is_automatic: bool) -> EmailMessage:
        mail = EmailMessage()
        sender = self.story["from"]
        domain = parseaddr(sender)[1].partition("@")[2]
        proof = "fail" if self.story.get("forged") else "pass"
        mail["Authentication-Results"] = f"{SERVER}; dmarc={proof} header.from={domain}"
        mail["From"], mail["To"] = sender, self.inbox.mail_account.address
        mail["Subject"] = self.story["subject"]
        mail["Date"] = format_datetime(timezone.now())
        mail["Message-ID"] = make_msgid(domain=domain)
        if self.answered:
            mail["In-Reply-To"] = mail["References"] = self.answered
            text += _quoted(self._found())
        if is_automatic:
            mail["Auto-Submitted"] = "auto-replied"
        mail.set_content(text)
        if self.story.get("html"):
            mail.add_alternative(_html(text), subtype="html")
        for name in [] if self.conversation else self.story.get("files", []):
            content, media_type = file(name)
            main, _slash, sub = media_type.partition("/")
            mail.add_attachment(content, maintype=main, subtype=sub, filename=name)
        return mail

    def _sort(self) -> None:
        """Whose it is, what it is about, and where it stands now."""
        story, conversation = self.story, self._found()
        assignee = self.shop.members.get(story.get("assignee", ""))
        if assignee:
            conversation.assign(assignee, by=assignee)
        for name in story.get("tags", []):
            conversation.tag(self.shop.tags[name], by=assignee)
        if story.get("priority"):
            conversation.prioritise(PRIORITY[story["priority"]], by=assignee)
        if story.get("shelf") == "spam":
            conversation.mark_spam(by=assignee, because="looks like spam")
        match story.get("status"):
            case "resolved":
                conversation.resolve(by=assignee)
            case "waiting":
                conversation.wait(by=assignee)
            case "snoozed":
                until = timezone.now() + timedelta(hours=story["snooze"])
                conversation.snooze(until, by=assignee)

    def _found(self) -> Conversation:
        if self.conversation is None:
            raise LookupError(self.story["subject"])
        return self.conversation

    def _last_number(self) -> int:
        events = Event.objects.filter(workspace=self.shop.workspace)
        last: int = events.aggregate(last=Max("number"))["last"] or 0
        return last

    def _move(self, *, since: int, at: datetime) -> None:
        """What was just done happened then."""
        here = {"workspace": self.shop.workspace, "number__gt": since}
        Event.objects.filter(**here).update(at=at)
        Message.objects.filter(**here).update(created_at=at, written_at=at)
        Note.objects.filter(**here).update(created_at=at)

    def _date(self, last: datetime) -> None:
        """The conversation's own times, from those of its messages."""
        conversation = self._found()
        messages = list(conversation.messages.order_by("number").values_list("kind", "created_at"))
        came = [at for kind, at in messages if kind == "in"]
        went = [at for kind, at in messages if kind == "out"]
        times = {
            "created_at": self.began,
            "last_activity_at": messages[-1][1],
            "last_in_at": came[-1],
            "last_out_at": went[-1] if went else None,
            "first_out_at": went[0] if went else None,
        }
        rows = Conversation.objects.filter(pk=conversation.pk)
        rows.update(**times)
        rows.exclude(waiting_since=None).update(waiting_since=F("last_in_at"))
        rows.exclude(resolved_at=None).update(resolved_at=last)
        conversation.participants.update(since=self.began)
        Customer.objects.filter(pk=conversation.requester_id).update(created_at=self.began)


def _first_name(member: Member) -> str:
    return member.display_name.split()[0]


def _quoted(conversation: Conversation) -> str:
    said = conversation.messages.filter(kind="out").order_by("-number").first()
    if said is None:
        return ""
    lines = "\n".join(f"> {line}" for line in said.new_text.splitlines())
    return f"\n\nOn {said.created_at:%a, %d %b %Y at %H:%M}, {said.from_name} wrote:\n{lines}\n"


def _html(text: str) -> str:
    paragraphs = "".join(f"<p>{part.replace(chr(10), '<br>')}</p>" for part in text.split("\n\n"))
    return f'<html><body style="font-family:Georgia,serif;color:#223">{paragraphs}</body></html>'
