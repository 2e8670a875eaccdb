import uuid
from datetime import datetime
from email.utils import getaddresses
from typing import Any

from django import forms
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from answerable.conversations.channel import channel_of
from answerable.conversations.forgotten import speaks_of_a_file
from answerable.conversations.forms.acts import SnoozeForm
from answerable.conversations.models import (
    Attachment,
    Conversation,
    Draft,
    Inbox,
    Message,
    Note,
    Said,
    SaidOtherwise,
)
from answerable.customers.models import Identity
from answerable.workspaces.models import Counter, Member

MOST_ADDRESSES = 100


class SomebodyWrote(Exception):
    """There are words in the conversation that its answerer has not seen."""


class AddressesField(forms.CharField):
    """Addresses as people type them: with names, commas, semicolons or line ends between."""

    def __init__(self, **options: Any) -> None:
        super().__init__(required=False, max_length=20_000, **options)

    def clean(self, value: Any) -> list[str]:
        text = str(super().clean(value) or "").replace(";", ",").replace("\n", ",")
        found = [email.strip() for _name, email in getaddresses([text]) if email.strip()]
        addresses = list(dict.fromkeys(found))[: MOST_ADDRESSES + 1]
        if len(addresses) > MOST_ADDRESSES:
            raise forms.ValidationError(_("At most 100 addresses at once."))
        for address in addresses:
            self._check(address)
        if text.strip(" ,") and not addresses:
            raise forms.ValidationError(_("“%(text)s” is not an address.") % {"text": text[:80]})
        return addresses

    def _check(self, address: str) -> None:
        try:
            validate_email(address)
        except forms.ValidationError:
            words = _("“%(address)s” is not an address.") % {"address": address[:80]}
            raise forms.ValidationError(words) from None


class DraftForm(forms.Form):
    """What is being typed, kept without being judged."""

    text = forms.CharField(required=False, max_length=200_000, strip=False)
    alias = forms.CharField(required=False, max_length=320)
    to = forms.CharField(required=False, max_length=20_000)
    cc = forms.CharField(required=False, max_length=20_000)
    bcc = forms.CharField(required=False, max_length=20_000)
    seen = forms.IntegerField(required=False, min_value=0)

    def keep(self, draft: Draft) -> None:
        data = self.cleaned_data
        draft.text, draft.alias = data["text"], data["alias"]
        draft.seen_number = data["seen"] or 0
        for name in ("to", "cc", "bcc"):
            parts = data[name].replace(";", ",").split(",")
            setattr(draft, name, [part.strip()[:320] for part in parts if part.strip()])
        draft.save()


class SayingForm(forms.Form):
    """Words with the key of the composer they were written in: sent twice, they are said once."""

    once = forms.CharField(required=False, max_length=64)
    kept: tuple[str, ...] = ("text",)

    def __init__(self, data: Any, conversation: Conversation) -> None:
        super().__init__(data)
        self.conversation = conversation

    def is_repeat(self, by: Member) -> bool:
        """Whether exactly this has been said. It says nothing about what cannot be sent."""
        try:
            return self.is_valid() and self._already(by) is not None
        except SaidOtherwise:
            return False

    def _already(self, by: Member) -> Said | None:
        return Said.already(self.cleaned_data["once"], by, *self._words)

    def _keep(self, by: Member, said: Message | Note) -> None:
        Said.keep(self.cleaned_data["once"], by, said, *self._words)

    @property
    def _words(self) -> list[object]:
        words = [self.cleaned_data[name] for name in self.kept]
        return [type(self).__name__, self.conversation.number, *words]


