import hashlib
import hmac
from datetime import timedelta

from django.db import IntegrityError, models, transaction
from django.db.models import F
from django.utils import timezone

from answerable.kit.secrets import keys_for
from answerable.register import Erase, Keep, Purpose, Register, What, Whose, personal, plain

PERIOD = timedelta(hours=24)


class AutomaticMailsQuerySet(models.QuerySet["AutomaticMails"]):
    def allow(self, address: str, kind: str, most: int) -> bool:
        """Count one more automatic mail to this address, unless it had `most` in a day.

        Of many that ask at once, no more than `most` are told True (T093).
        """
        now = timezone.now()
        rows = self.filter(address_hash=_hash_of(address), kind=kind)
        young = rows.filter(since__gt=now - PERIOD)
        if young.filter(count__lt=most).update(count=F("count") + 1):
            return True
        if rows.filter(since__lte=now - PERIOD).update(since=now, count=1):
            return True
        if rows.exists():
            return False
        try:
            with transaction.atomic():
                self.create(address_hash=_hash_of(address), kind=kind, since=now)
        except IntegrityError:
            return bool(young.filter(count__lt=most).update(count=F("count") + 1))
        return True


class AutomaticMails(models.Model):
    """How many automatic mails an address had lately, from all workspaces together."""

    address_hash = models.CharField(max_length=64)
    kind = models.CharField(max_length=20)
    since = models.DateTimeField(default=timezone.now)
    count = models.PositiveIntegerField(default=1)

    objects = AutomaticMailsQuerySet.as_manager()

    register = Register(
        personal(
            "address_hash",
            "since",
            "count",
            whose=Whose.CUSTOMER,
            what=What.IDENTIFIER,
            purpose=Purpose.SECURITY,
            keep=Keep.SHORT,
            erase=Erase.ROW,
        ),
        plain("id", "kind"),
    )

    class Meta:
        verbose_name_plural = "automatic mails"
        constraints = [
            models.UniqueConstraint(
                fields=["address_hash", "kind"], name="automatic_mails_of_address"
            )
        ]

    def __str__(self) -> str:
        return f"{self.count} × {self.kind}"


def _hash_of(address: str) -> str:
    """The same for carl@… and carl+any@…: a victim has one mailbox and many names."""
    local, _at, domain = address.strip().casefold().rpartition("@")
    plain_address = f"{local.partition('+')[0]}@{domain}"
    key = keys_for("automatic mails")[-1]
    return hmac.new(key, plain_address.encode(), hashlib.sha256).hexdigest()
