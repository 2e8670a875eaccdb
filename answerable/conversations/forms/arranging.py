"""Inboxes, statuses and tags, as an administrator writes them."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from answerable.conversations.models import Inbox, Status, Tag
from answerable.conversations.models.tag import PALETTE
from answerable.workspaces.forms.named import NamedForm
from answerable.workspaces.models import Member, Team

COLOURS = {
    "red": _("Red"),
    "orange": _("Orange"),
    "amber": _("Amber"),
    "green": _("Green"),
    "teal": _("Teal"),
    "blue": _("Blue"),
    "violet": _("Violet"),
    "pink": _("Pink"),
}


class InboxForm(NamedForm):
    """Its name, and who sees it beside those whose role sees every inbox."""

    taken = _("There is an inbox of this name.")

    class Meta:
        model = Inbox
        fields = ["name", "teams", "members"]
        labels = {"teams": _("Teams"), "members": _("Members")}
        widgets = {
            "teams": forms.CheckboxSelectMultiple(),
            "members": forms.CheckboxSelectMultiple(),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["teams"].queryset = Team.objects.visible_to(self.by)  # type: ignore[attr-defined]
        colleagues = Member.objects.visible_to(self.by).at_work().order_by("display_name", "pk")
        self.fields["members"].queryset = colleagues  # type: ignore[attr-defined]

    def save(self, commit: bool = True) -> Inbox:
        is_new = self.instance.pk is None
        inbox: Inbox = super().save(commit)
        if is_new and not self.by.role.all_inboxes:
            # Whoever makes it must find it again.
            inbox.members.add(self.by)
        return inbox


class StatusForm(NamedForm):
    """A new status stands in a category for good: what it means must not change behind rules."""

    taken = _("There is a status of this name.")

    class Meta:
        model = Status
        fields = ["name", "category"]
        labels = {"category": _("Category")}
        help_texts = {"category": _("What it means to the program. It cannot be changed later.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            del self.fields["category"]
        else:
            self.instance.position = Status.objects.visible_to(self.by).count()


class StatusRemovalForm(forms.Form):
    """Where its conversations go."""

    into = forms.ModelChoiceField(
        label=_("They go to"), queryset=Status.objects.none(), required=False
    )

    def __init__(self, *args: Any, status: Status, by: Member, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = Status.objects.visible_to(by).filter(category=status.category)
        self.fields["into"].queryset = others.exclude(pk=status.pk)  # type: ignore[attr-defined]
        self.fields["into"].empty_label = status.get_category_display()  # type: ignore[attr-defined]


class TagSettingsForm(NamedForm):
    taken = _("There is a tag of this name. Merge the two instead.")
    colour = forms.ChoiceField(
        label=_("Colour"),
        required=False,
        choices=[("", _("By itself")), *COLOURS.items()],
        widget=forms.RadioSelect,
    )

    class Meta:
        model = Tag
        fields = ["name", "colour"]

    def hue_of(self, colour: str) -> int | None:
        return PALETTE.get(colour)


class MergingForm(forms.Form):
    into = forms.ModelChoiceField(
        label=_("Merge into"), queryset=Tag.objects.none(), empty_label=None
    )

    def __init__(self, *args: Any, tag: Tag, by: Member, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = Tag.objects.visible_to(by).exclude(pk=tag.pk)
        self.fields["into"].queryset = others  # type: ignore[attr-defined]