class ReplyForm(SayingForm):
    text = forms.CharField(label=gettext_lazy("Reply"), max_length=50_000)
    alias = forms.CharField(required=False, max_length=320)
    to = AddressesField(label=gettext_lazy("To"))
    cc = AddressesField(label=gettext_lazy("Cc"))
    bcc = AddressesField(label=gettext_lazy("Bcc"))
    seen = forms.IntegerField(required=False, min_value=0)
    anyway = forms.BooleanField(required=False)
    then = forms.ChoiceField(required=False, choices=[("", ""), ("resolve", "resolve")])
    later = forms.CharField(required=False, max_length=40)
    moment = forms.CharField(required=False, max_length=40)
    even = forms.BooleanField(required=False)
    sure = forms.BooleanField(required=False)
    kept = ("text", "to", "cc", "bcc", "alias")

    def clean_alias(self) -> str:
        alias: str = self.cleaned_data["alias"]
        if alias and alias not in channel_of(self.conversation.inbox).aliases(
            self.conversation.inbox
        ):
            raise forms.ValidationError(_("This inbox cannot send from that address."))
        return alias

    def clean(self) -> dict[str, Any]:
        data = dict(super().clean() or {})
        if later := data.get("later"):
            until = "" if later == "moment" else later
            chosen = SnoozeForm({"until": until, "moment": data.get("moment", "")})
            if until == "answer" or not chosen.is_valid():
                raise forms.ValidationError(chosen.words or _("Choose a date and a time."))
            data["send_at"] = chosen.moment_chosen
        if "to" in data and not data["to"] and not self._usual_to:
            raise forms.ValidationError(_("Nobody is in To."))
        return data

    @property
    def _usual_to(self) -> list[str]:
        return channel_of(self.conversation.inbox).recipients(self.conversation)[0]

    @property
    def send_at(self) -> datetime | None:
        chosen: datetime | None = self.cleaned_data.get("send_at")
        return chosen

    def forgets_a_file(self, files: list[Attachment]) -> bool:
        """The words speak of one and there is none, and nobody has said that this is right."""
        data = self.cleaned_data
        return not files and not data["sure"] and speaks_of_a_file(data["text"])

    @transaction.atomic
    def wait(self, draft: Draft, *, by: Member) -> datetime:
        """Let the draft be sent later, as it is now; when. Raises SomebodyWrote."""
        self._look(self.conversation)
        data = self.cleaned_data
        draft.to, draft.cc, draft.bcc = data["to"], data["cc"], data["bcc"]
        draft.text, draft.alias, draft.then = data["text"], data["alias"], data["then"]
        self.conversation.send_later(draft, data["send_at"], by=by, even_if_they_write=data["even"])
        at: datetime = data["send_at"]
        return at

    def _look(self, here: Conversation) -> None:
        here.lock("last_message_number")
        seen = self.cleaned_data["seen"]
        if seen is not None and not self.cleaned_data["anyway"] and here.last_message_number > seen:
            raise SomebodyWrote

    @transaction.atomic
    def send(self, files: list[Attachment], *, by: Member) -> Message | None:
        """Answer, or do nothing if this has been sent. Raises SomebodyWrote, SaidOtherwise."""
        data = self.cleaned_data
        here = self.conversation.locked()
        if said := self._already(by):
            return said.message
        self._look(here)
        message = here.reply(
            data["text"],
            by=by,
            to=data["to"],
            cc=data["cc"],
            bcc=data["bcc"],
            alias=data["alias"],
            attachments=files,
            held=True,
        )
        self._keep(by, message)
        if data["then"] == "resolve":
            here.resolve(by=by)
        return message


class NoteForm(SayingForm):
    text = forms.CharField(label=gettext_lazy("Note"), max_length=50_000)

    @transaction.atomic
    def write(self, files: list[Attachment], *, by: Member) -> Note | None:
        """Keep a note, or do nothing if it is kept. Raises SaidOtherwise."""
        here = self.conversation.locked()
        if said := self._already(by):
            return said.note
        text = self.cleaned_data["text"]
        note = here.note(text, by=by, mentions=mentioned_in(text, by), attachments=files)
        self._keep(by, note)
        return note


class NewConversationForm(forms.Form):
    """A conversation that the company begins."""

    inbox = forms.ModelChoiceField(Inbox.objects.none(), label=gettext_lazy("From"))
    to = AddressesField(label=gettext_lazy("To"))
    subject = forms.CharField(label=gettext_lazy("Subject"), max_length=250)
    text = forms.CharField(
        label=gettext_lazy("Message"), max_length=50_000, widget=forms.Textarea({"rows": 10})
    )

    once = forms.CharField(
        required=False, max_length=64, widget=forms.HiddenInput, initial=lambda: uuid.uuid4().hex
    )

    def __init__(self, member: Member, data: Any = None) -> None:
        super().__init__(data)
        self.member = member
        inboxes = Inbox.objects.visible_to(member)
        self.fields["inbox"].queryset = inboxes  # type: ignore[attr-defined]
        self.fields["inbox"].empty_label = None  # type: ignore[attr-defined]

    def clean_to(self) -> list[str]:
        to: list[str] = self.cleaned_data["to"]
        if not to:
            raise forms.ValidationError(_("Who is it for?"))
        return to

    def renew(self) -> None:
        """Another key, so that it begins another conversation."""
        self.data = {**dict(self.data.items()), "once": uuid.uuid4().hex}

    @transaction.atomic
    def start(self) -> Conversation:
        """A new one, or the one that this form has begun already. Raises SaidOtherwise."""
        data, by = self.cleaned_data, self.member
        words = [data["inbox"].pk, data["to"], data["subject"], data["text"]]
        Counter.objects.select_for_update(no_key=True).get(workspace_id=by.workspace_id)
        if said := Said.already(data["once"], by, *words):
            return said.conversation
        identity = Identity.objects.of_address(by.workspace_id, data["to"][0])
        conversation = Conversation.start(data["inbox"], identity.customer, data["subject"])
        conversation.take_part(identity)
        message = conversation.reply(data["text"], by=by, to=data["to"])
        Said.keep(data["once"], by, message, *words)
        conversation.assign(by, by=by)
        return conversation


def mentioned_in(text: str, by: Member) -> list[Member]:
    """The colleagues whose @name is in a note; the longest name that fits wins."""
    found, rest = [], text
    colleagues = list(Member.objects.visible_to(by).at_work())
    for member in sorted(colleagues, key=lambda each: -len(each.display_name)):
        call = f"@{member.display_name}"
        if call in rest:
            found.append(member)
            rest = rest.replace(call, "")
    return found
