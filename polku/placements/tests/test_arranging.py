"""Hosts and worksites are written down: once each, with a point, by those who may."""

from __future__ import annotations

from typing import Any

import pytest

from polku.foundation import clock
from polku.foundation.meanwhile import ChangedMeanwhile
from polku.foundation.models import AuditEntry
from polku.foundation.permissions import Refused
from polku.placements import arranging, checklists, employers, keeping, places_of, supervisors
from polku.placements.employers import Employer
from polku.placements.models import Host, OrientationItem, Supervisor, Worksite
from polku.placements.tests.acting import make_coordinator
from polku.placements.tests.places import make_supervisor, make_worksite

TOWN = Employer("Kärkölän kunta", "municipality", "9000001-1")


@pytest.fixture
def viewer(world: Any) -> Any:
    make_coordinator(world)
    return world.enter_as("konsta")


def add(viewer: Any, host: Any = TOWN, **more: Any) -> tuple[Worksite, bool]:
    fields = {"name": "Vuokkoharjun koulu", "unit": "keittiö", "municipality_id": "316"}
    return arranging.add_worksite(host, by=viewer, at=clock.now(), **(fields | more))


def write_list(viewer: Any, worksite: Worksite, lines: list[str], stood: Any = None) -> Any:
    rows = OrientationItem.objects.filter(worksite=worksite, ended_on__isnull=True)
    there = list(rows.order_by("position").values_list("text", flat=True))
    mark = keeping.mark(there if stood is None else stood)
    return checklists.set_orientation(worksite, by=viewer, at=clock.now(), lines=lines, stood=mark)


def entries() -> list[str]:
    return list(AuditEntry.objects.order_by("id").values_list("action", flat=True))


def test_a_worksite_comes_with_its_employer_and_one_entry_on_record(viewer: Any) -> None:
    before = len(entries())
    worksite, made = add(viewer, contact={"name": "Sanni Esihenkilö", "decides": True})
    assert made
    assert (worksite.host.name, worksite.host.business_id) == ("Kärkölän kunta", "9000001-1")
    assert Supervisor.objects.get(worksite=worksite).name == "Sanni Esihenkilö"
    assert worksite.search_name == "vuokkoharjun koulu keittio karkolan kunta"
    assert entries()[before:] == ["placements.add_worksite"]


@pytest.mark.parametrize(
    "said",
    [
        TOWN,
        Employer("KÄRKÖLÄN KUNTA", "municipality"),
        Employer("Kärkölän kunta, ruokapalvelut", "municipality", "90000011"),
    ],
)
def test_an_employer_is_found_by_its_number_or_its_name(viewer: Any, said: Employer) -> None:
    first, _made = add(viewer)
    second, made = add(viewer, said, name="Kirkonkylän koulu")
    assert made
    assert second.host == first.host
    assert Host.objects.count() == 1


def test_a_missing_number_is_added_to_a_known_employer(viewer: Any) -> None:
    add(viewer, Employer("Kärkölän kunta", "municipality"))
    add(viewer, TOWN, name="Kirkonkylän koulu")
    assert Host.objects.get().business_id == "9000001-1"


def test_one_name_with_two_numbers_is_refused_and_nothing_is_written(viewer: Any) -> None:
    add(viewer)
    with pytest.raises(employers.HostTaken):
        add(viewer, Employer("Kärkölän kunta", "municipality", "9000003-8"), name="Muu")
    assert (Host.objects.count(), Worksite.objects.count()) == (1, 1)


@pytest.mark.parametrize("number", ["9000001-2", "123", "abc", "9000001-42"])
def test_a_wrong_business_id_is_refused(viewer: Any, number: str) -> None:
    with pytest.raises(employers.BadBusinessId):
        add(viewer, Employer("Firma", "company", number))
    assert not Host.objects.exists()


def test_a_worksite_sent_twice_is_one(viewer: Any) -> None:
    first, _made = add(viewer)
    second, made = add(viewer)
    assert (second.pk, made) == (first.pk, False)
    other_unit, made = add(viewer, unit="siivous")
    assert made and other_unit.pk != first.pk


def test_a_point_from_a_sheet_is_kept_and_one_by_hand_is_exact(viewer: Any) -> None:
    worksite, _made = add(viewer, point=(60.861, 25.272))
    assert (worksite.lat, worksite.lon, worksite.precision) == (60.861, 25.272, "address")
    changed = arranging.put_on_map(
        worksite, by=viewer, at=clock.now(), version=1, lat=60.87, lon=25.28
    )
    assert (changed.lat, changed.lon, changed.precision, changed.version) == (
        60.87, 25.28, "exact", 2,
    )  # fmt: skip


