import hashlib
import hmac
from datetime import timedelta

from django.db import IntegrityError, models, transaction
from django.db.models import F
from django.utils import timezone

from answerable.kit.secrets import keys_for
from answerable.register import Erase, Keep, Purpose, Register, What, Whose, personal, plain


class Tally(models.Model):
    """How often something was tried lately, so that it ends at "too often" (T073)."""

    key = models.CharField(max_length=64, unique=True)
    count = models.PositiveIntegerField(default=1)
    until = models.DateTimeField(db_index=True)

    register = Register(
        personal(
            "key",
            whose=Whose.MEMBER,
            what=What.TECHNICAL,
            purpose=Purpose.SECURITY,
            keep=Keep.SHORT,
            erase=Erase.ROW,
        ),
        plain("id", "count", "until"),
    )

    def __str__(self) -> str:
        return f"{self.count} until {self.until:%H:%M}"

    @classmethod
    def take(cls, what: str, most: int, period: timedelta) -> bool:
        """Count one more try; False when there were `most` already in this period.

        Counted before the try, in one conditional update: of any number at once, on any number
        of processes, `most` are told True.
        """
        rows = cls.objects.filter(key=key_of(what))
        until = timezone.now() + period
        for _again in range(3):
            if rows.filter(until__lte=timezone.now()).update(count=1, until=until):
                return True
            if rows.filter(count__lt=most).update(count=F("count") + 1):
                return True
            if rows.exists():
                return False
            try:
                with transaction.atomic():
                    cls.objects.create(key=key_of(what), until=until)
            except IntegrityError:
                continue
            return True
        return False

    @classmethod
    def give_back(cls, what: str) -> None:
        """It was no failure after all."""
        cls.objects.filter(key=key_of(what), count__gt=0).update(count=F("count") - 1)

    @classmethod
    def forget(cls, what: str) -> None:
        cls.objects.filter(key=key_of(what)).delete()


def key_of(what: str) -> str:
    """Tells nothing of the address it counts, even to a reader of the database."""
    return hmac.new(keys_for("tally")[0], what.encode(), hashlib.sha256).hexdigest()
