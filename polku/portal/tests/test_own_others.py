"""A client reads how it went for others in plain words, the coach's figures, and may hide it."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

from polku.clients.models import Client
from polku.foundation import clock
from polku.insight.tests.histories import fitted, went
from polku.portal.tests.test_own_view import devi, phone  # noqa: F401

URL = "/me/others/"


def speaking(world: Any, own: Any) -> None:
    """Give the register a history, and the client a situation that many were in."""
    world.enter()
    went(world, 300)
    came = clock.today() - timedelta(days=100)
    born = clock.today().replace(year=clock.today().year - 40)
    Client.objects.filter(pk=own.id).update(registered_on=came, opened_on=came, born=born)
    fitted(world)


def read(browser: Any) -> str:
    browser.cookies["polku_language"] = "en"
    return browser.get(URL).content.decode()


def test_the_client_reads_the_same_numbers_as_the_coach(world: Any, phone: Any, devi: Any) -> None:  # noqa: F811
    speaking(world, devi)
    own = re.findall(r"(\d+) to (\d+) of them were still", read(phone))
    coach = world.browser("aino")
    coach.cookies["polku_language"] = "en"
    page = coach.get(f"/clients/{devi.id}/outlook/").content.decode()
    assert own and set(own) == set(re.findall(r"like this, (\d+) to (\d+) were still", page))


def test_hidden_it_tells_nothing_until_asked_for_again(world: Any, phone: Any, devi: Any) -> None:  # noqa: F811
    speaking(world, devi)
    phone.post(f"{URL}choose/", {"do": "hide"})
    assert "100 people" not in read(phone) and "You have chosen" in read(phone)
    phone.post(f"{URL}choose/", {"do": "show"})
    assert "100 people" in read(phone)


def test_hidden_it_is_not_named_on_the_clients_page_but_can_be_found(
    world: Any,
    phone: Any,  # noqa: F811
    devi: Any,  # noqa: F811
) -> None:
    phone.cookies["polku_language"] = "en"
    named, found = "How did it go for others?", "You have hidden one thing"
    assert named in (page := phone.get("/me/").content.decode()) and found not in page
    phone.post(f"{URL}choose/", {"do": "hide"})
    assert named not in (page := phone.get("/me/").content.decode())
    assert found in page and f'href="{URL}"' in page
    phone.post(f"{URL}choose/", {"do": "show"})
    assert named in phone.get("/me/").content.decode()
