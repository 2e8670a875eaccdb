from typing import TYPE_CHECKING, Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from answerable.register import Erase, Keep, Purpose, Register, What, Whose, personal, plain

if TYPE_CHECKING:
    from answerable.workspaces.models.member import Member


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """A person who can sign in. Without a password they can only be let in by a link."""
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save()
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email=(username or "").strip().lower())


class User(AbstractBaseUser):
    """A person who signs in; a member of one workspace or of several."""

    email = models.EmailField(_("E-mail"), unique=True)
    name = models.CharField(_("Name"), max_length=200, blank=True)
    language = models.CharField(max_length=12, blank=True)
    time_zone = models.CharField(max_length=64, blank=True)
    keys_on = models.BooleanField(_("Single-key shortcuts"), default=True)
    is_active = models.BooleanField(default=True)
    is_operator = models.BooleanField(
        default=False, help_text=_("Runs this installation; sees no workspace by that alone.")
    )
    created_at = models.DateTimeField(default=timezone.now)

    objects = UserManager()

    USERNAME_FIELD = "email"

    register = Register(
        personal(
            "email",
            "name",
            whose=Whose.MEMBER,
            what=What.CONTACT,
            purpose=Purpose.ACCOUNT,
            keep=Keep.WITH_MEMBER,
            erase=Erase.ANONYMISE,
        ),
        personal(
            "password",
            whose=Whose.MEMBER,
            what=What.CREDENTIAL,
            purpose=Purpose.SECURITY,
            keep=Keep.WITH_MEMBER,
            erase=Erase.BLANK,
        ),
        personal(
            "language",
            "time_zone",
            "keys_on",
            whose=Whose.MEMBER,
            what=What.PREFERENCE,
            purpose=Purpose.ACCOUNT,
            keep=Keep.WITH_MEMBER,
            erase=Erase.BLANK,
        ),
        personal(
            "last_login",
            "created_at",
            whose=Whose.MEMBER,
            what=What.BEHAVIOUR,
            purpose=Purpose.SECURITY,
            keep=Keep.WITH_MEMBER,
            erase=Erase.BLANK,
        ),
        plain("id", "is_active", "is_operator"),
        person="self",
    )

    def __str__(self) -> str:
        return self.email

    @classmethod
    def of_address(cls, email: str) -> "User | None":
        return cls.objects.filter(email=email.strip().lower()).first()

    def at_work_in(self) -> "list[Member]":
        """Their active memberships, by name of the workspace."""
        active = self.memberships.filter(active=True).select_related("workspace", "role")
        return list(active.order_by("workspace__name", "pk"))

    def last_workspace(self, slug: str) -> str:
        """The slug of the only workspace, or of the one they were in last; empty when unclear."""
        slugs = [member.workspace.slug for member in self.at_work_in()]
        if len(slugs) == 1:
            return slugs[0]
        return slug if slug in slugs else ""

    def get_full_name(self) -> str:
        return self.name or self.email
