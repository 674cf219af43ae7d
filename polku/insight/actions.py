"""Asking: one row for a question, one job for a row, and a queue that has an end."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from polku.foundation import audit, jobs, turns
from polku.foundation.permissions import check
from polku.foundation.turns import Turn
from polku.foundation.viewer import Viewer
from polku.insight.models import WhatIf
from polku.insight.queries import PERMISSION
from polku.planning.simulation import whatif

MOST_WAITING = 5  # questions of one register that wait for their answer


class Busy(Exception):
    """So many questions of the register wait for their answer that another one is not taken."""


def fingerprint(question: whatif.Question) -> str:
    """Return what tells a question, with all that its answer hangs on, from any other."""
    asked = [whatif.NUMBER, asdict(question), whatif.inputs()]
    return hashlib.sha256(json.dumps(asked, sort_keys=True).encode()).hexdigest()


@transaction.atomic
def ask(question: whatif.Question, *, by: Viewer, at: datetime, measured: dict[str, Any]) -> WhatIf:
    """Return the row of a question, with its answer if it was asked before; else have it worked
    out. Raises Refused and Busy.
    """
    check(by, PERMISSION)
    assert by.register_id is not None
    # Two presses at once would count the same queue; the second waits for the first.
    turns.take(Turn.QUESTIONS, by.register_id)
    print_of = fingerprint(question)
    found = WhatIf.objects.filter(register_id=by.register_id, fingerprint=print_of).first()
    if found is None or found.problem:
        waiting = WhatIf.objects.filter(
            register_id=by.register_id, answered_at__isnull=True, problem=""
        )
        if waiting.count() >= MOST_WAITING:
            raise Busy
        found = found or WhatIf(
            register_id=by.register_id, fingerprint=print_of, question=asdict(question),
            measured=measured, asked_at=at, asked_by_id=by.user_id,
        )  # fmt: skip
        found.problem, found.tries = "", 0
        found.save()
        defer(found.register_id, found.id)
    audit.record(by, "insight.what_if_ask", reason=f"what-if {found.id}")
    return found


def defer(register_id: UUID, what_if_id: UUID) -> bool:
    """Have a question worked out; False when its job waits already."""
    from polku.insight.tasks import work_out_what_if

    lock = f"what-if {what_if_id}"
    return jobs.defer_once(work_out_what_if, lock, register_id=register_id, what_if_id=what_if_id)
