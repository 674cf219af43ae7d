"""What a client looks for is written together; the wishes and vetoes are the client's own."""

from __future__ import annotations

from typing import Any

import pytest

from polku.foundation import clock
from polku.foundation.meanwhile import ChangedMeanwhile
from polku.foundation.permissions import Refused
from polku.placements import searching
from polku.placements.models import Search, SearchWord


def write(world: Any, version: int, *, by: str = "aino", waits: bool = True, **more: Any) -> Search:
    return searching.write_search(
        world.clients["devi"],
        by=world.enter_as(by),
        at=clock.now(),
        version=version,
        waits=waits,
        **more,
    )


def test_a_search_is_written_and_the_waiting_counts_from_its_day(world: Any) -> None:
    write(world, 0, kinds=["work_trial"], limits=["lifting_10"], days_at_most=3)
    kept = write(world, 1, days_at_most=4)
    assert (kept.waiting_since, kept.days_at_most, kept.version) == (clock.today(), 4, 2)
    assert write(world, 2, waits=False).waiting_since is None


@pytest.mark.parametrize("version", [0, 7])
def test_an_old_page_overwrites_nothing(world: Any, version: int) -> None:
    write(world, 0)
    with pytest.raises(ChangedMeanwhile):
        write(world, version, days_at_most=1)


def test_the_same_search_sent_twice_is_one(world: Any) -> None:
    write(world, 0, limits=["cold"])
    assert write(world, 0, limits=["cold"]).version == 1


def test_a_search_that_began_otherwise_is_not_written_over_unseen(world: Any) -> None:
    """As when two fill in the first one at once: the second finds a row that it did not read."""
    world.enter_as("aino")
    searching.search_of(world.clients["devi"], at=clock.now())
    assert write(world, 0, limits=["cold"]).version == 1
    with pytest.raises(ChangedMeanwhile):
        write(world, 0, limits=["noise"])


def test_a_client_says_wishes_and_vetoes_in_their_own_session(world: Any) -> None:
    devi, client = world.enter_as("devi"), world.clients["devi"]

    def tell(wishes: list[str], vetoes: list[str]) -> bool:
        return searching.tell_wishes(client, by=devi, at=clock.now(), wishes=wishes, vetoes=vetoes)

    assert tell(["9412", "9112"], ["9333"])
    assert not tell(["9412", "9112"], ["9333"])
    assert tell(["9112"], [])
    standing = [(word.kind, word.work_code) for word in searching.said(client.id)]
    assert standing == [("wish", "9112")]
    assert SearchWord.objects.filter(ended_on__isnull=False).count() == 2


def test_what_is_ruled_out_is_no_wish(world: Any) -> None:
    client = world.clients["devi"]
    aino = world.enter_as("aino")
    searching.tell_wishes(client, by=aino, at=clock.now(), wishes=["9412"], vetoes=["9412"])
    assert [word.kind for word in searching.said(client.id)] == ["veto"]


def test_a_word_said_twice_is_one_and_is_taken_off(world: Any) -> None:
    client, aino = world.clients["devi"], world.enter_as("aino")
    for _ in range(2):
        word = searching.say(client, by=aino, at=clock.now(), kind="skill", work_code="7512")
    assert SearchWord.objects.count() == 1
    searching.unsay(word, by=aino, at=clock.now())
    assert searching.said(client.id) == []


@pytest.mark.parametrize("who", ["gus", "elli", "stranger"])
def test_others_say_nothing(world: Any, who: str) -> None:
    with pytest.raises(Refused):
        searching.say(
            world.clients["devi"],
            by=world.viewers[who],
            at=clock.now(),
            kind="wish",
            work_code="9412",
        )


def test_a_client_writes_no_limits(world: Any) -> None:
    with pytest.raises(Refused):
        write(world, 0, by="devi")


def test_the_page_keeps_what_was_written(world: Any, sign_in: Any) -> None:
    client, browser = world.clients["devi"], sign_in("aino")
    url = f"/clients/{client.id}/search/"
    assert browser.get(url).status_code == 200
    sent = browser.post(
        url,
        {"version": 0, "waits": "on", "kinds": ["work_trial"], "limits": ["cold"], "mode": "bus"},
    )
    assert sent.status_code == 302
    browser.post(
        f"{url}words/", {"kind": "wish", "work_code": "9412", "text": "Tykkään keittiöstä"}
    )
    page = browser.get(url).content.decode()
    assert "Tykkään keittiöstä" in page
    world.enter_as("aino")
    word = SearchWord.objects.get()
    assert Search.objects.get().limits == ["cold"]
    browser.post(f"{url}words/{word.id}/end/")
    assert "Tykkään keittiöstä" not in browser.get(url).content.decode()
    late = browser.post(url, {"version": 0, "limits": ["noise"]})
    assert late.status_code == 409
    shown = late.content.decode()
    assert shown.count('<th scope="row">') == 4 and 'name="version" value="1"' in shown


def test_who_may_not_see_the_client_sees_no_search(world: Any, sign_in: Any) -> None:
    url = f"/clients/{world.clients['devi'].id}/search/"
    assert sign_in("bengt").get(url).status_code == 404
