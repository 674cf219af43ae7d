"""Promise 11 for places: who looks round among other people's placements is seen; the map has none.

A client without a coach of their own is open to the team's coaches, and every client to the lead:
whoever looks leaves an entry that names the client, and the auditor is shown first who had no
relation to them.
"""

from __future__ import annotations

from datetime import timedelta
from importlib import import_module
from typing import Any
from urllib.parse import quote

import pytest
from django.db.models import Q

from polku.desk.record.unusual import unusual
from polku.foundation import audit, clock
from polku.foundation.models import AuditEntry, Relation
from tests.promises.addresses import addresses
from tests.promises.house import House, is_page, text_of
from tests.promises.promise import Promise
from tests.promises.sentinels import Sentinels

LOOKS, MINUTES = 60, 10
PROMISE = Promise(
    11,
    "Looking round among other people's clients is seen",
    "60 client pages in 10 minutes outside the own list, name search of neighbours, own name: an "
    "alert within 60 s, 100 % on record",
    f"every page of a client's placements, search and suggestion, by a coach without a relation "
    f"and by the lead, and {LOOKS} of them in {MINUTES} minutes: each on record with the client's "
    "id, the coach's first on the auditor's page; the map and its lists name nobody to them",
    "the alert: nobody is woken, the auditor is shown such looks first; the other rooms' pages",
)
OF_A_CLIENT = ("clients/<uuid:client_id>/placements/", "clients/<uuid:client_id>/search/")


def pages(house: House) -> list[str]:
    """Return every address of Devi's placements, and the form that suggests an opening."""
    ids = house.ids["devi"]
    found = [one.filled(ids) for one in addresses() if one.route.startswith(OF_A_CLIENT)]
    return [*found, f"/clients/{ids['client_id']}/placements/new/?opening={ids['opening_id']}"]


def without_a_coach(house: House) -> None:
    """End Devi's own relation: the coaches of the team may see the client now, Bengt too."""
    house.world.enter()
    Relation.objects.filter(client=house.world.clients["devi"], kind="own").update(
        ends_at=clock.now() - timedelta(days=1)
    )


def looked(house: House, actor: str, urls: list[str]) -> list[Any]:
    """Ask for the pages; return the entries that this left, for those that opened."""
    house.browser(actor)
    house.world.enter()
    last = AuditEntry.objects.order_by("-id").values_list("id", flat=True)[0]
    opened = [url for url in urls if house.ask(actor, url).status_code == 200]
    assert len(opened) >= 5, "the pages do not open, so nothing was proved"
    house.world.enter()
    entries = AuditEntry.objects.filter(id__gt=last, actor_user=house.world.people[actor].id)
    named = list(entries.filter(client=house.ids["devi"]["client_id"]))
    assert len(named) == len(opened)
    return named


@pytest.mark.parametrize("actor", ["bengt", "lahja"])
def test_whoever_opens_a_page_of_placements_leaves_an_entry(house: House, actor: str) -> None:
    without_a_coach(house)
    entries = looked(house, actor, pages(house))
    said = {one.action for one in entries}
    assert said >= {"placements.list", "placements.page", "placements.print", "placements.choose",
                    "placements.search_page", "placements.suggest_form"}  # fmt: skip


def test_sixty_looks_in_ten_minutes_are_all_there_and_shown_first(house: House) -> None:
    without_a_coach(house)
    urls = [url for url in pages(house) if house.ask("bengt", url).status_code == 200]
    begun = clock.now()
    for nth in range(LOOKS):
        with clock.at(begun + timedelta(seconds=nth * MINUTES * 60 / LOOKS)):
            house.ask("bengt", urls[nth % len(urls)])
    elli = house.world.enter_as("elli")
    odd = unusual(elli, since=begun, until=begun + timedelta(minutes=MINUTES))
    (first,) = [one for one in odd if one.not_own]
    assert (first.client, first.name) == (house.ids["devi"]["client_id"], "Bengt Esimerkki")
    assert first.times == LOOKS + len(urls)


def test_control_a_page_that_names_no_client_is_found(house: House, monkeypatch: Any) -> None:
    without_a_coach(house)
    record = audit.record

    def careless(viewer: Any, action: str, **more: Any) -> None:
        if action == "placements.list":
            more.pop("client")
        record(viewer, action, **more)

    monkeypatch.setattr(audit, "record", careless)
    with pytest.raises(AssertionError):
        looked(house, "bengt", pages(house))


def of_the_map(house: House, actor: str, words: Sentinels) -> dict[str, str]:
    """Return the pages of the map and its lists, and searches there by Devi's names.

    A round has a sight of its own (polku/placements/round/rights.py), and tests beside its code.
    """
    ids = house.ids["stranger"]
    routes = [one for one in addresses() if one.route.startswith("places/")]
    urls = [one.filled(ids) for one in routes if not one.route.startswith("places/rounds/")]
    urls += ["/places/points/?bbox=19,59,32,70&zoom=6", "/places/worksites/?show=without"]
    named = [words.of("clients.Client", name) for name in ("last_name", "first_names")]
    urls += [f"{at}?q={quote(word)}" for at in ("/places/", "/places/worksites/") for word in named]
    found = {}
    for url in urls:
        answer = house.ask(actor, url)
        if is_page(answer) or "json" in answer.get("Content-Type", ""):
            found[url] = text_of(answer)
    for word in named:
        # What was said comes back in the box: that tells nothing.
        found = {url: text.replace(word, "") if "q=" in url else text
                 for url, text in found.items()}  # fmt: skip
    return found


def leaked(house: House, actor: str) -> dict[str, Any]:
    words = Sentinels(house)
    seen = of_the_map(house, actor, words)
    assert len(seen) > 12, "the map does not open, so nothing was proved"
    client = str(house.ids["devi"]["client_id"])
    return {
        url: hits
        for url, text in seen.items()
        if (hits := {s for s in words.within(text) if s.client == "devi"}) or client in text
    }


@pytest.mark.parametrize("actor", ["bengt", "konsta"])
def test_the_map_and_its_lists_name_nobody_to_whoever_may_not_see_them(
    house: House, actor: str
) -> None:
    assert leaked(house, actor) == {}


def test_control_a_worksite_that_shows_all_who_are_there_is_found(
    house: House, monkeypatch: Any
) -> None:
    worksites = import_module("polku.placements.queries.worksites")
    monkeypatch.setattr(worksites, "seen", lambda viewer, **_more: Q())
    # What was worded before, or is worded now, is not to be asked.
    monkeypatch.setattr(worksites._there, "_kept", {})
    assert leaked(house, "bengt") != {}


def test_who_is_shown_at_a_worksite_is_on_record_as_shown(house: House) -> None:
    ids = house.ids["devi"]
    house.ask("aino", f"/places/worksites/{ids['worksite_id']}/")
    house.world.enter()
    last = AuditEntry.objects.filter(action="placements.worksite").latest("id")
    assert last.shown == [ids["client_id"]]
