"""Who may open the staff's pages, in pairs: it works, and who may not."""

from uuid import uuid4

import pytest

from polku.desk.tests.making import caseload
from polku.foundation import clock
from polku.foundation.models import Recusal

LISTS = ("/", "/clients/", "/search/?q=koivunen")


def person_pages(client_id):
    return [f"/clients/{client_id}/{part}" for part in ("", "contacts/", "log/")]


@pytest.mark.parametrize("name", ["aino", "bengt", "lahja", "carita"])
@pytest.mark.parametrize("url", LISTS)
def test_coaches_and_leads_open_lists(browser, name, url):
    assert browser(name).get(url).status_code == 200


@pytest.mark.parametrize("name", ["gus", "elli"])
@pytest.mark.parametrize("url", LISTS[1:])
def test_administrators_and_auditors_may_not_list_clients(browser, name, url):
    assert browser(name).get(url).status_code == 403


@pytest.mark.parametrize("name", ["gus", "elli"])
def test_who_has_no_caseload_is_led_elsewhere_from_the_first_page(browser, name):
    answer = browser(name).get("/")
    assert b"Koivunen" not in answer.content
    assert answer.status_code in (200, 302)


def test_a_stranger_is_asked_who_they_are(client, world):
    for url in (*LISTS, f"/clients/{world.clients['devi'].id}/"):
        answer = client.get(url)
        assert answer.status_code == 302
        assert answer["Location"].startswith("/sign-in/")


@pytest.mark.parametrize("name", ["aino", "lahja"])
def test_own_coach_and_lead_open_the_client(world, browser, name):
    made = browser(name)
    for url in person_pages(world.clients["devi"].id):
        answer = made.get(url)
        assert answer.status_code == 200
        assert "Koivunen" in answer.content.decode()


@pytest.mark.parametrize("name", ["bengt", "carita"])
def test_other_coaches_find_no_such_client(world, browser, name):
    made = browser(name)
    for url in person_pages(world.clients["devi"].id):
        answer = made.get(url)
        assert answer.status_code == 404
        assert "Koivunen" not in answer.content.decode()


@pytest.mark.parametrize("name", ["gus", "elli"])
def test_other_roles_may_not_open_clients(world, browser, name):
    made = browser(name)
    for url in person_pages(world.clients["devi"].id):
        assert made.get(url).status_code == 403


def test_foreign_absent_and_shut_out_look_the_same(world, browser):
    world.enter("lake")
    Recusal.objects.create(
        register=world.areas["lake"],
        client=world.clients["devi"],
        user=world.people["aino"],
        ground="relative",
        starts_at=clock.now(),
    )
    aino = browser("aino")
    bodies = set()
    for client_id in (
        world.clients["devi"].id,
        world.clients["stranger"].id,
        world.clients["foreign"].id,
        uuid4(),
    ):
        answer = aino.get(f"/clients/{client_id}/")
        assert answer.status_code == 404
        text = answer.content.decode().replace(str(client_id), "ID")
        bodies.add(_without_nonces(text))
    assert len(bodies) == 1


def _without_nonces(text):
    import re

    text = re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", text)
    return re.sub(r"<code>[0-9a-f]{16}</code>", "", text)


def test_lists_and_search_show_own_clients_and_nobody_elses(world, browser):
    for name, sees, not_sees in (
        ("aino", "Koivunen", ("Lehtimäki", "Purola")),
        ("bengt", "Lehtimäki", ("Koivunen", "Purola")),
        ("carita", "Purola", ("Koivunen", "Lehtimäki")),
    ):
        made = browser(name)
        for url in ("/", "/clients/?coach=all", f"/search/?q={sees}"):
            assert sees in made.get(url).content.decode(), (name, url)
        for other in not_sees:
            for url in ("/", "/clients/?coach=all", f"/search/?q={other}"):
                text = made.get(url).content.decode().replace(f'"{other}"', "")
                text = text.replace(f"?q={other}", "")
                assert other not in text, (name, url)


def test_what_opens_by_pressing_does_not_open_by_an_address(world, browser):
    aino = browser("aino")
    for part in ("identity", "guarded"):
        assert aino.get(f"/clients/{world.clients['devi'].id}/{part}/").status_code == 405


@pytest.mark.parametrize("part", ["identity", "guarded"])
def test_pressing_opens_nothing_of_somebody_elses(world, browser, part):
    bengt = browser("bengt")
    answer = bengt.post(f"/clients/{world.clients['devi'].id}/{part}/", {"purpose": "soitan"})
    assert answer.status_code == 404


def test_a_page_beyond_the_last_leads_back(world, browser):
    answer = browser("aino").get("/clients/?page=99999")
    assert answer.status_code == 302


def test_nonsense_in_the_address_is_left_aside(world, browser):
    answer = browser("aino").get("/clients/?sort=drop&state=x&coach=zz&turn=1&language=%00&page=-3")
    assert answer.status_code == 200
    assert "Koivunen" in answer.content.decode()


def test_a_lead_narrows_to_a_coach_and_a_coach_cannot(world, browser):
    bengt = world.people["bengt"].id
    text = browser("lahja").get(f"/clients/?coach={bengt}").content.decode()
    assert "Lehtimäki" in text
    assert "Koivunen" not in text
    assert "Lehtimäki" not in browser("aino").get(f"/clients/?coach={bengt}").content.decode()


def test_more_than_a_page_is_turned_over(world, browser):
    world.enter("lake")
    caseload(world, 60)
    aino = browser("aino")
    first = aino.get("/clients/").content.decode()
    second = aino.get("/clients/?page=2").content.decode()
    assert first.count('class="who"') == 50
    assert second.count('class="who"') == 11
