"""The pages of places: who opens them, what they say, bad input, few statements."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from polku.foundation import clock
from polku.foundation.models import AuditEntry
from polku.placements.models import Host, HostContact, Opening, Supervisor, Worksite
from polku.placements.tests.acting import make_coordinator, place
from polku.placements.tests.places import make_opening, make_supervisor, make_worksite

LISTS = ("/places/", "/places/worksites/", "/places/talks/", "/places/to-confirm/",
         "/places/points/?bbox=24,60,27,62&zoom=8")  # fmt: skip
NOT_COUNTED = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE", "ROLLBACK")


@pytest.fixture
def opening(world: Any) -> Any:
    make_coordinator(world)
    world.enter()
    return make_opening(world, seats=2)


@pytest.fixture
def konsta(world: Any, opening: Any) -> Any:
    return world.browser("konsta")


def pages_of(opening: Opening) -> list[str]:
    site, one = f"/places/worksites/{opening.worksite_id}/", f"/places/openings/{opening.id}/"
    forms = ("change/", "map/", "people/new/", "checklist/", "openings/new/", "talks/new/")
    return [
        site, one, f"{one}change/", *(site + form for form in forms), "/places/worksites/new/",
        f"/places/hosts/{opening.worksite.host_id}/",
    ]  # fmt: skip


def fields(answer: Any) -> dict[str, Any]:
    """Return what the answer's form would send as it stands."""
    form = answer.context["form"]
    found = {name: form[name].value() for name in form.fields}
    return {name: value for name, value in found.items() if value not in (None, "", False)}


@pytest.mark.parametrize("name", ["konsta", "aino", "lahja"])
def test_coordinators_coaches_and_leads_open_every_page(
    world: Any, opening: Any, name: str
) -> None:
    browser = world.browser(name)
    for url in (*LISTS, *pages_of(opening)):
        assert browser.get(url).status_code == 200, url


@pytest.mark.parametrize("name", ["gus", "elli"])
def test_administrators_and_auditors_open_none(world: Any, opening: Any, name: str) -> None:
    browser = world.browser(name)
    for url in (*LISTS, *pages_of(opening)):
        assert browser.get(url).status_code == 403, url


def test_another_registers_places_are_not_there(world: Any, opening: Any) -> None:
    carita = world.browser("carita")
    for url in pages_of(opening):
        if url != "/places/worksites/new/":
            assert carita.get(url).status_code == 404, url
    for url in LISTS:
        assert "Testilän" not in carita.get(url).content.decode(), url


def test_a_coordinator_lands_on_the_placement_map(konsta: Any) -> None:
    answer = konsta.get("/")
    assert (answer.status_code, answer["Location"]) == (302, "/places/")
    assert "/clients/" not in konsta.get("/places/").content.decode()


def test_the_list_says_seats_in_words(konsta: Any, opening: Any, world: Any) -> None:
    world.enter()
    place(opening, world.clients["devi"], world.people["aino"])
    page = konsta.get("/places/?sort=title", headers={"accept-language": "en"}).content.decode()
    assert "1 of 2 free" in page
    assert "Koivunen" not in page


def test_the_map_is_answered_with_rings_and_sums(konsta: Any, opening: Any) -> None:
    found = konsta.get("/places/points/?bbox=24,60,27,62&zoom=8").json()
    (ring,) = found["clusters"]
    assert (ring["id"], ring["free"], ring["seats"]) == (str(opening.worksite_id), 2, 2)
    assert found["total"] == {"worksites": 1, "seats": 2, "free": 2, "promised": 0, "taken": 0}
    nothing = konsta.get("/places/points/?bbox=24,60,27,62&zoom=8&kind=volunteering").json()
    assert nothing["clusters"] == []


@pytest.mark.parametrize("query", ["", "bbox=1,2,3&zoom=3", "bbox=x,y,z,w&zoom=8",
                                   "bbox=24,60,27,62&zoom=nan"])  # fmt: skip
def test_what_is_no_view_is_refused(konsta: Any, query: str) -> None:
    answer = konsta.get(f"/places/points/?{query}")
    assert answer.status_code == 400
    assert answer.json()["error"]


def test_odd_addresses_show_the_list_all_the_same(konsta: Any) -> None:
    for query in ("kind=x&free=zz&page=abc", "q=%00%27%22%3Cscript%3E", "page=999", "sort=--free"):
        answer = konsta.get(f"/places/?{query}", follow=True)
        assert answer.status_code == 200, query
        assert "<script>" not in answer.content.decode().split("<main")[1]


