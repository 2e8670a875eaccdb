from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from answerable.conversations.models import Conversation, Tag
from answerable.conversations.snoozes import presets
from answerable.look.times import exactly
from answerable.workspaces.models import Member


class SubjectForm(forms.Form):
    subject = forms.CharField(label=gettext_lazy("Subject"), max_length=250)


class SnoozeForm(forms.Form):
    """Until a preset, until a moment, or (`until=answer`) until the customer writes."""

    until = forms.CharField(required=False, max_length=40)
    moment = forms.CharField(required=False, max_length=40)

    def clean(self) -> dict[str, Any]:
        data = dict(super().clean() or {})
        data["chosen"] = self._chosen(data.get("until", ""), data.get("moment", ""))
        if data["chosen"] and data["chosen"] <= timezone.now():
            raise forms.ValidationError(_("That moment is over. Choose one that lies ahead."))
        return data

    @property
    def moment_chosen(self) -> datetime | None:
        chosen: datetime | None = self.cleaned_data["chosen"]
        return chosen

    @property
    def said(self) -> str:
        if self.moment_chosen is None:
            return _("Snoozed until the customer writes")
        return _("Snoozed until %(time)s") % {"time": exactly(self.moment_chosen)}

    @property
    def words(self) -> str:
        return " ".join(str(error) for errors in self.errors.values() for error in errors)

    def _chosen(self, until: str, moment: str) -> datetime | None:
        if until == "answer":
            return None
        for preset in presets():
            if preset.key == until:
                return preset.until
        return self._moment(moment)

    def _moment(self, text: str) -> datetime:
        try:
            moment = parse_datetime(text)
        except ValueError:
            moment = None
        if moment is None:
            raise forms.ValidationError(_("Choose a date and a time."))
        return timezone.make_aware(moment) if timezone.is_naive(moment) else moment


class TagForm(forms.Form):
    tag = forms.CharField(required=False, max_length=18)
    name = forms.CharField(required=False, max_length=60)
    remove = forms.BooleanField(required=False)

    def clean(self) -> dict[str, Any]:
        data = dict(super().clean() or {})
        if not data.get("tag") and not data.get("name"):
            raise forms.ValidationError("empty")
        return data

    def apply(self, conversation: Conversation, *, by: Member) -> str:
        """Tag or untag, and what to say of it."""
        tag = self._tag(by)
        if tag is None:
            return _("There is no such tag")
        if self.cleaned_data["remove"]:
            conversation.untag(tag, by=by)
            return _("Tag removed: %(name)s") % {"name": tag.name}
        conversation.tag(tag, by=by)
        return _("Tagged: %(name)s") % {"name": tag.name}

    def _tag(self, by: Member) -> Tag | None:
        tags = Tag.objects.visible_to(by)
        if pk := self.cleaned_data["tag"]:
            return tags.filter(pk=int(pk) if pk.isdecimal() else 0).first()
        name = self.cleaned_data["name"].strip()
        known = tags.filter(name__iexact=name).first()
        return known or Tag.objects.create(workspace=by.workspace, name=name)