def test_without_coordinates_the_worksite_lies_about_where_its_place_does(
    viewer: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    points = {"316": (60.87, 25.27)}, {"lappila": ((60.84, 25.2),), "karkola": ((60.87, 25.27),)}
    monkeypatch.setattr(places_of, "_points", lambda: points)
    town, _made = add(viewer)
    village, _made = add(viewer, name="Lappilan koulu", town="Lappila")
    nowhere, _made = add(viewer, name="Muualla", municipality_id="398")
    assert (town.lat, town.precision) == (60.87, "municipality")
    assert (village.lat, village.precision) == (60.84, "place")
    assert (nowhere.lat, nowhere.precision) == (None, "none")
    moved = arranging.change_worksite(
        town, by=viewer, at=clock.now(), version=1, town="Lappila", street="Koulutie 1"
    )
    assert (moved.lat, moved.precision) == (60.84, "place")
    by_hand = arranging.put_on_map(moved, by=viewer, at=clock.now(), version=2, lat=60.9, lon=25.3)
    again = arranging.change_worksite(
        by_hand, by=viewer, at=clock.now(), version=3, town="", street=""
    )
    assert (again.lat, again.precision) == (60.9, "exact")


def test_what_is_changed_by_hand_is_marked_so(viewer: Any) -> None:
    worksite, _made = add(viewer)
    arranging.change_worksite(
        worksite, by=viewer, at=clock.now(), version=1, phone="044 123", note=""
    )
    worksite.refresh_from_db()
    assert worksite.edited_by_hand == ["phone"]


def test_whoever_comes_second_is_shown_what_the_first_has_saved(viewer: Any) -> None:
    worksite, _made = add(viewer)
    arranging.change_worksite(worksite, by=viewer, at=clock.now(), version=1, phone="1")
    with pytest.raises(ChangedMeanwhile) as meanwhile:
        arranging.change_worksite(worksite, by=viewer, at=clock.now(), version=1, phone="2")
    assert meanwhile.value.theirs.phone == "1"


def test_an_employers_new_name_is_found_from_its_worksites(viewer: Any) -> None:
    worksite, _made = add(viewer)
    employers.change_host(worksite.host, by=viewer, at=clock.now(), version=1, name="Uusi nimi")
    worksite.refresh_from_db()
    assert "uusi nimi" in worksite.search_name


def test_two_employers_do_not_become_alike(viewer: Any) -> None:
    add(viewer)
    other, _made = add(viewer, Employer("Muu", "company", "9000003-8"), name="Muu")
    for taken in ({"name": "Kärkölän kunta"}, {"business_id": "9000001-1"}):
        with pytest.raises(employers.HostTaken):
            employers.change_host(other.host, by=viewer, at=clock.now(), version=1, **taken)


def test_the_checklist_keeps_its_order_and_what_went(viewer: Any) -> None:
    worksite, _made = add(viewer)
    for lines in (["Avaimet", " Tauot ", "", "Tauot"], ["Tauot", "Vaatteet"]):
        write_list(viewer, worksite, lines)
    rows = OrientationItem.objects.filter(worksite=worksite)
    kept = rows.filter(ended_on__isnull=True).order_by("position")
    assert [(row.position, row.text) for row in kept] == [(1, "Tauot"), (2, "Vaatteet")]
    assert [row.text for row in rows.filter(ended_on__isnull=False)] == ["Avaimet"]
    with pytest.raises(ValueError, match="at most"):
        write_list(viewer, worksite, [str(n) for n in range(41)])


def test_a_checklist_that_was_changed_meanwhile_is_not_written_over(viewer: Any) -> None:
    worksite, _made = add(viewer)
    write_list(viewer, worksite, ["Avaimet"])
    with pytest.raises(ChangedMeanwhile) as meanwhile:
        write_list(viewer, worksite, ["Tauot"], stood=[])
    assert meanwhile.value.theirs == ["Avaimet"]
    assert len(write_list(viewer, worksite, ["Avaimet"], stood=[])) == 1


def test_a_person_who_was_changed_meanwhile_is_not_written_over(world: Any, viewer: Any) -> None:
    person = make_supervisor(make_worksite(world))
    stood = keeping.mark(supervisors.of_person(person))

    def change(**fields: Any) -> Supervisor:
        return supervisors.change_supervisor(
            person, by=viewer, at=clock.now(), stood=stood, **fields
        )

    change(phone="040 000 0001")
    assert change(phone="040 000 0001").phone == "040 000 0001"
    with pytest.raises(ChangedMeanwhile) as meanwhile:
        change(phone="040 000 0002")
    assert meanwhile.value.theirs.phone == "040 000 0001"


def test_a_person_written_twice_is_one(world: Any, viewer: Any) -> None:
    worksite = make_worksite(world)
    for title in ("", "", "johtaja"):
        supervisors.add_supervisor(worksite, by=viewer, at=clock.now(), name="Sanni", title=title)
    assert Supervisor.objects.filter(worksite=worksite).count() == 2


def test_a_person_who_goes_stays_on_record(world: Any, viewer: Any) -> None:
    person = make_supervisor(make_worksite(world))
    supervisors.end_supervisor(person, by=viewer, at=clock.now())
    person.refresh_from_db()
    assert person.ended_on == clock.today()
    supervisors.end_supervisor(person, by=viewer, at=clock.now(), ended=False)
    person.refresh_from_db()
    assert person.ended_on is None


@pytest.mark.parametrize("name", ["aino", "lahja"])
def test_coaches_and_leads_may_too(world: Any, viewer: Any, name: str) -> None:
    assert add(world.enter_as(name))[1]


@pytest.mark.parametrize("name", ["gus", "elli", "devi"])
def test_other_roles_and_clients_may_not(world: Any, viewer: Any, name: str) -> None:
    worksite, _made = add(viewer)
    other = world.viewers[name]
    for attempt in (
        lambda: add(other, name="Muu"),
        lambda: arranging.change_worksite(worksite, by=other, at=clock.now(), version=1, phone="1"),
        lambda: arranging.close_worksite(worksite, by=other, at=clock.now()),
        lambda: supervisors.add_supervisor(worksite, by=other, at=clock.now(), name="X"),
        lambda: write_list(other, worksite, ["X"]),
    ):
        with pytest.raises(Refused):
            attempt()
    worksite.refresh_from_db()
    assert (worksite.phone, worksite.closed_on) == ("", None)


def test_a_field_that_is_not_to_be_written_is_refused(viewer: Any) -> None:
    with pytest.raises(TypeError):
        add(viewer, register_id="x")
