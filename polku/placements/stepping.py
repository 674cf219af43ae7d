"""Keeps the step of the plan that a placement is in tune with it, so that the path shows it.

Whoever has accepted a place has agreed to the step as well: nobody is asked twice.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.utils import translation

from polku.clients.models import Client
from polku.foundation.viewer import Viewer
from polku.paths import tuning
from polku.placements.models import Placement
from polku.placements.terms import Kind

S = Placement.State

STEP_KINDS: dict[str, str] = {
    Kind.WORK_TRIAL: "work_trial",
    Kind.TRAINING_TRIAL: "training_trial",
    Kind.PAY_SUBSIDY: "pay_subsidy",
    Kind.REHABILITATIVE: "rehabilitative",
    Kind.ON_THE_JOB: "study",
    Kind.APPRENTICESHIP: "study",
    Kind.VOLUNTEERING: "other",
    Kind.LEAD: "application",
}
# Kinds that are kinds of step by themselves: a step of that kind in the plan means this placement.
TAKEN_UP = (Kind.WORK_TRIAL, Kind.TRAINING_TRIAL, Kind.PAY_SUBSIDY, Kind.REHABILITATIVE)
THEMES: dict[str, str] = {
    Kind.ON_THE_JOB: "learning",
    Kind.APPRENTICESHIP: "learning",
}
# What the step becomes. A state that is not here leaves the step as it is.
BECOMES: dict[str, str] = {
    S.ACCEPTED: "planned",
    S.AGREED: "planned",
    S.RUNNING: "now",
    S.ENDED: "done",
    S.INTERRUPTED: "dropped",
    S.DECLINED: "declined",
    S.WITHDRAWN: "dropped",
    S.REFUSED: "dropped",
}
# Before the client has said yes there is no step to follow.
MAKES = (S.ACCEPTED, S.AGREED, S.RUNNING)


def follow(placement: Placement, *, by: Viewer, at: datetime) -> None:
    """Bring the linked step to where the placement is, and link one where there is none.

    `by` is the software: a client's session may write no plan.
    """
    state = BECOMES.get(placement.state)
    if state is None or (placement.step_id is None and placement.state not in MAKES):
        return
    step = tuning.tune(
        placement.client_id,
        by=by,
        at=at,
        step_id=placement.step_id,
        kind=STEP_KINDS[placement.kind],
        theme=THEMES.get(placement.kind, "work"),
        title=title_of(placement),
        state=state,
        starts_on=placement.starts_on,
        ends_on=placement.last_day,
        detail=detail_of(placement),
        take_up=placement.kind in TAKEN_UP,
        besides=_led_by_others(placement),
    )
    if placement.step_id != step:
        placement.step_id = step
        placement.save(update_fields=["step"])


def _led_by_others(placement: Placement) -> list[UUID]:
    others = Placement.objects.filter(client_id=placement.client_id, step__isnull=False)
    return list(others.exclude(pk=placement.pk).values_list("step", flat=True))


def hide_titles(client: Client) -> None:
    """Leave only the kind in the words of the steps that placements lead: a ban begins."""
    rows = Placement.objects.filter(client=client, step__isnull=False)
    for placement in rows:
        placement.guarded = True
        words = {"title": title_of(placement), "detail": detail_of(placement)}
        tuning.rename(placement.step_id, **words)


def detail_of(placement: Placement) -> str:
    """Return where the step is, as it was agreed; '' under a safety ban."""
    return "" if placement.guarded else placement.place


def title_of(placement: Placement) -> str:
    """Return the step's title in the client's language: the kind and the task.

    Under a safety ban it is the kind alone.
    """
    client = Client.objects.only("service_language").get(pk=placement.client_id)
    with translation.override(client.service_language):
        kind = str(placement.get_kind_display())
    kind = kind[:1].upper() + kind[1:]
    return kind if placement.guarded else f"{kind}: {placement.title}"[:120]
