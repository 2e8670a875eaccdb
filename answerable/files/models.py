"""Files: kept once per workspace under the hash of what is in them."""

from django.db import models
from django.utils import timezone

from answerable.files.store import path_of, put, store
from answerable.register import Erase, Keep, Purpose, Register, What, Whose, personal, plain
from answerable.workspaces.models import Workspace


class FileQuerySet(models.QuerySet["File"]):
    def of_content(self, workspace_id: int, content: bytes, media_type: str) -> "File":
        """The file that holds these bytes, stored now unless it was. Durable on return."""
        sha256 = put(workspace_id, content)
        file = File(
            workspace_id=workspace_id,
            sha256=sha256,
            size=len(content),
            media_type=media_type[:120],
        )
        # One statement, which finds the row that is there or makes it; of two at once too.
        self.bulk_create(
            [file],
            update_conflicts=True,
            unique_fields=["workspace", "sha256"],
            update_fields=["size"],
        )
        return file


class File(models.Model):
    """Some bytes of a workspace, found by their SHA-256. Attachments keep the names."""

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="files")
    sha256 = models.CharField(max_length=64)
    size = models.BigIntegerField()
    media_type = models.CharField(max_length=120, default="application/octet-stream")
    created_at = models.DateTimeField(default=timezone.now)

    objects = FileQuerySet.as_manager()

    register = Register(
        personal(
            "sha256",
            "size",
            "media_type",
            "created_at",
            whose=Whose.CUSTOMER,
            what=What.WORDS,
            purpose=Purpose.SERVICE,
            keep=Keep.WITH_CONVERSATION,
            erase=Erase.ROW,
        ),
        plain("id", "workspace"),
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["workspace", "sha256"], name="file_once_in_workspace")
        ]

    def __str__(self) -> str:
        return self.sha256[:12]

    @property
    def path(self) -> str:
        return path_of(self.workspace_id, self.sha256)

    def read(self) -> bytes:
        with store().open(self.path) as stored:
            content: bytes = stored.read()
        return content
