"""The job that works a question out. The kernel is large: no web worker loads it."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from polku.foundation import clock, jobs, walls
from polku.insight import actions
from polku.insight.models import WhatIf
from polku.planning.simulation import whatif

TRIES = 3
BROKEN, LOST = "broken", "lost"


def question_of(found: WhatIf) -> whatif.Question:
    """Return the question as the simulation knows it."""
    kept = dict(found.question)
    today, other = (whatif.Side(**kept.pop(name)) for name in ("today", "other"))
    return whatif.Question(today=today, other=other, **kept)


def run(register_id: UUID, what_if_id: UUID) -> str:
    """Work a question out; return "answered", "done" (was so already), "gone" or "lost"."""
    with walls.inside(register_id):
        found = WhatIf.objects.select_for_update(of=("self",)).filter(pk=what_if_id).first()
        if found is None:
            return "gone"
        if not found.waits:
            return "done"
        if found.tries >= TRIES:
            return _ended(found, problem=LOST)
        found.tries, found.begun_at = found.tries + 1, clock.now()
        found.save(update_fields=["tries", "begun_at"])
    try:
        answer = whatif.answer(question_of(found))
    except Exception:
        with walls.inside(register_id):
            _ended(WhatIf.objects.get(pk=what_if_id), problem=BROKEN)
        raise
    with walls.inside(register_id):
        stored = WhatIf.objects.select_for_update(of=("self",)).get(pk=what_if_id)
        if stored.answered_at is not None:
            return "done"
        return _ended(stored, answer=answer)


def _ended(found: WhatIf, *, answer: dict[str, Any] | None = None, problem: str = "") -> str:
    found.answer, found.problem = answer, problem
    found.answered_at = clock.now() if answer is not None else None
    found.save(update_fields=["answer", "problem", "answered_at"])
    return problem or "answered"


def resume(register_id: UUID, at: datetime) -> int:
    """Have those worked out anew whose worker has died; return how many."""
    with walls.inside(register_id):
        waiting = WhatIf.objects.filter(answered_at__isnull=True, problem="")
        silent = [
            one.id
            for one in waiting.filter(jobs.lost(at, answered="answered_at")).defer("answer")
            if one.begun_at is None or one.begun_at < at - jobs.SILENT
        ]
        return sum(actions.defer(register_id, one) for one in silent)
