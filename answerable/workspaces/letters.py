"""The mails of the installation itself: what they say, and how they look.

No link in them is built from a Host header (T071), none carries anything but what it is for.
"""

from dataclasses import dataclass
from email.utils import make_msgid
from urllib.parse import urlsplit

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from answerable.workspaces.models import Invitation, Member, Notice, User, Workspace
from answerable.workspaces.models.notice import post


@dataclass(frozen=True)
class Letter:
    """A short mail: a few paragraphs, and perhaps one thing to do."""

    subject: str
    paragraphs: tuple[str, ...]
    act: str = ""
    link: str = ""
    foot: str = ""
    is_secret: bool = False

    @property
    def text(self) -> str:
        act = [f"{self.act}:\n{self.link}"] if self.link else []
        return "\n\n".join([*self.paragraphs, *act, *([self.foot] if self.foot else [])]) + "\n"

    @property
    def html(self) -> str:
        return render_to_string("workspaces/mail/letter.html", {"letter": self})

    def send(self, to: str, workspace: Workspace | None = None) -> Notice:
        notice = Notice(
            workspace=workspace,
            to=to,
            subject=" ".join(self.subject.split())[:250],
            text=self.text,
            html=self.html,
            message_id=make_msgid(domain=urlsplit(settings.SITE_URL).hostname),
            is_secret=self.is_secret,
        )
        post(notice)
        return notice


def site(path: str) -> str:
    """The whole address of a page, as an operator set it."""
    return f"{settings.SITE_URL}{path}"


def language_of(user: User | None, workspace: Workspace | None = None) -> str:
    chosen = (user.language if user else "") or (workspace.language if workspace else "")
    return chosen or settings.LANGUAGE_CODE


def send_invitation(invitation: Invitation, token: str) -> Notice:
    workspace, by = invitation.workspace, invitation.invited_by
    user = User.objects.filter(email=invitation.email).first()
    with translation.override(language_of(user, workspace)):
        names = {"workspace": workspace.name, "by": by.display_name if by else workspace.name}
        letter = Letter(
            _("%(by)s invites you to %(workspace)s") % names,
            (
                _("%(by)s would like you to answer customers of %(workspace)s together.") % names,
                _("Your role will be: %(role)s.") % {"role": invitation.role.name},
            ),
            act=_("Join"),
            link=site(reverse("invitation", args=[token])),
            foot=_(
                "The link is for you alone, works once, and for seven days. "
                "If you do not know why you got this mail, delete it; nothing will happen."
            ),
            is_secret=True,
        )
        return letter.send(invitation.email, workspace)


def invite(invitation: Invitation, token: str) -> str:
    """Send it; the link, where nobody carries mail yet, to be handed over by hand this once."""
    send_invitation(invitation, token)
    return "" if settings.EMAIL_HOST else site(reverse("invitation", args=[token]))


def send_welcome(member: Member) -> Notice:
    workspace = member.workspace
    with translation.override(language_of(member.user, workspace)):
        names = {"workspace": workspace.name, "name": member.display_name}
        return Letter(
            _("Welcome to %(workspace)s") % names,
            (
                _("Hello %(name)s,") % names,
                _("you are now a member of %(workspace)s. Sign in with this address.") % names,
                _("A second factor keeps your account yours: set one up in your settings."),
            ),
            act=_("Open the desk"),
            link=site(reverse("desk", args=[workspace.slug])),
        ).send(member.user.email, workspace)


def send_reset(user: User, path: str) -> Notice:
    with translation.override(language_of(user)):
        return Letter(
            _("Choose a new password"),
            (_("Somebody, most likely you, asked for a new password for this address."),),
            act=_("Choose a new password"),
            link=site(path),
            foot=_(
                "The link works once, and for one hour. "
                "If it was not you, do nothing: your password stays as it is."
            ),
            is_secret=True,
        ).send(user.email)


def send_no_account(email: str) -> Notice:
    return Letter(
        _("There is no account for this address"),
        (
            _("Somebody asked for a new password for this address at %s.") % site("/"),
            _("There is no account for it. If it was you, try another address of yours."),
        ),
        is_secret=True,
    ).send(email)


# What is told to the owner of an account when its locks are changed.
CHANGES = {
    "account/email/password_changed": lambda: _("Your password was changed"),
    "account/email/password_reset": lambda: _("Your password was changed by a link in a mail"),
    "account/email/password_set": lambda: _("A password was set"),
    "mfa/email/totp_activated": lambda: _("An authenticator app was added"),
    "mfa/email/totp_deactivated": lambda: _("The authenticator app was removed"),
    "mfa/email/recovery_codes_generated": lambda: _("New recovery codes were made"),
    "mfa/email/webauthn_added": lambda: _("A passkey was added"),
    "mfa/email/webauthn_removed": lambda: _("A passkey was removed"),
}


def send_change(user: User, what: str, ip: str) -> Notice:
    """Tell a person that the locks of their account were changed, and from where."""
    with translation.override(language_of(user)):
        subject = CHANGES[what]()
        return Letter(
            subject,
            (
                f"{subject}. ({ip})",
                _("If it was not you, choose a new password now and end all sessions."),
            ),
            act=_("Choose a new password"),
            link=site(reverse("account_reset_password")),
        ).send(user.email)
