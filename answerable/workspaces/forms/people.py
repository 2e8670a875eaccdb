"""Members, teams and roles, as an administrator writes them."""

from typing import Any

from django import forms
from django.db import IntegrityError, models, transaction
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from answerable.workspaces.models import Member, Role, Team
from answerable.workspaces.refused import Refused
from answerable.workspaces.rights import Right


class RoleChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """Only the roles that one may give (T077)."""

    def offer(self, by: Member) -> None:
        roles = Role.objects.filter(workspace=by.workspace_id).order_by("pk")
        self.queryset = roles.filter(pk__in=[role.pk for role in roles if by.may_give(role)])


class MemberForm(forms.Form):
    role = RoleChoice(label=_("Role"), queryset=Role.objects.none(), empty_label=None)
    teams = forms.ModelMultipleChoiceField(
        label=_("Teams"),
        queryset=Team.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, by: Member, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by
        self.fields["role"].offer(by)  # type: ignore[attr-defined]
        self.initial.setdefault("role", by.workspace.roles.filter(key="agent").first())
        self.fields["teams"].queryset = Team.objects.visible_to(by)  # type: ignore[attr-defined]

    @transaction.atomic
    def change(self, member: Member) -> None:
        if self.cleaned_data["role"] != member.role:
            member.set_role(self.cleaned_data["role"], by=self.by)
        member.set_teams(self.cleaned_data["teams"], by=self.by)


class InvitationForm(MemberForm):
    email = forms.EmailField(label=_("E-mail"), max_length=254)

    field_order = ["email", "role", "teams"]

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"].strip().lower()
        colleagues = Member.objects.visible_to(self.by).filter(active=True)
        if colleagues.filter(user__email=email).exists():
            raise forms.ValidationError(_("This is the address of a member already."))
        return email


class TeamForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = Team
        fields = ["name", "members"]
        widgets = {"members": forms.CheckboxSelectMultiple}
        labels = {"members": _("Members")}

    def __init__(self, *args: Any, by: Member, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.workspace_id = by.workspace_id
        at_work = Member.objects.visible_to(by).at_work().order_by("display_name")
        self.fields["members"].queryset = at_work  # type: ignore[attr-defined]

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"].strip()
        namesakes = Team.objects.filter(workspace=self.instance.workspace_id, name__iexact=name)
        if namesakes.exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(_("There is a team of this name."))
        return name


class RoleForm(forms.ModelForm):  # type: ignore[type-arg]
    """A named set of rights; only such as the one who writes it has."""

    rights = forms.MultipleChoiceField(
        label=_("Rights"), required=False, widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = Role
        fields = ["name", "rights", "all_inboxes", "require_two_factor"]
        help_texts = {
            "all_inboxes": _("Otherwise only those that their teams, or they themselves, answer."),
            "require_two_factor": _("Who has none is led to set one up before anything else."),
        }

    def __init__(self, *args: Any, by: Member, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by
        self.instance.workspace_id = by.workspace_id
        own = [(right.value, right.label) for right in Right if by.may(right)]
        self.fields["rights"].choices = own  # type: ignore[attr-defined]
        if not by.role.all_inboxes:
            self.fields["all_inboxes"].disabled = True

    def clean_rights(self) -> list[str]:
        rights: list[str] = self.cleaned_data["rights"]
        if self.instance.key == "owner" and set(rights) < set(self.instance.rights):
            raise forms.ValidationError(_("The owner has every right."))
        if self.instance.pk == self.by.role_id and Right.MEMBERS not in rights:
            raise forms.ValidationError(_("You would take the right to undo this from yourself."))
        return rights

    def save(self, commit: bool = True) -> Role:
        if not self.instance.key:
            self.instance.key = _free_key(self.instance)
        try:
            with transaction.atomic():
                role: Role = super().save(commit)
        except IntegrityError as problem:
            raise Refused(str(_("There is a role of this name."))) from problem
        return role


def _free_key(role: Role) -> str:
    name = slugify(role.name)[:30] or "role"
    taken = Role.objects.filter(workspace=role.workspace_id)
    number = taken.aggregate(models.Max("pk"))["pk__max"] or 0
    return name if not taken.filter(key=name).exists() else f"{name}-{number + 1}"
