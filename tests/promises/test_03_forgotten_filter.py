"""Promise 3: a forgotten filter shows nothing of another register.

Every filter of the rooms' queries is forgotten in turn (`forgetting`), and the pages that run it
are asked by those who must not see: a coach of another register; a client in their own session;
and, inside the register, a colleague without a relation. Beneath the first two stands a wall in
the database, so nothing may show. Beneath the third there is none: there the pages' own tests must
notice, and how many of the filters they notice is told.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest

from polku.foundation import walls
from tests.promises import forgetting, walled
from tests.promises.addresses import OF_A_WORKER, addresses
from tests.promises.forgetting import Site
from tests.promises.house import CHANGING, NO_ONES, House, forms_of, is_page, text_of
from tests.promises.promise import Promise, reached

PROMISE = Promise(
    3,
    "A forgotten filter shows nothing",
    "100 % of filters removed, 0 rows of another register leaked; with the walls off they leak",
    "every eighth filter that a coach's pages run, on up to four of them; without walls, the rule "
    "who sees whom",
    "Three quarters of the filters are run by none of the requests that the full run tries (other "
    "roles' pages, posts, jobs and commands, and reads that its noting misses). "
    "Row-level security walls registers, and a client's own session; inside a register a worker's "
    "pages are walled by the filters alone. What the full run says of those is how many are "
    "noticed on the pages when forgotten; the rest is of dates, of who may write, or doubled.",
)

# What an actor must not meet: {actor: clients whose words are foreign to them}.
BEHIND_WALLS = {"carita": ("devi", "stranger"), "devi": ("stranger", "foreign")}
NO_WALL = {"aino": ("stranger",), "gus": ("devi", "stranger")}
LAKE_ALONE = ("Team lake", "Register lake", "Bengt Esimerkki", "Aino Esimerkki")


_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-")


@dataclass(frozen=True)
class Ask:
    """One request of an actor."""

    actor: str
    url: str
    pairs: tuple[tuple[str, str], ...] | None = None

    @property
    def data(self) -> dict[str, list[str]] | None:
        if self.pairs is None:
            return None
        found: dict[str, list[str]] = {}
        for name, value in self.pairs:
            found.setdefault(name, []).append(value)
        return found


@dataclass
class Watch:
    """All that the actors can ask, and which functions answer it."""

    house: House
    runs: dict[Ask, set[tuple[str, str]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.house.plant(lambda name, _row, _field: mark(name))

    def learn(self, actors: Iterable[str], *, whole: bool) -> None:
        """Go through the pages of the actors, and note which functions each request runs.

        The whole has the links and the forms of pages too; else every other address must do.
        """
        with forgetting.noting() as called:
            for actor in actors:
                own = "foreign" if actor == "carita" else "devi"
                answers = self.house.sights(actor, of=own) if whole else {}
                urls = [*answers, *self._filled(own), *self._foreign(actor)]
                asks = {Ask(actor, url) for url in urls}
                for form in forms_of(answers):
                    asks |= set(self._sent(actor, form, own))
                for ask in sorted(asks, key=repr)[:: 1 if whole else 2]:
                    forgetting.forget_prepared()
                    called.clear()
                    shown = self.shown(ask)
                    assert not shown, (ask, shown)
                    self.runs[ask] = set(called)

    def _filled(self, name: str) -> Iterator[str]:
        """Yield every address with a client's ids."""
        for one in addresses():
            if one.name not in CHANGING and not one.name.startswith(NO_ONES):
                ids = {place: self.house.ids[name].get(place) for place in one.places}
                if None not in ids.values():
                    yield one.filled(ids)

    def _foreign(self, actor: str) -> Iterator[str]:
        for name in (BEHIND_WALLS | NO_WALL)[actor]:
            yield from (url for url in self._filled(name) if _ID.search(url))
            yield f"/search/?q={mark(name)}"
            yield f"/clients/?coach={self.house.ids[name]['user_id']}"

    def _sent(self, actor: str, form: Any, own: str) -> Iterator[Ask]:
        """Yield the form with another's ids in place of the own."""
        if "/sign-" in form.action or form.action.startswith(("/demo", "/c/")):
            return
        for name in (BEHIND_WALLS | NO_WALL)[actor]:
            swapped = {
                str(self.house.ids[own][place]): str(other)
                for place, other in self.house.ids[name].items()
                if place not in OF_A_WORKER
            }
            url, pairs = form.action, tuple(form.pairs)
            for mine, other in swapped.items():
                url = url.replace(mine, other)
                pairs = tuple((key, value.replace(mine, other)) for key, value in pairs)
            if (url, pairs) != (form.action, tuple(form.pairs)):
                yield Ask(actor, url, pairs)

    def shown(self, ask: Ask) -> set[str]:
        """Return the foreign words that the answer holds, but for those that the request said."""
        with self.house.trying(ask.actor):
            answer = self.house.ask(ask.actor, ask.url, ask.data)
            if ask.data is not None and answer.status_code in {302, 303}:
                answer = self.house.ask(ask.actor, answer["Location"])
            text = text_of(answer) if is_page(answer) or answer.status_code == 200 else ""
        said = ask.url + str(ask.pairs)
        words = [mark(name) for name in (BEHIND_WALLS | NO_WALL)[ask.actor]]
        if ask.actor == "carita":
            words += LAKE_ALONE
        return {word for word in words if word in text and word not in said}

    def asking(self, site: Site, actors: Iterable[str], most: int | None = None) -> list[Ask]:
        """Return the requests by these actors that run the function of the filter."""
        wanted, actors = forgetting.keys(site), set(actors)
        found = [ask for ask, ran in self.runs.items() if ask.actor in actors and ran & wanted]
        return found if most is None else found[:: max(1, len(found) // most)][:most]

    def leaks(self, site: Site, asks: list[Ask]) -> list[tuple[Ask, set[str]]]:
        """Forget the filter; return what is shown that must not be. Ends at the first for each."""
        found: list[tuple[Ask, set[str]]] = []
        with forgetting.forgotten(site) as changed:
            assert changed or not asks, site
            for ask in asks:
                shown = self.shown(ask)
                if shown:
                    found.append((ask, shown))
        return found


def mark(name: str) -> str:
    return f"Merkki{name}"


@pytest.fixture
def no_walls() -> Iterator[None]:
    with walled.without_walls():
        yield


def test_the_walls_stand_under_every_register_table(db: None) -> None:
    """RLS is forced, and the site's role neither owns a table nor passes by the policies."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relname = ANY(%s) AND relrowsecurity AND "
            "relforcerowsecurity AND pg_get_userbyid(relowner) <> current_user",
            [[model._meta.db_table for model in walls.register_models()]],
        )
        found = {name for (name,) in cursor.fetchall()}
        cursor.execute("SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user")
        assert cursor.fetchone() == (False,)
    assert found == {model._meta.db_table for model in walls.register_models()}


def test_some_filters_forgotten_show_nothing_of_another_register(house: House) -> None:
    watch = Watch(house)
    watch.learn(["carita"], whole=False)
    run = [site for site in forgetting.sites() if watch.asking(site, ["carita"])]
    assert len(run) >= 30
    for site in run[::EACH]:
        assert watch.leaks(site, watch.asking(site, ["carita"], most=4)) == [], site


def test_control_without_the_walls_a_forgotten_filter_leaks(no_walls: None, house: House) -> None:
    watch = Watch(house)
    watch.learn(["carita"], whole=False)
    rule = [site for site in forgetting.sites() if site.path in forgetting.RULE]
    assert any(watch.leaks(site, watch.asking(site, ["carita"], most=4)) for site in rule)


EACH = 8
MOST = 5


@pytest.mark.torture(promise=3)
def test_every_filter_forgotten_shows_nothing_of_another_register(house: House) -> None:
    watch, every, on_page = Watch(house), forgetting.sites(), []
    watch.learn(BEHIND_WALLS, whole=True)
    for site in every:
        asks = [ask for actor in BEHIND_WALLS for ask in watch.asking(site, [actor], MOST)]
        assert watch.leaks(site, asks) == [], site
        on_page += [site] if asks else []
    told("On no page of a coach or a client", set(every) - set(on_page))
    reached(
        3,
        f"{len(on_page)} of {len(every)} filters forgotten on the pages that run them, 0 rows of "
        f"another register; the other {len(every) - len(on_page)} were run by no request tried",
    )


@pytest.mark.torture(promise=3)
def test_inside_a_register_pages_notice_forgotten_filters(house: House) -> None:
    watch, seen, noticed = Watch(house), [], []
    watch.learn(NO_WALL, whole=True)
    for site in forgetting.sites():
        asks = [ask for actor in NO_WALL for ask in watch.asking(site, [actor], MOST)]
        seen += [site] if asks else []
        noticed += [site] if any(watch.leaks(site, [ask]) for ask in asks) else []
    told(f"Of {len(seen)}, not noticed inside a register", set(seen) - set(noticed))
    assert noticed


@pytest.mark.torture(promise=3)
def test_control_without_walls_many_of_them_leak(no_walls: None, house: House) -> None:
    watch = Watch(house)
    watch.learn(["carita"], whole=True)
    leaking = {s for s in forgetting.sites() if watch.leaks(s, watch.asking(s, ["carita"], MOST))}
    told("Leak without the walls", leaking)
    assert len(leaking) >= 10


def told(what: str, found: set[Site]) -> None:
    print(f"\n{what}: {len(found)}", *sorted(map(str, found)), sep="\n  ")
