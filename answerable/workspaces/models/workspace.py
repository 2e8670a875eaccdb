from typing import Literal

from django.db import connection, models, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from answerable.register import Register, plain
from answerable.workspaces.rights import STARTING_ROLES


class Workspace(models.Model):
    """One company's own place on this installation; nothing in it is seen from another."""

    slug = models.SlugField(_("Address"), max_length=40, unique=True)
    name = models.CharField(_("Name"), max_length=120)
    language = models.CharField(max_length=12, default="en")
    time_zone = models.CharField(max_length=64, default="UTC")
    is_demo = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=timezone.now)

    register = Register(
        plain("id", "slug", "name", "language", "time_zone", "is_demo", "created_at")
    )

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("desk", args=[self.slug])

    @classmethod
    @transaction.atomic
    def start(cls, slug: str, name: str, **fields: object) -> "Workspace":
        """A new workspace with its counter and its starting roles."""
        workspace = cls.objects.create(slug=slug, name=name, **fields)
        Counter.objects.create(workspace=workspace)
        for key, role_name, rights, all_inboxes in STARTING_ROLES:
            workspace.roles.create(
                key=key, name=role_name, rights=list(map(str, rights)), all_inboxes=all_inboxes
            )
        return workspace


class Counter(models.Model):
    """The last numbers given out in a workspace, for events and for conversations.

    Its row is locked until commit, so numbers are in commit order and have no gaps: whoever
    has seen event N has seen all before it.
    """

    workspace = models.OneToOneField(Workspace, models.CASCADE, related_name="counter")
    events = models.BigIntegerField(default=0)
    conversations = models.BigIntegerField(default=0)

    register = Register(plain("id", "workspace", "events", "conversations"))

    def __str__(self) -> str:
        return f"{self.workspace_id}: {self.events}"

    @classmethod
    def take(
        cls, workspace_id: int, which: Literal["events", "conversations"], count: int = 1
    ) -> int:
        """The first of `count` new numbers. Must be called inside a transaction."""
        column = connection.ops.quote_name(which)
        with connection.cursor() as cursor:
            cursor.execute(
                f"UPDATE workspaces_counter SET {column} = {column} + %s"  # noqa: S608 - a column of ours
                f" WHERE workspace_id = %s RETURNING {column}",
                [count, workspace_id],
            )
            row = cursor.fetchone()
        if row is None:
            raise cls.DoesNotExist(workspace_id)
        last: int = row[0]
        return last - count + 1
