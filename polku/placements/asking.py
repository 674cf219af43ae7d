"""When assessments of a placement are due, and asking for them.

A mid assessment is asked for only where there is a middle: in periods longer than
`WEEKS_FOR_A_MIDDLE`. No law says so; it is a rule of this house.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from polku.placements.models import Assessment, Placement
from polku.placements.terms import Party

WEEKS_FOR_A_MIDDLE = 8
# An assessment is asked for this long before it is due.
BEFOREHAND = timedelta(days=3)
PARTIES = (Party.CLIENT, Party.HOST)


def due_days(starts_on: date, ends_on: date) -> dict[str, date]:
    """Return the day on which each assessment of a period is due."""
    due = {"final": ends_on}
    if ends_on - starts_on > timedelta(weeks=WEEKS_FOR_A_MIDDLE):
        due["mid"] = starts_on + (ends_on - starts_on) / 2
    return due


def plan(placement: Placement) -> None:
    """Set down which assessments are due and when; those answered stay as they are."""
    last = placement.last_day
    assert placement.starts_on is not None and last is not None
    due = due_days(placement.starts_on, last)
    if "mid" not in due:
        _no_middle(placement)
    for moment, due_on in due.items():
        for party in PARTIES:
            row, made = Assessment.objects.get_or_create(
                placement=placement,
                party=party,
                moment=moment,
                defaults={
                    "register_id": placement.register_id,
                    "client_id": placement.client_id,
                    "worksite_id": placement.worksite_id,
                    "guarded": placement.guarded,
                    "due_on": due_on,
                },
            )
            if not made and row.answered_at is None and row.due_on != due_on:
                _due_anew(row, due_on)


def _no_middle(placement: Placement) -> None:
    """Take back what has not been asked about the middle of a period that is too short for one."""
    rows = Assessment.objects.filter(placement=placement, moment="mid", answered_at__isnull=True)
    rows.filter(asked_at__isnull=True).delete()


def _due_anew(row: Assessment, due_on: date) -> None:
    row.due_on, row.asked_at, row.reminded, row.stopped_at = due_on, None, 0, None
    row.version += 1
    row.save()


def forget(placement: Placement) -> None:
    """Take back what nobody has answered: it did not begin after all."""
    Assessment.objects.filter(placement=placement, answered_at__isnull=True).delete()


def close(placement: Placement, at: datetime) -> None:
    """Ask no more for a middle once it is over; the final one is due on the last day."""
    assert placement.ended_on is not None
    open_ones = Assessment.objects.filter(
        placement=placement, answered_at__isnull=True, stopped_at__isnull=True
    )
    open_ones.filter(moment="mid").update(stopped_at=at)
    for row in open_ones.filter(moment="final").exclude(due_on=placement.ended_on):
        _due_anew(row, placement.ended_on)
