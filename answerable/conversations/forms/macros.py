"""Macros, as they are written."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from answerable.conversations.filling import unknown_in
from answerable.conversations.forms.templates import ReachField, reach_of, set_reach
from answerable.conversations.models import Conversation, Macro, Tag
from answerable.conversations.snoozes import presets
from answerable.workspaces.models import Member, Team

ACTS = ("stand", "snooze", "assign", "team", "priority", "tag")


class MacroForm(forms.ModelForm):  # type: ignore[type-arg]
    reach = ReachField(label=gettext_lazy("For"))
    stand = forms.ChoiceField(label=gettext_lazy("Status"), required=False)
    snooze = forms.ChoiceField(label=gettext_lazy("Snooze"), required=False)
    assign = forms.ChoiceField(label=gettext_lazy("Assign to"), required=False)
    team = forms.ChoiceField(label=gettext_lazy("Team"), required=False)
    priority = forms.ChoiceField(label=gettext_lazy("Priority"), required=False)
    tag = forms.ChoiceField(label=gettext_lazy("Tag"), required=False)

    class Meta:
        model = Macro
        fields = ["name", "text", "note", "then"]
        labels = {"then": gettext_lazy("Afterwards")}
        widgets = {
            "text": forms.Textarea({"rows": 6, "dir": "auto"}),
            "note": forms.Textarea({"rows": 3, "dir": "auto"}),
        }

    def __init__(self, *args: Any, by: Member, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by
        self.instance.workspace_id = by.workspace_id
        reach: Any = self.fields["reach"]
        reach.offer(by)
        reach.initial = reach_of(self.instance) if self.instance.pk else None
        chosen = {act.get("act"): act.get("value") for act in self.instance.acts}
        for name, choices in _choices(by).items():
            field: Any = self.fields[name]
            field.choices = [("", _("leave as it is")), *choices]
            field.initial = chosen.get(name, "")

    def clean(self) -> dict[str, Any]:
        data = dict(super().clean() or {})
        for name in ("text", "note"):
            if unknown := unknown_in(data.get(name, "")):
                words = _("There is no such place: %(places)s.")
                self.add_error(name, words % {"places": ", ".join(unknown[:5])})
        if not any(data.get(name) for name in ("text", "note", *ACTS)):
            raise forms.ValidationError(_("It does nothing yet."))
        return data

    def save(self, commit: bool = True) -> Macro:
        data = self.cleaned_data
        set_reach(self.instance, data["reach"], self.by)
        self.instance.acts = [{"act": name, "value": data[name]} for name in ACTS if data[name]]
        macro: Macro = super().save(commit)
        return macro


def _choices(by: Member) -> dict[str, list[tuple[str, Any]]]:
    members = Member.objects.visible_to(by).at_work().order_by("display_name")[:500]
    return {
        "stand": [("resolve", _("Resolve")), ("reopen", _("Reopen")), ("spam", _("Spam"))],
        "snooze": [(each.key, each.name) for each in presets()],
        "assign": [
            ("me", _("Whoever runs it")),
            ("nobody", _("Nobody")),
            *((str(each.pk), each.display_name) for each in members),
        ],
        "team": [(str(each.pk), each.name) for each in Team.objects.visible_to(by)],
        "priority": [(str(value), label) for value, label in Conversation.Priority.choices],
        "tag": [(str(each.pk), each.name) for each in Tag.objects.visible_to(by)],
    }
