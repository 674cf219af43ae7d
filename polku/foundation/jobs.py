"""A job that works one thing out: one waits at a time, and who asked gets another if it was lost.

Each such thing has a row that says when it was asked for and when it was answered last. Its job
takes seconds; a question that is silent for longer has lost its worker.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F, Q
from procrastinate.exceptions import AlreadyEnqueued

SILENT = timedelta(minutes=2)


def defer_once(job: Any, lock: str, **given: object) -> bool:
    """Have it worked out by a job; False when one waits already: it answers what then stands."""
    try:
        with transaction.atomic():
            job.configure(queueing_lock=lock).defer(**{k: str(v) for k, v in given.items()})
    except AlreadyEnqueued:
        return False
    return True


def runs(asked_at: datetime | None, answered_at: datetime | None) -> bool:
    """Return whether a question has no answer yet, or only one to what was asked before."""
    return asked_at is not None and (answered_at is None or answered_at < asked_at)


def is_silent(asked_at: datetime | None, answered_at: datetime | None, at: datetime) -> bool:
    """Return whether its job has had its time: lost, or not yet begun."""
    return runs(asked_at, answered_at) and asked_at is not None and asked_at < at - SILENT


def lost(at: datetime, *, answered: str) -> Q:
    """Return the condition that a question is silent; `answered` names when it was answered."""
    open_still = Q(**{f"{answered}__isnull": True}) | Q(**{f"{answered}__lt": F("asked_at")})
    return open_still & Q(asked_at__lt=at - SILENT)