def test_a_worksite_is_written_down_with_its_employer(konsta: Any) -> None:
    sent = {
        "name": "Niittyharjun koulu", "municipality": "316", "readiness": "unknown",
        "host": "Kärkölän kunta", "legal_form": "municipality", "point": "6751000 407000",
        "person": "Sanni Esihenkilö", "person_email": "sanni@example.org",
    }  # fmt: skip
    answer = konsta.post("/places/worksites/new/", sent)
    worksite = Worksite.objects.get(name="Niittyharjun koulu")
    assert answer["Location"] == f"/places/worksites/{worksite.id}/"
    assert (worksite.precision, round(worksite.lat or 0, 1)) == ("exact", 60.9), "typed by hand"
    assert Supervisor.objects.get(worksite=worksite).email == "sanni@example.org"
    konsta.post("/places/worksites/new/", sent)
    assert Worksite.objects.filter(name="Niittyharjun koulu").count() == 1


def test_errors_say_what_to_mend_and_nothing_is_lost_or_written(konsta: Any) -> None:
    before = Worksite.objects.count(), Host.objects.count()
    answer = konsta.post(
        "/places/worksites/new/",
        {"name": "Uusi", "municipality": "316", "readiness": "unknown", "host": "Ei tunneta",
         "business_id": "1234567-8", "point": "taivaassa", "postal_code": "12"},
    )  # fmt: skip
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"business_id", "point", "postal_code"}
    assert 'value="taivaassa"' in answer.content.decode()
    answer = konsta.post(
        "/places/worksites/new/",
        {"name": "Uusi", "municipality": "316", "readiness": "unknown", "host": "Ei tunneta"},
    )
    assert set(answer.context["form"].errors) == {"legal_form"}
    assert (Worksite.objects.count(), Host.objects.count()) == before


def test_a_change_meanwhile_is_shown_beside_and_yours_is_kept(konsta: Any, opening: Any) -> None:
    url = f"/places/openings/{opening.id}/change/"
    sent = fields(konsta.get(url))
    assert konsta.post(url, sent | {"version": "1", "title": "Ensin"}).status_code == 302
    answer = konsta.post(url, sent | {"version": "1", "title": "Sitten"})
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "Ensin" in page and 'value="Sitten"' in page
    assert konsta.post(url, sent | {"version": "2", "title": "Sitten"}).status_code == 302
    opening.refresh_from_db()
    assert opening.title == "Sitten"


def test_an_opening_is_put_on_the_map_once(konsta: Any, opening: Any) -> None:
    url = f"/places/worksites/{opening.worksite_id}/openings/new/"
    sent = fields(konsta.get(url)) | {"title": "Pyykkäri", "hours_from": "4,5"}
    first = konsta.post(url, sent, headers={"accept-language": "fi"})
    second = konsta.post(url, sent, headers={"accept-language": "fi"})
    assert first.status_code == 302
    assert first["Location"] == second["Location"]
    made = Opening.objects.get(title="Pyykkäri")
    assert made.hours_from == 4.5


@pytest.mark.parametrize(
    ("bad", "where"),
    [
        ({"seats": "0"}, "seats"),
        ({"seats": "10000"}, "seats"),
        ({"kinds": "x"}, "kinds"),
        ({"hours_from": "6", "hours_to": "4"}, "hours_to"),
        ({"open_from": "2027-01-02", "open_to": "2027-01-01"}, "open_to"),
        ({"language_level": "B1"}, "language"),
        ({"supervisor": str(uuid4())}, "supervisor"),
        ({"work_code": "12345"}, "work_code"),
    ],
)
def test_an_opening_that_cannot_be_is_not_written(
    konsta: Any, opening: Any, bad: dict[str, str], where: str
) -> None:
    url = f"/places/worksites/{opening.worksite_id}/openings/new/"
    answer = konsta.post(url, fields(konsta.get(url)) | {"title": "Outo"} | bad)
    assert answer.status_code == 422
    assert where in answer.context["form"].errors
    assert not Opening.objects.filter(title="Outo").exists()


def test_a_point_is_put_by_hand(konsta: Any, opening: Any) -> None:
    url = f"/places/worksites/{opening.worksite_id}/map/"
    answer = konsta.post(url, {"lat": "60,9", "lon": "25,3", "version": "1"})
    assert answer.status_code == 302
    site = Worksite.objects.get(pk=opening.worksite_id)
    assert (site.lat, site.lon, site.precision) == (60.9, 25.3, "exact")
    assert konsta.post(url, {"lat": "0", "lon": "0", "version": "2"}).status_code == 422


def test_still_so_by_one_press_and_undo(konsta: Any, opening: Any) -> None:
    long_ago = clock.today() - timedelta(days=100)
    Opening.objects.filter(pk=opening.id).update(confirmed_on=long_ago)
    assert "Keittiöapulainen" in konsta.get("/places/to-confirm/").content.decode()
    url = f"/places/openings/{opening.id}/confirm/"
    answer = konsta.post(url, {"next": "/places/to-confirm/"})
    assert answer["Location"] == "/places/to-confirm/"
    opening.refresh_from_db()
    assert opening.confirmed_on == clock.today()
    konsta.post(f"{url}?undo=1")
    opening.refresh_from_db()
    assert opening.confirmed_on == long_ago
    assert konsta.post(f"{url}?undo=1").status_code == 404


