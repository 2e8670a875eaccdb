"""Reply templates, as they are written."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from answerable.conversations.filling import unknown_in
from answerable.conversations.models import Inbox, ReplyTemplate
from answerable.workspaces.models import Member, Team
from answerable.workspaces.rights import Right


class ReachField(forms.ChoiceField):
    """For whom: oneself; with the right to set up, also everybody, a team or an inbox."""

    def offer(self, by: Member) -> None:
        self.choices = [("mine", _("Only me"))]
        if by.may(Right.SETTINGS):
            teams = [(f"team-{one.pk}", one.name) for one in Team.objects.visible_to(by)]
            inboxes = [(f"inbox-{one.pk}", one.name) for one in Inbox.objects.visible_to(by)]
            self.choices = [
                ("everybody", _("Everybody")),
                *self.choices,
                (_("A team"), teams),
                (_("An inbox"), inboxes),
            ]


def reach_of(thing: Any) -> str:
    if thing.owner_id:
        return "mine"
    if thing.team_id:
        return f"team-{thing.team_id}"
    return f"inbox-{thing.inbox_id}" if thing.inbox_id else "everybody"


def set_reach(thing: Any, reach: str, by: Member) -> None:
    """The choice is one of those offered: the field has seen to that."""
    kind, _dash, pk = reach.partition("-")
    thing.owner = by if kind == "mine" else None
    thing.team_id = int(pk) if kind == "team" else None
    thing.inbox_id = int(pk) if kind == "inbox" else None


class ReplyTemplateForm(forms.ModelForm):  # type: ignore[type-arg]
    reach = ReachField(label=gettext_lazy("For"))

    class Meta:
        model = ReplyTemplate
        fields = ["name", "folder", "shortcut", "text"]
        widgets = {"text": forms.Textarea({"rows": 10, "dir": "auto"})}
        help_texts = {"shortcut": gettext_lazy("Typed after a / it leads straight here.")}

    def __init__(self, *args: Any, by: Member, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by
        self.instance.workspace_id = by.workspace_id
        reach: Any = self.fields["reach"]
        reach.offer(by)
        reach.initial = reach_of(self.instance) if self.instance.pk else None

    def clean_text(self) -> str:
        text: str = self.cleaned_data["text"]
        if unknown := unknown_in(text):
            words = _("There is no such place: %(places)s. Choose one of those below.")
            raise forms.ValidationError(words % {"places": ", ".join(unknown[:5])})
        return text

    def save(self, commit: bool = True) -> ReplyTemplate:
        set_reach(self.instance, self.cleaned_data["reach"], self.by)
        template: ReplyTemplate = super().save(commit)
        return template
