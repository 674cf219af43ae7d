"""What a client tells of a step that waits for them: that it is done, or what it waits for."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from polku.foundation import audit
from polku.foundation.permissions import check
from polku.foundation.viewer import Viewer
from polku.paths import notices
from polku.paths.models import Step


@transaction.atomic
def tell_done(step: Step, *, by: Viewer, at: datetime, word: str = "") -> Step:
    """Let the client say that their part is done: the turn goes to the coach, who looks at it.

    The step itself is finished by the coach. Told twice, it is told once: when it is no longer
    the client's turn, nothing changes.
    """
    check(by, "paths.answer", step)
    stored = Step.objects.select_for_update(of=("self",)).get(pk=step.pk)
    if stored.turn != Step.Turn.CLIENT:
        return stored
    stored.turn, stored.turn_since = Step.Turn.COACH, at
    stored.client_word = word[:200] or stored.client_word
    stored.version += 1
    stored.changed_at = at
    stored.save(update_fields=["turn", "turn_since", "client_word", "version", "changed_at"])
    notices.tell_coach(register_id=stored.register_id, client_id=stored.client_id, at=at)
    audit.record(by, "paths.tell_done", client=stored.client_id, fields=["turn", "client_word"])
    return stored
