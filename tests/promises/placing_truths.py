"""What must hold of placements and seats after anything that was done to them."""

from __future__ import annotations

from typing import Any

from django.db import connection

from polku.placements import agreeing
from polku.placements.models import Placement, SeatUse
from tests.promises.placing_table import LIVE

USED_TWICE = """
SELECT count(*) FROM placements_seatuse a JOIN placements_seatuse b
  ON a.opening_id = b.opening_id AND a.seat = b.seat AND a.id < b.id
 AND daterange(a.starts_on, a.ends_on, '[]') && daterange(b.starts_on, b.ends_on, '[]')
WHERE a.over_at IS NULL AND b.over_at IS NULL
"""


def versions_grow(states: dict[Any, str], versions: dict[Any, int]) -> None:
    """Each placement is in the state that it should be, and no version went back."""
    for one in Placement.objects.all():
        assert one.state == states[one.pk]
        assert one.version >= versions.get(one.pk, 1), "a version went back"
        versions[one.pk] = one.version


def seats_are_used_once() -> None:
    with connection.cursor() as cursor:
        cursor.execute(USED_TWICE)
        assert cursor.fetchone() == (0,)
    for use in SeatUse.objects.select_related("opening"):
        assert 1 <= use.seat <= use.opening.seats


def each_has_the_seat_that_it_needs() -> None:
    owned = set()
    for one in Placement.objects.select_related("use"):
        trouble = seat_trouble(one)
        assert not trouble, f"what is {one.state} {trouble}"
        owned.add(one.use_id)
    stray = SeatUse.objects.filter(over_at__isnull=True).exclude(how="kept_back")
    assert not stray.exclude(pk__in=owned - {None}).exists(), "a seat is held for nobody"


def what_is_agreed_is_signed_by_all() -> None:
    for one in Placement.objects.filter(state="agreed"):
        assert agreeing.unsigned(one) == []


def nobody_is_twice_in_one_place() -> None:
    rows = Placement.objects.filter(state__in=LIVE).values_list("client", "opening")
    assert len(rows) == len(set(rows))


def seat_trouble(one: Placement) -> str:
    """Return what is wrong with a placement's seat; '' when nothing is."""
    use = one.use
    held = use is not None and use.over_at is None
    if one.state in {"put_off", "declined", "withdrawn", "refused"}:
        return "holds a seat" if held else ""
    if one.state == "suggested":
        return "is promised for ever" if held and use.until is None else ""
    if not held:
        return "has no seat"
    days = (one.starts_on, one.ended_on or one.ends_on)
    how = "promised" if one.state == "accepted" else "taken"
    if (use.starts_on, use.ends_on, use.how, use.until) != (*days, how, None):
        return f"has a seat of other days: {use.starts_on} {use.ends_on} {use.how} {use.until}"
    if one.state in {"ended", "interrupted"} and not one.starts_on <= one.ended_on <= one.ends_on:
        return "is over outside of its days"
    return ""
