"""What a view is called, who has it, and how it looks."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from answerable.conversations.board import columns_by
from answerable.conversations.models import View
from answerable.conversations.ordering import ORDERS
from answerable.workspaces.models import Member, Team
from answerable.workspaces.rights import Right


class ViewForm(forms.ModelForm):  # type: ignore[type-arg]
    who = forms.ChoiceField(label=gettext_lazy("For"))
    order = forms.ChoiceField(label=gettext_lazy("Order"))
    board_by = forms.ChoiceField(label=gettext_lazy("Columns by"), required=False)

    class Meta:
        model = View
        fields = ["name", "who", "order", "shape", "board_by", "in_nav"]
        labels = {"shape": gettext_lazy("Shape")}

    def __init__(self, *args: Any, by: Member, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by
        fields: Any = self.fields
        fields["who"].choices = _who(by)
        fields["order"].choices = [(key, each.name) for key, each in ORDERS.items()]
        fields["board_by"].choices = [(key, each.name) for key, each in columns_by(by).items()]
        self.initial.setdefault("who", _who_has(self.instance))

    def save(self, commit: bool = True) -> View:
        view: View = super().save(False)
        who = self.cleaned_data["who"]
        view.workspace_id = self.by.workspace_id
        # A view of one's own stays its maker's, whoever else may change it.
        view.owner_id = (view.owner_id or self.by.pk) if who == "me" else None
        view.team_id = int(who.partition("-")[2]) if who.startswith("team-") else None
        view.is_shared = who == "everybody"
        if commit:
            view.save()
        return view


def _who(by: Member) -> list[tuple[str, str]]:
    teams = Team.objects.visible_to(by).filter(pk__in=by.team_ids)
    choices = [("me", _("Only me"))]
    choices += [(f"team-{team.pk}", _("Team %s") % team.name) for team in teams]
    if by.may(Right.SETTINGS):
        choices.append(("everybody", _("Everybody")))
    return choices


def _who_has(view: View) -> str:
    if view.is_shared:
        return "everybody"
    return f"team-{view.team_id}" if view.team_id else "me"
