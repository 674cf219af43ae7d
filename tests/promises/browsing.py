"""Real browsers over a furnished house: each kind of thing, committed, served, and looked at.

The house of `house.py` stands in a database of its own, made once for each process of a run, and
our own web workers serve it. Two fixtures, in every test of this folder:

    pytestmark = pytest.mark.journey

    def test_x(lodging, look):
        for url in lodging.pages("aino"):            # addresses whose pages open to her
            page = look("aino", "sv")                # Chromium, signed in, in Swedish
            page.goto(lodging.address + url)

- `lodging.pages(actor, of="devi")` are the pages that open (200, HTML): every address with that
  client's ids, and each kind of link on those pages once. `lodging.files(actor)` is what opens and
  is no page (PDF, CSV, JSON), `lodging.statuses(actor)` all that was asked, with its status. Actors
  are `house.ACTORS`; clients are `devi`, `stranger`, `foreign`. An answer is kept for the run.
- `look(actor, language="fi", **options)` is a new page in a context of its own; the options are
  Playwright's (`java_script_enabled=False`, `viewport=…`, `forced_colors="active"`). All close at
  the end of the test. The language is chosen by cookie, as a person would have chosen it.
- `with lodging.inside():` Django speaks to the house's database in one transaction that is kept,
  for planting and reading; first name the register (`lodging.house.world.enter("lake")`).

The house of the fixture is everybody's: a test that would change it makes one of its own, with
`with lodge("name") as own:` and `look(actor, of_house=own)`. None of these may be asked for
together with `db`, `world` or `live_server`.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from typing import Any

import pytest
from django.db import connections, transaction
from django.test import override_settings
from playwright.sync_api import Browser, Page

from polku.contacts.tests.driving import browser, engine
from polku.contacts.tests.serving import serving
from polku.foundation import crypto
from polku.foundation.testing import make_world
from polku.launch import for_tests
from polku.web import bundle
from tests.promises.house import House, is_page

__all__ = ["Lodge", "Lodging", "Look", "browser", "engine", "lodge", "lodging", "look"]

Look = Callable[..., Page]


class Lodging:
    """A committed house in a database of its own, and where it is served."""

    def __init__(self, database: str, blocker: Any) -> None:
        self.database, self.address, self.log = database, "", ""
        self._blocker = blocker
        self._asked: dict[tuple[str, str], dict[str, tuple[int, bool]]] = {}
        with self.inside():
            crypto.forget_keys()
            self.house = House(make_world())

    @contextmanager
    def inside(self, *, kept: bool = True) -> Iterator[None]:
        """Let Django speak to this house's database, in one transaction, `kept` at its end."""
        assert not connections["default"].in_atomic_block, "one inside another ends the first"
        with self._blocker.unblock(), override_settings(DEMO=True):
            connections.close_all()
            place = connections["default"].settings_dict
            before, place["NAME"] = place["NAME"], self.database
            try:
                with transaction.atomic():
                    yield
                    transaction.set_rollback(not kept)
            finally:
                connections.close_all()
                place["NAME"] = before

    def pages(self, actor: str, of: str = "devi") -> list[str]:
        """Return the addresses of the pages that open to the actor."""
        return [url for url, (_status, page) in self._all(actor, of).items() if page]

    def files(self, actor: str, of: str = "devi") -> list[str]:
        """Return the addresses that open to the actor and are no pages."""
        asked = self._all(actor, of).items()
        return [url for url, (status, page) in asked if status == 200 and not page]

    def statuses(self, actor: str, of: str = "devi") -> dict[str, int]:
        """Return the status of each address that was asked."""
        return {url: status for url, (status, _page) in self._all(actor, of).items()}

    def cookies(self, actor: str, language: str) -> list[dict[str, Any]]:
        """Return the cookies of an actor who has just signed in and chosen a language."""
        self.house.sign_out(actor)
        with self.inside():
            jar = self.house.browser(actor).cookies
        self.house.sign_out(actor)
        found = {name: jar[name].value for name in jar} | {"polku_language": language}
        return [{"name": n, "value": v, "url": self.address} for n, v in found.items()]

    def _all(self, actor: str, of: str) -> dict[str, tuple[int, bool]]:
        if (actor, of) not in self._asked:
            refused = logging.getLogger("django.request")
            before = refused.level
            # Writing the traces of refusals takes longer than refusing.
            refused.setLevel(logging.CRITICAL)
            with self.inside(kept=False):
                answers = self.house.sights(actor, of)
            refused.setLevel(before)
            self.house.sign_out(actor)
            found = {url: (a.status_code, is_page(a)) for url, a in answers.items()}
            self._asked[actor, of] = found
        return self._asked[actor, of]


@contextmanager
def _lodge(blocker: Any, folder: Any, name: str) -> Iterator[Lodging]:
    database = f"{os.environ['POLKU_DB_NAME']}_{name}"
    for_tests.make_template()
    for_tests.clone(database)
    made = Lodging(database, blocker)
    made.log = folder.mktemp(name) / "workers.log"
    if bundle.stale():
        bundle.build()
    with made.log.open("wb") as log, pytest.MonkeyPatch.context() as patch:
        patch.setenv("POLKU_DEMO", "1")
        with serving(database, workers=2, log=log) as site:
            made.address = f"http://127.0.0.1:{site.port}"
            yield made
    for_tests.drop(database)


Lodge = Callable[[str], AbstractContextManager[Lodging]]


@pytest.fixture(scope="session")
def lodge(django_db_blocker: Any, tmp_path_factory: Any) -> Lodge:
    """Return what makes a lodging of a test's own."""
    return partial(_lodge, django_db_blocker, tmp_path_factory)


@pytest.fixture(scope="session")
def lodging(lodge: Lodge) -> Iterator[Lodging]:
    """The lodging that the tests of a run share, as it was furnished."""
    with lodge("house") as made:
        yield made


@pytest.fixture
def look(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Look]:
    """Return a maker of pages: `look(actor, language, of_house=…, **options of Playwright)`."""
    opened = []

    def make(
        actor: str, language: str = "fi", *, of_house: Lodging | None = None, **options: Any
    ) -> Page:
        house = of_house or request.getfixturevalue("lodging")
        context = browser.new_context(**{"locale": language, **options})
        opened.append(context)
        context.add_cookies(house.cookies(actor, language))
        return context.new_page()

    yield make
    for context in opened:
        context.close()
