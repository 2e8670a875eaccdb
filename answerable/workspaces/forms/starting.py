"""Starting a workspace of one's own, where the operator allows it."""

from django import forms
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from answerable.workspaces.models import Member, User, Workspace


class StartForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=120, help_text=_("Of your company."))
    slug = forms.SlugField(
        label=_("Address"), max_length=40, help_text=_("Its part of the address: /w/…/")
    )
    display_name = forms.CharField(
        label=_("Your name"), max_length=120, help_text=_("Customers see it.")
    )

    def clean_slug(self) -> str:
        slug: str = self.cleaned_data["slug"].lower()
        if Workspace.objects.filter(slug=slug).exists():
            raise forms.ValidationError(_("This address is taken."))
        return slug

    @transaction.atomic
    def start(self, user: User) -> Workspace:
        words = self.cleaned_data
        language = {"language": user.language} if user.language else {}
        started = Workspace.start(words["slug"], words["name"], **language)
        Member.objects.create(
            workspace=started,
            user=user,
            role=started.roles.get(key="owner"),
            display_name=words["display_name"],
        )
        return started
