"""The list of openings: seats now and to come, each choice, the search, pages."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import translation

from polku.foundation import clock
from polku.placements import queries, seats
from polku.placements.models import SeatUse, Worksite
from polku.placements.presenters.seats import seats_tag
from polku.placements.presenters.weeks import bar_of
from polku.placements.queries import Wanted, wanted
from polku.placements.tests.places import make_opening, make_worksite
from polku.web import dates


@pytest.fixture
def viewer(world: Any) -> Any:
    return world.enter_as("aino")


def use(opening: Any, first: int, last: int | None, how: str = "taken") -> SeatUse:
    """Use a seat from a day to a day, counted from today."""
    today = clock.today()
    return seats.hold(
        opening,
        at=clock.now(),
        starts_on=today + timedelta(days=first),
        ends_on=None if last is None else today + timedelta(days=last),
        how=how,
    )


def named(world: Any) -> Worksite:
    site = make_worksite(world, name="Vuokkoharjun koulu")
    Worksite.objects.filter(pk=site.pk).update(search_name="vuokkoharjun koulu")
    return site


def titles(viewer: Any, **wish: Any) -> list[str]:
    return [row.title for row in queries.openings(viewer, Wanted(**wish)).rows]


def only_row(viewer: Any) -> Any:
    (row,) = queries.openings(viewer, Wanted()).rows
    return row


def test_seats_are_told_free_promised_and_taken(world: Any, viewer: Any) -> None:
    opening = make_opening(world, seats=4)
    use(opening, -5, 20)
    use(opening, -5, 20, "promised")
    use(opening, -5, 20, "kept_back")
    use(opening, 5, 20)
    row = only_row(viewer)
    assert (row.seats, row.offered, row.promised, row.taken, row.free) == (4, 3, 1, 1, 1)


def test_a_full_opening_tells_the_next_day_on_which_a_seat_frees(world: Any, viewer: Any) -> None:
    today = clock.today()
    opening = make_opening(world, seats=2)
    use(opening, -5, 9)
    use(opening, -5, 30)
    # From the tenth day on the first seat is promised again: nothing frees then.
    use(opening, 10, 19, "promised")
    row = only_row(viewer)
    assert (row.free, row.frees_on) == (0, today + timedelta(days=20))


def test_a_seat_that_is_used_without_end_frees_on_no_known_day(world: Any, viewer: Any) -> None:
    use(make_opening(world), -5, None)
    assert only_row(viewer).frees_on is None


def test_a_free_opening_tells_no_day(world: Any, viewer: Any) -> None:
    make_opening(world)
    assert only_row(viewer).frees_on is None


def test_an_opening_has_no_free_seat_before_its_time_and_none_after(
    world: Any, viewer: Any
) -> None:
    today = clock.today()
    make_opening(world, title="Talvi", open_from=today + timedelta(days=30))
    make_opening(world, title="Mennyt", open_to=today - timedelta(days=1))
    rows = {row.title: row for row in queries.openings(viewer, Wanted()).rows}
    assert (rows["Talvi"].free, rows["Talvi"].frees_on) == (0, today + timedelta(days=30))
    assert (rows["Mennyt"].free, rows["Mennyt"].frees_on) == (0, None)


def test_a_promise_that_has_run_out_holds_no_seat(world: Any, viewer: Any) -> None:
    opening = make_opening(world)
    held = use(opening, -5, 20, "promised")
    SeatUse.objects.filter(pk=held.pk).update(until=clock.now() - timedelta(minutes=1))
    assert only_row(viewer).free == 1


def test_what_is_found_by_seats(world: Any, viewer: Any) -> None:
    make_opening(world, title="Vapaa")
    use(make_opening(world, title="Pian"), -1, 10)
    use(make_opening(world, title="Keväällä"), -1, 80)
    use(make_opening(world, title="Varattu"), -1, None)
    assert titles(viewer, free="now") == ["Vapaa"]
    assert titles(viewer, free="4") == ["Vapaa", "Pian"]
    assert titles(viewer, free="13") == ["Vapaa", "Pian", "Keväällä"]
    day = clock.today() + timedelta(days=11)
    assert titles(viewer, free="by", by=day) == ["Vapaa", "Pian"]
    assert titles(viewer) == ["Vapaa", "Pian", "Keväällä", "Varattu"]


def test_each_choice_leaves_out_what_does_not_fit(world: Any, viewer: Any) -> None:
    site = make_worksite(world, name="Kirjasto", supports=["quiet"], languages=["fi", "sv"])
    make_opening(
        world,
        title="Hyllyttäjä",
        worksite=site,
        kinds=["rehabilitative"],
        work_code="4411",
        demands=["lifting_5"],
    )
    make_opening(world, title="Keittäjä", demands=["standing"], cards=["hygiene"])
    assert titles(viewer, kind="work_trial") == ["Keittäjä"]
    assert titles(viewer, work="4411") == ["Hyllyttäjä"]
    assert titles(viewer, work="94") == ["Keittäjä"]
    assert titles(viewer, without=("standing",)) == ["Hyllyttäjä"]
    assert titles(viewer, without=("standing", "lifting_5")) == []
    assert titles(viewer, cards=("none",)) == ["Hyllyttäjä"]
    assert sorted(titles(viewer, cards=("hygiene",))) == ["Hyllyttäjä", "Keittäjä"]
    assert titles(viewer, supports=("quiet",)) == ["Hyllyttäjä"]
    assert titles(viewer, language="sv") == ["Hyllyttäjä"]
    assert titles(viewer, town="398") == []
    assert len(titles(viewer, town="316")) == 2


def test_freshness_and_state_are_choices(world: Any, viewer: Any) -> None:
    today = clock.today()
    make_opening(world, title="Uusi")
    make_opening(world, title="Vanha", confirmed_on=today - timedelta(days=91))
    make_opening(world, title="Kohta", confirmed_on=today - timedelta(days=85))
    make_opening(world, title="Tauolla", state="paused")
    closed = make_worksite(world, name="Suljettu", closed_on=today)
    make_opening(world, title="Poissa", worksite=closed)
    assert titles(viewer, fresh="stale") == ["Vanha"]
    assert sorted(titles(viewer, fresh="fresh")) == ["Kohta", "Uusi"]
    assert sorted(titles(viewer, fresh="due")) == ["Kohta", "Vanha"]
    assert titles(viewer, state="paused") == ["Tauolla"]
    assert titles(viewer, state="closed") == ["Poissa"]


def test_worksites_that_are_not_on_the_map_are_in_the_list(world: Any, viewer: Any) -> None:
    site = make_worksite(world, lat=None, lon=None, precision="none")
    make_opening(world, title="Paikaton", worksite=site)
    make_opening(world, title="Kartalla", worksite=make_worksite(world, name="Toinen"))
    assert titles(viewer, unplaced=True) == ["Paikaton"]
    assert len(titles(viewer)) == 2


@pytest.mark.parametrize(
    "text", ["vuokko", "VUOKKÖHARJUN", "keittiöapu", "keittio vuokko", "koulu keitti"]
)
@translation.override("fi")
def test_the_search_folds_accents_and_looks_into_place_and_task(
    world: Any, viewer: Any, text: str
) -> None:
    site = named(world)
    make_opening(world, worksite=site, title="Keittiö-apulainen")
    make_opening(world, worksite=make_worksite(world, name="Muu"), title="Muu", work_code="4411")
    found = queries.openings(viewer, wanted({"q": [text]}))
    assert [row.title for row in found.rows] == ["Keittiö-apulainen"]


def test_a_typing_error_finds_what_comes_near_and_says_so(world: Any, viewer: Any) -> None:
    site = named(world)
    make_opening(world, worksite=site)
    found = queries.openings(viewer, Wanted(q="vuokoharjun"))
    assert (len(found.rows), found.likened) == (1, True)
    assert queries.openings(viewer, Wanted(q="zzzzqqq")).rows == []


@pytest.mark.parametrize("title", ["Laaduntarkastus", "Apulainen (tarkastus)", "Tarkastus"])
def test_what_is_called_so_is_not_said_to_be_only_near(world: Any, viewer: Any, title: str) -> None:
    site = named(world)
    make_opening(world, worksite=site, title=title)
    make_opening(world, worksite=site, title="Tarkkailu")
    found = queries.openings(viewer, Wanted(q="tarkastus"))
    assert ([row.title for row in found.rows], found.likened) == ([title], False)


def test_a_short_word_begins_one(world: Any, viewer: Any) -> None:
    site = named(world)
    make_opening(world, worksite=site, title="Puutyö")
    assert queries.openings(viewer, Wanted(q="puu")).rows
    assert not queries.openings(viewer, Wanted(q="uut")).rows


@pytest.mark.parametrize("text", ["%", "_", "100 %", "\\", "'; DROP TABLE x; --", "%s", "%(now)s"])
def test_signs_of_the_query_language_are_only_letters(viewer: Any, world: Any, text: str) -> None:
    make_opening(world)
    assert queries.openings(viewer, wanted({"q": [text]})).rows == [] or text in ("%", "_", "\\")


def test_sums_are_over_the_whole_list_and_pages_are_fifty(world: Any, viewer: Any) -> None:
    site = make_worksite(world)
    for number in range(53):
        make_opening(world, worksite=site, title=f"Työ {number:02}", seats=2)
    first = queries.openings(viewer, Wanted(sort="title"))
    second = queries.openings(viewer, Wanted(sort="title", page=2))
    assert (len(first.rows), len(second.rows)) == (50, 3)
    assert (first.total, first.offered, first.free) == (53, 106, 106)
    assert second.total == 53
    assert [row.title for row in second.rows] == ["Työ 50", "Työ 51", "Työ 52"]
    assert queries.openings(viewer, Wanted(page=3)).rows == []


@pytest.mark.parametrize("sort", ["free", "title", "place", "town", "confirmed"])
@pytest.mark.parametrize("down", [False, True])
def test_every_order_is_the_other_way_round_downwards(
    world: Any, viewer: Any, sort: str, down: bool
) -> None:
    for number in range(3):
        make_opening(world, title=f"{number}", worksite=make_worksite(world, name=f"{number}"))
    assert len(titles(viewer, sort=sort, down=down)) == 3


def test_another_registers_openings_are_not_there(world: Any, viewer: Any) -> None:
    make_opening(world)
    world.enter("river")
    foreign = make_opening(world, area="river", title="Vieras")
    world.enter_as("aino")
    assert titles(viewer) == ["Keittiöapulainen"]
    assert queries.opening_row(viewer, foreign.id) is None
    assert queries.of_worksite(viewer, foreign.worksite_id) == []


def test_the_weeks_ahead_count_a_seat_used_on_any_day_as_not_free(world: Any, viewer: Any) -> None:
    opening = make_opening(world, seats=2)
    today = clock.today()
    monday = today - timedelta(days=today.weekday())
    to_next_tuesday = (monday - today).days + 8
    use(opening, -1, to_next_tuesday)
    row = only_row(viewer)
    found = queries.uses(viewer, [opening.id], first=today)
    weeks = queries.weeks([row], found, today=today)[opening.id]
    assert [week.free for week in weeks[:3]] == [1, 1, 2]
    assert len(weeks) == 12
    assert weeks[0].monday == monday


def test_a_week_of_which_a_part_is_open_is_not_shown_as_free_throughout(
    world: Any, viewer: Any
) -> None:
    today = clock.today()
    monday = today - timedelta(days=today.weekday()) + timedelta(weeks=1)
    make_opening(world, open_from=monday + timedelta(days=2))
    weeks = queries.weeks([only_row(viewer)], [], today=today)
    (found,) = weeks.values()
    cells = bar_of(found, today).cells
    assert [cell.css for cell in cells[:3]] == ["off", "some", "all"]
    assert [cell.part for cell in cells[:3]] == [False, True, False]
    assert dates.weekday(monday + timedelta(days=2), today) in cells[1].said


def test_what_is_held_after_it_has_opened_frees_and_does_not_open(world: Any, viewer: Any) -> None:
    today = clock.today()
    opening = make_opening(world, open_from=today + timedelta(days=10))
    assert "now" in seats_tag(only_row(viewer), today)
    use(opening, 5, 40)
    told = seats_tag(only_row(viewer), today)
    assert dates.short(today + timedelta(days=41), today) in told
    assert "warn" in told


def test_what_an_address_cannot_mean_is_left_aside() -> None:
    odd = {
        "kind": ["x"], "free": ["by"], "by": ["2026-02-31"], "without": ["standing", "x"],
        "card": ["none", "'"], "sort": ["-zz"], "page": ["-4"], "town": ["31a"], "state": ["gone"],
        "language": ["fin1"], "work": ["94129"],
    }  # fmt: skip
    assert wanted(odd) == Wanted(without=("standing",), cards=("none",), down=True)
