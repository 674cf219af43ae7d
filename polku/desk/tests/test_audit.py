"""Every look leaves exactly one entry: whom it showed, and nothing of what was typed."""

import pytest

from polku.clients import identity
from polku.foundation import walls
from polku.foundation.models import AuditEntry


def entries(world):
    walls.enter(register=world.areas["lake"].id)
    return list(AuditEntry.objects.order_by("-id"))


def artificial():
    from datetime import date

    from polku.rules.known.personal_identity_code import artificial_identity_code

    return artificial_identity_code(date(1990, 1, 1), 902)


@pytest.mark.parametrize(
    ("url", "action"),
    [("/", "desk.my_day"), ("/clients/", "clients.list"), ("/search/?q=koiv", "desk.search")],
)
def test_a_list_leaves_one_entry_with_the_ids_shown(world, browser, url, action):
    aino = browser("aino")
    before = len(entries(world))
    aino.get(url)
    found = entries(world)
    assert len(found) == before + 1
    assert found[0].action == action
    assert found[0].shown == [world.clients["devi"].id]
    assert found[0].client is None


def test_the_client_page_leaves_one_entry_about_the_client(world, browser):
    aino = browser("aino")
    before = len(entries(world))
    aino.get(f"/clients/{world.clients['devi'].id}/")
    found = entries(world)
    assert len(found) == before + 1
    assert (found[0].action, found[0].client) == ("clients.page", world.clients["devi"].id)


def test_a_look_that_finds_nobody_is_on_record_as_refused(world, browser):
    aino = browser("aino")
    before = len(entries(world))
    aino.get(f"/clients/{world.clients['stranger'].id}/")
    found = entries(world)
    assert len(found) == before + 1
    assert found[0].action == "refused.client_page"
    assert found[0].client is None


def test_what_was_searched_is_not_kept(world, browser):
    browser("aino").get("/search/?q=koivunen")
    assert all("koivu" not in f"{one.reason}{one.fields}" for one in entries(world))


def test_showing_an_identity_code_is_an_entry_of_its_own(world, browser):
    code = artificial()
    world.enter("lake")
    devi = world.clients["devi"]
    identity.give(devi, code)
    devi.save()
    aino = browser("aino")
    assert code not in aino.get(f"/clients/{devi.id}/").content.decode()
    answer = aino.post(f"/clients/{devi.id}/identity/")
    assert code in answer.content.decode()
    assert answer["Refresh"].startswith("60;")
    found = entries(world)[0]
    assert (found.action, found.client) == ("clients.identity", devi.id)
    assert found.fields == ["identity_code"]


def test_an_identity_code_finds_its_client_and_stands_in_no_answer(world, browser):
    code = artificial()
    world.enter("lake")
    devi = world.clients["devi"]
    identity.give(devi, code)
    devi.save()
    aino, bengt = browser("aino"), browser("bengt")
    answer = aino.post("/search/", {"q": code.lower()})
    assert answer["Location"] == f"/clients/{devi.id}/"
    assert aino.get("/search/", {"q": code})["Location"] == f"/clients/{devi.id}/"
    # For somebody else's coach the same code finds nobody, and is not repeated.
    answer = bengt.get("/search/", {"q": code}, follow=True)
    assert code not in answer.content.decode()
    assert code not in str(answer.redirect_chain)
    half = aino.get("/search/", {"q": code[:8]})
    assert "Koivunen" not in half.content.decode()
    assert all(code not in one.reason for one in entries(world))
