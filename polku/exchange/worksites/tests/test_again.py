"""Coming again: shuffled, broken off, edited by hand meanwhile, renamed, closed."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import Any

from polku.exchange import offered
from polku.exchange.sheets.messy_worksites import messy_list_of_worksites
from polku.exchange.worksites import run as running
from polku.exchange.worksites.tests.bringing import (
    HEADER,
    KITCHEN,
    bring,
    codes,
    counts,
    everything,
    text,
    viewer_of,
    words,
)
from polku.foundation import clock
from polku.foundation.models import RowChange
from polku.placements import arranging, employers, importing, opening_up
from polku.placements.models import Host, Opening, SeatUse, Worksite

CLEANER = KITCHEN.replace("Keittiöapulainen", "Siivooja")
MANY = [
    KITCHEN,
    CLEANER,
    "Testilän kaupunki;Kirjasto;Kirjastokuja 2;Lahti;Hyllyttäjä;kuntouttava, työkokeilu;1",
    "Testi Oy;Myymälä;Torikatu 1;Lahti;Myyjä;palkkatuki;2",
    "Testi Oy;Myymälä;Satamatie 9;Lahti;Myyjä;palkkatuki;1",
    "Testilän Apu ry;Kirppis;Apukuja 3;Hollola;;;",
    "Outo Talo;Talo;Tie 4;Lahti;Talonmies;työkokeilu;1",
]


def change(world: Any, row: Any, **fields: Any) -> None:
    """A worker changes something by hand."""
    by = world.enter_as("lahja")
    action: Any = (
        arranging.change_worksite if isinstance(row, Worksite) else opening_up.change_opening
    )
    action(row, by=by, at=clock.now(), version=row.version, **fields)
    world.enter("lake")


def test_shuffled_rows_and_columns_give_the_same(world):
    bring(world, text(*MANY))
    first = everything()
    Opening.objects.all().delete()
    Worksite.objects.all().delete()
    Host.objects.all().delete()
    dice = random.Random(7)
    order = dice.sample(range(7), 7)
    rows = [[line.split(";")[n] for n in order] for line in dice.sample(MANY, len(MANY))]
    header = ";".join(HEADER.split(";")[n] for n in order)
    report = bring(world, text(*(";".join(row) for row in rows), header=header))
    assert counts(report) == (6, 0, 0, 1), words(report)
    assert everything() == first
    assert counts(bring(world, text(*MANY))) == (0, 0, 6, 1)


def test_an_empty_cell_changes_nothing_and_a_full_one_does(world):
    bring(world, text(KITCHEN))
    report = bring(world, text("Testilän kaupunki;Rantakoulu;;;Keittiöapulainen;;"))
    assert counts(report) == (0, 0, 1, 0), words(report)
    report = bring(world, text(KITCHEN[:-1] + "3"))
    assert counts(report) == (0, 1, 0, 0)
    opening = Opening.objects.get()
    assert (opening.seats, opening.kinds, opening.version) == (3, ["work_trial"], 2)
    assert opening.edited_by_hand == []


def test_what_was_edited_by_hand_is_kept_and_told(world):
    bring(world, text(KITCHEN))
    change(world, Opening.objects.get(), seats=5)
    change(world, Worksite.objects.get(), street="Uusitie 8", point=(60.9, 25.6))
    data = text(KITCHEN + ";60,8662;25,2701", header=HEADER + ";Lat;Lon")
    report = bring(world, data)
    told = sorted((row.column, row.code) for row in report.rows)
    assert told == [("C", "edited_by_hand"), ("G", "edited_by_hand"), ("H", "edited_by_hand")]
    assert counts(report) == (0, 0, 1, 0)
    assert (Opening.objects.get().seats, Worksite.objects.get().street) == (5, "Uusitie 8")


def test_an_old_sheet_finds_what_was_renamed_by_hand(world):
    bring(world, text(KITCHEN))
    change(world, Opening.objects.get(), title="Keittiön apuri", kinds=["work_trial", "lead"])
    change(world, Worksite.objects.get(), name="Rannan koulu", unit="")
    host, by = Host.objects.get(), world.enter_as("lahja")
    employers.change_host(host, by=by, at=clock.now(), version=host.version, name="Testilän kunta")
    world.enter("lake")
    report = bring(world, text(KITCHEN))
    assert counts(report) == (0, 0, 1, 0), words(report)
    assert "edited_by_hand" in codes(report)
    assert (Host.objects.count(), Worksite.objects.count(), Opening.objects.count()) == (1, 1, 1)


def test_closed_ones_are_not_opened_again(world):
    bring(world, text(KITCHEN, "Testilän kaupunki;Kirjasto;Kuja 2;Lahti;Hyllyttäjä;työkokeilu;1"))
    by = world.enter_as("lahja")
    library = Worksite.objects.get(name="Kirjasto")
    arranging.close_worksite(library, by=by, at=clock.now())
    opening = Opening.objects.get(worksite__name="Rantakoulu")
    opening_up.turn(opening, by=by, at=clock.now(), verb="close")
    world.enter("lake")
    report = bring(
        world,
        text(KITCHEN, "Testilän kaupunki;Kirjasto;Kuja 2;Lahti;Hyllyttäjä;työkokeilu;1"),
    )
    assert counts(report) == (0, 0, 1, 1)
    assert {"worksite_closed", "opening_closed"} <= codes(report)
    assert Opening.objects.get(pk=opening.pk).state == "closed"


def test_seats_in_use_are_not_taken_away(world):
    bring(world, text(KITCHEN))
    opening = Opening.objects.get()
    SeatUse.objects.create(
        register=opening.register, opening=opening, seat=2, how="taken",
        starts_on=clock.today() - timedelta(days=3),
    )  # fmt: skip
    report = bring(world, text(KITCHEN[:-1] + "1"))
    assert "seats_in_use" in codes(report)
    assert Opening.objects.get().seats == 2


def test_two_rows_that_disagree_leave_the_first_standing(world):
    data = text(KITCHEN, KITCHEN[:-1] + "4", KITCHEN.replace("Koulutie 1", ""))
    report = bring(world, data)
    (told,) = [row for row in report.rows if row.code == "row_says_otherwise"]
    assert (told.line, told.column, told.params["other_line"]) == (3, "G", 2)
    assert Opening.objects.get().seats == 2
    assert counts(bring(world, data)) == (0, 0, 3, 0)


def test_an_import_that_was_broken_off_goes_on(world):
    whole = bring(world, text(*MANY), dry=True)
    assert counts(whole) == (6, 0, 0, 1)
    steps: list[int] = []

    def stop(_told: Any, line: int) -> None:
        steps.append(line)
        if len(steps) == 2:
            raise ConnectionError

    try:
        bring(world, text(*MANY), size=2, step=stop)
    except ConnectionError:
        world.enter("lake")
    report = bring(world, text(*MANY), size=2, after_line=steps[0])
    assert counts(report) == (4, 0, 0, 1), words(report)
    before = everything()
    assert counts(bring(world, text(*MANY))) == (0, 0, 6, 1)
    assert everything() == before


def test_what_changes_meanwhile_is_seen(world, monkeypatch):
    bring(world, text(KITCHEN))
    opening = Opening.objects.get()
    real, times = importing.write, []

    def write(changes: Any, *, by: Any) -> None:
        if not times:
            times.append(1)
            Opening.objects.filter(pk=opening.pk).update(
                version=9, seats=7, edited_by_hand=["seats"]
            )
        real(changes, by=by)

    monkeypatch.setattr(running.importing, "write", write)
    report = bring(world, text(KITCHEN[:-1] + "3", CLEANER))
    assert counts(report) == (1, 0, 1, 0), words(report)
    assert "edited_by_hand" in codes(report)
    assert Opening.objects.get(pk=opening.pk).seats == 7


def test_number_street_and_confirmation(world):
    header = HEADER + ";Työpaikan numero;Vahvistettu"
    bring(world, text(KITCHEN + ";K-12;1.2.2026", header=header))
    moved = KITCHEN.replace("Koulutie 1", "Uusikatu 5").replace("Rantakoulu", "Järvikoulu")
    report = bring(world, text(moved + ";K-12;3.3.2026", header=header))
    assert counts(report) == (0, 1, 0, 0), words(report)
    worksite, opening = Worksite.objects.get(), Opening.objects.get()
    assert (worksite.street, worksite.name) == ("Uusikatu 5", "Järvikoulu")
    assert worksite.search_name.startswith("jarvikoulu")
    assert opening.confirmed_on == date(2026, 3, 3)
    report = bring(world, text("Testi Oy;Muu;Tie 1;Lahti;;;;K-12;", header=header))
    assert codes(report) == {"number_elsewhere"}, words(report)


def test_history_and_audit_tell_who_did_it(world):
    by = viewer_of(world, "lahja")
    bring(world, text(KITCHEN), who="lahja")
    opening = Opening.objects.get()
    change_of = RowChange.objects.get(source="placements_opening", thing=opening.pk)
    assert (change_of.op, change_of.actor_user) == ("added", by.user_id)
    assert offered.permission_of("worksites") == "placements.import"


def test_a_list_as_a_coordinator_might_have_kept_it(world):
    messy = messy_list_of_worksites()
    report = bring(world, messy.data, who="coordinator")
    created, updated, unchanged, refused = counts(report)
    assert created + updated + unchanged + refused == messy.rows
    assert (updated, refused) == (0, 4), words(report)
    assert {row.code for row in report.rows if row.outcome == "refused"} == {
        "legal_form_missing", "point_outside", "kinds_unknown", "municipality_unknown",
    }  # fmt: skip
    told = [row for row in report.rows if row.code == "axes_swapped"]
    assert len({row.line for row in told}) >= messy.wrong["swapped"] > 0
    precise = Worksite.objects.filter(precision="address").count()
    about = Worksite.objects.filter(precision__in=("place", "municipality")).count()
    assert about == messy.wrong["no_coordinates"]
    assert precise + about == Worksite.objects.count()
    before = everything()
    assert counts(bring(world, messy.data))[:2] == (0, 0)
    assert everything() == before