@pytest.mark.parametrize("there", ["https://evil.example/", "//evil.example", "javascript:x"])
def test_a_button_leads_nowhere_else(konsta: Any, opening: Any, there: str) -> None:
    answer = konsta.post(f"/places/openings/{opening.id}/confirm/", {"next": there})
    assert answer["Location"] == f"/places/openings/{opening.id}/"


def test_seats_are_kept_back_and_too_many_are_refused_with_a_day(konsta: Any, opening: Any) -> None:
    today = clock.today()
    url = f"/places/openings/{opening.id}/keep-back/"
    span = {"starts_on": today.isoformat(), "ends_on": (today + timedelta(days=9)).isoformat()}
    assert konsta.post(url, span | {"number": "2"}).status_code == 302
    answer = konsta.post(url, span | {"number": "1"})
    assert answer.status_code == 422
    assert answer.context["form"].errors["number"]
    use = opening.uses.order_by("seat").first()
    back = konsta.post(f"/places/openings/{opening.id}/kept/{use.id}/back/")
    assert back.status_code == 302
    assert opening.uses.filter(over_at__isnull=True).count() == 1


def test_who_is_about_to_call_is_told_of_a_colleague_and_may_go_on(
    world: Any, konsta: Any, opening: Any
) -> None:
    url = f"/places/worksites/{opening.worksite_id}/talks/new/"
    day = (clock.today() + timedelta(days=9)).isoformat()
    sent = fields(konsta.get(url)) | {"result": "thinks", "next_on": day}
    assert konsta.post(url, sent).status_code == 302
    assert konsta.post(url, sent).status_code == 302
    aino = world.browser("aino")
    page = aino.get(url).content.decode()
    assert page.count("Konsta Esimerkki") >= 2
    assert aino.post(url, fields(aino.get(url)) | {"result": "offers"}).status_code == 302
    assert HostContact.objects.count() == 2
    assert "Testilän koulu" in konsta.get("/places/talks/").content.decode()
    assert "Testilän koulu" not in aino.get("/places/talks/").content.decode()
    assert "Testilän koulu" in aino.get("/places/talks/?whose=all").content.decode()


def test_a_refusal_without_a_reason_is_asked_for_it(konsta: Any, opening: Any) -> None:
    url = f"/places/worksites/{opening.worksite_id}/talks/new/"
    answer = konsta.post(url, fields(konsta.get(url)) | {"result": "refuses", "note": "Ei nyt"})
    assert answer.status_code == 422
    assert "reason" in answer.context["form"].errors
    assert "Ei nyt" in answer.content.decode()


def test_names_on_the_worksites_page_are_on_record_and_only_those_seen(
    world: Any, opening: Any
) -> None:
    world.enter()
    make_supervisor(opening.worksite)
    for name in ("devi", "stranger"):
        place(opening, world.clients[name], world.people["aino"])
    url = f"/places/worksites/{opening.worksite_id}/"
    page = world.browser("aino").get(url).content.decode()
    assert "Koivunen" in page and "Lehtimäki" not in page
    world.enter()
    entry = AuditEntry.objects.order_by("-id").first()
    assert entry is not None
    assert (entry.action, entry.shown) == ("placements.worksite", [world.clients["devi"].id])
    page = world.browser("konsta").get(url).content.decode()
    assert "Koivunen" not in page and "Lehtimäki" not in page


def test_pages_take_the_same_few_statements_however_much_there_is(
    world: Any, konsta: Any, opening: Any
) -> None:
    urls = (*LISTS, *pages_of(opening)[:2])
    few = {url: counted(konsta, url) for url in urls}
    world.enter()
    for number in range(120):
        site = make_worksite(world, name=f"Paikka {number}")
        for _ in range(2):
            make_opening(world, worksite=site, seats=2)
        make_opening(world, worksite=opening.worksite)
    many = {url: counted(konsta, url) for url in urls}
    assert many == few
    assert max(few.values()) <= 12, few


def test_with_a_client_chosen_it_takes_few_statements_too(world: Any, opening: Any) -> None:
    aino, client = world.browser("aino"), f"client={world.clients['devi'].id}"
    urls = (
        f"/places/?{client}&fits=all&choose=1",
        f"/places/points/?bbox=24,60,27,62&zoom=8&{client}",
    )
    few = {url: counted(aino, url) for url in urls}
    world.enter()
    for number in range(120):
        site = make_worksite(world, name=f"Paikka {number}")
        make_opening(world, worksite=site, demands=["hurry"] if number % 2 else [])
    many = {url: counted(aino, url) for url in urls}
    assert many == few
    assert max(few.values()) <= 15, few


def counted(browser: Any, url: str) -> int:
    browser.get(url)
    with CaptureQueriesContext(connection) as captured:
        assert browser.get(url).status_code == 200
    return sum(not query["sql"].startswith(NOT_COUNTED) for query in captured)
