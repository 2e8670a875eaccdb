from collections.abc import Iterable
from itertools import chain
from typing import NamedTuple, Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from answerable.conversations.models import Inbox
from answerable.kit.secrets import SecretField
from answerable.register import Register, plain
from answerable.workspaces.models import Member, Workspace


class MailAccountQuerySet(models.QuerySet["MailAccount"]):
    def visible_to(self, member: Member) -> Self:
        return self.filter(inbox__in=Inbox.objects.visible_to(member))

    def takers(self, addresses: Iterable[str]) -> "dict[str, Taker]":
        """Who takes mail for each address: the account that has it, or has it as an alias.

        An address with +tag is taken as it stands, or else without. One that nobody takes is
        not in the answer.
        """
        names = {address: names_of(address) for address in addresses}
        known = set(chain(*names.values()))
        ours = self.filter(active=True)
        found: dict[str, Taker] = {}
        for field in ("address", "aliases__address"):
            rows = ours.filter(**{f"{field}__in": known}).values_list(field, "pk", "workspace_id")
            found |= {name: Taker(*rest) for name, *rest in rows}
            known -= found.keys()
            if all(found.keys() & set(each) for each in names.values()):
                break
        taken = {address: map(found.get, each) for address, each in names.items()}
        first = {address: next(filter(None, each), None) for address, each in taken.items()}
        return {address: taker for address, taker in first.items() if taker}

    def of_recipient(self, address: str) -> "MailAccount | None":
        """The account that takes mail for an address."""
        taker = self.takers([address]).get(address)
        return taker and self.select_related("inbox").get(pk=taker.account_id)


class Taker(NamedTuple):
    """An account, as far as a mail at the door needs to know it."""

    account_id: int
    workspace_id: int


def names_of(address: str) -> list[str]:
    """The address as it is compared, whole and without its +tag."""
    local, _at, domain = address.strip().casefold().rpartition("@")
    return list(dict.fromkeys([f"{local}@{domain}", f"{local.partition('+')[0]}@{domain}"]))


