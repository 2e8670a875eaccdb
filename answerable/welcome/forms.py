"""What the steps of starting ask."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from answerable.workspaces.forms.people import RoleChoice
from answerable.workspaces.models import Member, Role

MOST = 50


class ColleaguesForm(forms.Form):
    """Several people at once, in one role."""

    emails = forms.CharField(
        label=gettext_lazy("Their e-mail addresses"),
        help_text=gettext_lazy("One a line. Each gets a link that works for seven days."),
        widget=forms.Textarea({"rows": 4, "placeholder": "ada@company.example"}),
        max_length=20_000,
    )
    role = RoleChoice(label=gettext_lazy("Role"), queryset=Role.objects.none(), empty_label=None)

    def __init__(self, *args: Any, by: Member, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by
        self.fields["role"].offer(by)  # type: ignore[attr-defined]
        self.initial.setdefault("role", by.workspace.roles.filter(key="agent").first())

    def clean_emails(self) -> list[str]:
        words = self.cleaned_data["emails"].replace(",", " ").replace(";", " ").lower().split()
        emails = list(dict.fromkeys(words))
        if len(emails) > MOST:
            raise ValidationError(_("Not more than %d at once.") % MOST)
        for email in emails:
            try:
                validate_email(email)
            except ValidationError:
                raise ValidationError(_("%s is not an e-mail address.") % email[:80]) from None
        here = Member.objects.visible_to(self.by).filter(active=True, user__email__in=emails)
        members = set(here.values_list("user__email", flat=True))
        return [email for email in emails if email not in members]
