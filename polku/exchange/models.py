"""The nouns of this room: one import of one file, and what came of its rows."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from polku.foundation.history import NotKept
from polku.foundation.models.base import RegisterModel
from polku.foundation.protection import classify


class ImportRun(RegisterModel):
    """A file that was brought in, from the choosing of columns to the report.

    The file lies here as ciphertext until the import is done, 24 hours at the longest; its key is
    sealed apart, and goes with it. `checked` says that the counts are those of a dry run.
    """

    client_column = None

    class State(models.TextChoices):
        UPLOADED = "uploaded", _("to be looked at")
        WAITING = "waiting", _("waiting its turn")
        RUNNING = "running", _("running")
        CHECKED = "checked", _("tried, nothing changed")
        DONE = "done", _("imported")
        FAILED = "failed", _("broken off")

    user = models.ForeignKey("foundation.User", models.PROTECT, related_name="+")
    role = models.ForeignKey("foundation.RoleAssignment", models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=State, default=State.UPLOADED)
    dry = models.BooleanField(default=True)
    name_cipher = models.BinaryField()
    digest = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    key_cipher = models.BinaryField(null=True)
    file_cipher = models.BinaryField(null=True)
    kind = models.CharField(max_length=12, blank=True)
    mapping = models.JSONField(default=dict, blank=True)
    header_line = models.PositiveIntegerField(null=True, blank=True)
    # Where no column tells when each client registered: the day that was said to suit them all.
    registered_on = models.DateField(null=True, blank=True)
    total = models.PositiveIntegerField(default=0)
    rows_done = models.PositiveIntegerField(default=0)
    line_done = models.PositiveIntegerField(default=0)
    counts = models.JSONField(default=dict, blank=True)
    problem = models.JSONField(default=dict, blank=True)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["register", "user", "-created_at"], name="import_by_user")]
        constraints = [
            models.UniqueConstraint(
                "register",
                "digest",
                condition=Q(state__in=["waiting", "running"]),
                name="one_import_of_a_file_at_a_time",
            ),
            models.CheckConstraint(
                name="a_done_import_keeps_no_file",
                condition=~Q(state="done") | Q(file_cipher__isnull=True, key_cipher__isnull=True),
            ),
        ]

    history = NotKept("an errand of a day; what it changes is kept where it changes it")
    protection = classify(
        internal="user role state dry size kind header_line registered_on total rows_done "
        "line_done counts created_at changed_at ended_at",
        # Headings and reasons of a file as a whole.
        sensitive="mapping problem",
        secret="name_cipher digest key_cipher file_cipher",
    )

    @property
    def is_busy(self) -> bool:
        return self.state in (self.State.WAITING, self.State.RUNNING)


class ImportPart(RegisterModel):
    """What is told of one batch of rows, sealed: it was committed together with the batch."""

    client_column = None

    run = models.ForeignKey(ImportRun, models.CASCADE, related_name="parts")
    number = models.PositiveIntegerField()
    lines = models.PositiveIntegerField()
    cipher = models.BinaryField()

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint("run", "number", name="one_part_a_batch")]

    history = NotKept("what is told of a batch, sealed; never changed")
    protection = classify(internal="run number lines", secret="cipher")