class MailAccount(models.Model):
    """A mailbox of the company: its address, how its mail comes in and how it goes out."""

    class Incoming(models.TextChoices):
        NONE = "none", _("By our own receiver (forwarding, MX, pipe or webhook)")
        IMAP = "imap", _("Fetched from an IMAP mailbox")

    class Outgoing(models.TextChoices):
        OUTBOX = "outbox", _("Kept in the outbox, nothing leaves")
        SMTP = "smtp", _("Sent by an SMTP server")
        PROVIDER = "provider", _("Sent by a mail provider")

    class Security(models.TextChoices):
        TLS = "tls", _("TLS from the start")
        STARTTLS = "starttls", _("STARTTLS")
        NONE = "none", _("None (this machine or a private network only)")

    class Auth(models.TextChoices):
        PASSWORD = "password", _("Password")
        XOAUTH2 = "xoauth2", _("OAuth 2")

    workspace = models.ForeignKey(Workspace, models.CASCADE)
    inbox = models.OneToOneField(Inbox, models.CASCADE, related_name="mail_account")
    address = models.CharField(_("Address"), max_length=254, unique=True)
    from_name = models.CharField(_("Shown as"), max_length=120, blank=True)
    signature = models.TextField(_("Signature"), max_length=5_000, blank=True)
    quote_history = models.BooleanField(_("Quote earlier messages"), default=False)
    acknowledge = models.BooleanField(_("Confirm that mail has arrived"), default=False)
    active = models.BooleanField(default=True)

    incoming = models.CharField(max_length=10, choices=Incoming, default=Incoming.NONE)
    imap_host = models.CharField(_("IMAP server"), max_length=253, blank=True)
    imap_port = models.PositiveIntegerField(_("Port"), default=993)
    imap_security = models.CharField(max_length=10, choices=Security, default=Security.TLS)
    imap_user = models.CharField(_("User"), max_length=320, blank=True)
    imap_secret = SecretField(_("Password"), blank=True, default="")
    imap_folder = models.CharField(_("Folder"), max_length=120, default="INBOX")
    imap_auth = models.CharField(max_length=10, choices=Auth, default=Auth.PASSWORD)

    outgoing = models.CharField(max_length=10, choices=Outgoing, default=Outgoing.OUTBOX)
    smtp_host = models.CharField(_("SMTP server"), max_length=253, blank=True)
    smtp_port = models.PositiveIntegerField(_("Port"), default=587)
    smtp_security = models.CharField(max_length=10, choices=Security, default=Security.STARTTLS)
    smtp_user = models.CharField(_("User"), max_length=320, blank=True)
    smtp_secret = SecretField(_("Password"), blank=True, default="")
    smtp_auth = models.CharField(max_length=10, choices=Auth, default=Auth.PASSWORD)
    provider = models.CharField(_("Provider"), max_length=40, blank=True)
    provider_secret = SecretField(_("Provider's key"), blank=True, default="")
    webhook_secret = SecretField(blank=True, default="")
    webhook_signing_key = SecretField(_("Signing key of the webhook"), blank=True, default="")

    oauth_token_url = models.CharField(_("Token address"), max_length=400, blank=True)
    oauth_client = models.CharField(_("Client id"), max_length=250, blank=True)
    oauth_client_secret = SecretField(_("Client secret"), blank=True, default="")
    oauth_refresh = SecretField(_("Refresh token"), blank=True, default="")

    dkim_selector = models.CharField(_("DKIM selector"), max_length=63, blank=True)
    dkim_key = SecretField(_("DKIM key"), blank=True, default="")
    trusted_authserv_ids = models.JSONField(default=list)

    fetched_at = models.DateTimeField(null=True)
    fetch_error = models.CharField(max_length=250, blank=True)
    lease_until = models.DateTimeField(null=True)
    lease_by = models.CharField(max_length=40, blank=True)

    objects = MailAccountQuerySet.as_manager()

    register = Register(
        plain("id", "workspace", "inbox", "address", "from_name", "signature", "quote_history"),
        plain("acknowledge", "active", "incoming", "outgoing", "trusted_authserv_ids"),
        plain("imap_host", "imap_port", "imap_security", "imap_user", "imap_secret"),
        plain("imap_folder", "imap_auth", "smtp_host", "smtp_port", "smtp_security", "smtp_user"),
        plain("smtp_secret", "smtp_auth", "provider", "provider_secret", "webhook_secret"),
        plain("webhook_signing_key"),
        plain("oauth_token_url", "oauth_client", "oauth_client_secret", "oauth_refresh"),
        plain("dkim_selector", "dkim_key", "fetched_at", "fetch_error", "lease_until", "lease_by"),
    )

    def __str__(self) -> str:
        return self.address

    @property
    def domain(self) -> str:
        return self.address.rpartition("@")[2]

    @property
    def addresses(self) -> set[str]:
        """All addresses of this account, folded."""
        return {self.address, *(alias.address for alias in self.aliases.all())}


class Alias(models.Model):
    """Another address of a mail account, taken in and offered as From."""

    workspace = models.ForeignKey(Workspace, models.CASCADE)
    account = models.ForeignKey(MailAccount, models.CASCADE, related_name="aliases")
    address = models.CharField(_("Address"), max_length=254, unique=True)
    from_name = models.CharField(_("Shown as"), max_length=120, blank=True)

    register = Register(plain("id", "workspace", "account", "address", "from_name"))

    class Meta:
        verbose_name_plural = "aliases"

    def __str__(self) -> str:
        return self.address


class ImapCursor(models.Model):
    """How far a folder was read: all up to this UID of this UIDVALIDITY (RFC 3501)."""

    account = models.ForeignKey(MailAccount, models.CASCADE, related_name="cursors")
    folder = models.CharField(max_length=120)
    uidvalidity = models.BigIntegerField(default=0)
    last_uid = models.BigIntegerField(default=0)
    updated_at = models.DateTimeField(default=timezone.now)
    # Mails that came to the server before this day were there before us, and stay there.
    since = models.DateField(null=True)

    register = Register(
        plain("id", "account", "folder", "uidvalidity", "last_uid", "updated_at", "since")
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account", "folder"], name="imap_cursor_of_folder")
        ]

    def __str__(self) -> str:
        return f"{self.folder} {self.last_uid}"
