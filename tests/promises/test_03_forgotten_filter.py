"""Promise 3: a forgotten filter shows nothing of another register.

Every filter of the rooms' queries is forgotten in turn (`forgetting`), and what runs it is asked
again: the pages, forms and deeds of every role and of the client, jobs and commands. The answers of
the database itself are searched for rows that are not the named register's, or not the named
client's (`crossing`); the page for their words; and the other register for a change. Inside a
register there is no wall beneath the filters: there the pages' own tests must notice, and how many
they notice is told.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import nullcontext, suppress
from pathlib import Path

import pytest

from polku.foundation import walls
from tests.promises import forgetting, walled
from tests.promises.asks import WORKER, Ask, Asks, Others
from tests.promises.crossing import Crossing, mark
from tests.promises.errands import REFUSALS, Errands
from tests.promises.forgetting import Site
from tests.promises.house import HOSTS, House
from tests.promises.promise import Promise, reached
from tests.promises.wholeness import Watch

PROMISE = Promise(
    3,
    "A forgotten filter shows nothing",
    "100 % of filters removed, 0 rows of another register leaked; with the walls off they leak",
    "every eighth filter that a coach's pages run, on up to four of them; without walls, the rule "
    "who sees whom",
    "Row-level security walls registers, and a client's own session; inside a register a worker's "
    "pages are walled by the filters alone. What the full run says of those is how many are "
    "noticed on the pages when forgotten; the rest is of dates, of who may write, or doubled.",
)

# Whose words an actor must not meet, with a wall beneath; and where only the filters stand.
LAKE = ("aino", "bengt", "lahja", "gus", "elli", "anonymous")
BEHIND_WALLS: Others = {"carita": ("devi", "stranger"), "devi": ("stranger", "foreign")}
BEHIND_WALLS |= dict.fromkeys((*LAKE, *HOSTS), ("foreign",))
NO_WALL: Others = {
    "aino": ("stranger",), "bengt": ("devi",), "gus": ("devi", "stranger"),
    "elli": ("devi", "stranger"),
}  # fmt: skip
AREA_ALONE = {
    "lake": ("Team lake", "Register lake"),
    "river": ("Team river", "Register river"),
}
# Roles and accounts have no wall: whoever works in two registers has one account.
WORKERS = {
    "lake": {f"{name.title()} Esimerkki" for name in ("aino", "bengt", "lahja", "gus", "elli")},
    "river": {"Carita Esimerkki"},
}
NO_WALL_BENEATH = set().union(*WORKERS.values())
EACH = 8
ROOMS = {"clients", "contacts", "desk", "foundation", "paths", "placements", "teamwork"}


class Trial:
    """All that can be asked, which filters each runs, and what shows when one is forgotten."""

    def __init__(
        self, house: House, others: Others, errands: Errands | None = None, *, walled: bool = True
    ) -> None:
        self.house, self.others, self.walled = house, others, walled
        # Many actors or few: about as many requests for each filter.
        self.most = 2 if len(others) > 4 else 4
        house.plant(lambda name, _row, _field: mark(name))
        self.asks = Asks(house, others, errands)
        self.crossing = Crossing(house)
        self.watches = {area: Watch(house.world, [area]) for area in AREA_ALONE}
        self.runs: dict[Ask, set[tuple[str, str]]] = {}
        # What shows with no filter forgotten: nothing may, where walls stand.
        self.usual: dict[Ask, set[str]] = {}

    def learn(self, asks: Iterable[Ask]) -> None:
        """Ask each, and note which functions with a filter in them it runs."""
        with forgetting.noting() as called:
            for ask in asks:
                self.usual[ask] = self.shown(ask, called=called)
                self.runs[ask] = set(called)
        # As it stands while nothing is being asked: everything is taken back.
        self.rest = {area: watch.state() for area, watch in self.watches.items()}

    def whole(self, actors: Iterable[str]) -> None:
        """Learn everything that these actors can ask."""
        for actor in actors:
            self.learn(self.asks.every(actor))
        self.learn(ask for ask in self.asks.staged() if ask.actor in actors)

    def everything(self) -> None:
        """Learn everything that anybody can ask, and what is done by nobody."""
        self.whole(BEHIND_WALLS)
        self.learn(self.asks.every_as("coordinator", "aino"))
        self.learn(self.asks.by_hand())
        self.learn(self.asks.worked())

    def shown(
        self, ask: Ask, *, without: Site | None = None, called: set[tuple[str, str]] | None = None
    ) -> set[str]:
        """Return what shows, or is changed, that is another's."""
        forget = nullcontext() if without is None else forgetting.forgotten(without)
        with self.asks.trying(ask):
            given = ask.ready()
            forgetting.forget_prepared()
            if called is not None:
                called.clear()
            with forget, self.crossing.seen() as found:
                text = ""
                # A job may well end with an error when its filter is forgotten.
                with suppress(*(REFUSALS if without is None else (Exception,))):
                    text = ask.send(given)
            found |= self._words(ask.actor, text)
            if without is not None and ask.writes and self.walled and ask.actor != WORKER:
                found |= self.touched(_other_area(ask.actor))
        return found

    def touched(self, area: str) -> set[str]:
        """Return what is changed in a register where nothing was asked."""
        before, own = self.rest[area], self.house.world.areas[area].id
        after, kept = self.watches[area].state(before), walled.walled_tables()
        return {
            f"changed: {place[0]}"
            for place in before.keys() | after.keys()
            if place[1] == own and place[0] in kept and before.get(place) != after.get(place)
        }

    def _words(self, actor: str, text: str) -> set[str]:
        words = [mark(name) for name in self.others.get(actor, ())]
        if actor != WORKER:
            words += [*AREA_ALONE[_other_area(actor)], *WORKERS[_other_area(actor)]]
        return {word for word in words if word in text}

    def asking(self, site: Site) -> list[Ask]:
        """Return requests that run the function of the filter: some of each actor."""
        wanted = forgetting.keys(site)
        found: dict[str, list[Ask]] = {}
        for ask, ran in self.runs.items():
            if ran & wanted:
                found.setdefault(ask.actor, []).append(ask)
        return [ask for asks in found.values() for ask in asks[:: -(-len(asks) // self.most)]]

    def leaks(self, site: Site) -> set[str]:
        """Forget the filter; return what is shown then, and is not otherwise."""
        shown = (self.shown(ask, without=site) - self.usual[ask] for ask in self.asking(site))
        return set().union(*shown)

    def leaking(self, run: Iterable[Site]) -> dict[Site, set[str]]:
        """Forget each filter in turn; return those that then show what is another's."""
        return {site: shown for site in run if (shown := self.leaks(site))}


def _other_area(actor: str) -> str:
    return "lake" if actor == "carita" else "river"


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
    trial = Trial(house, {"carita": BEHIND_WALLS["carita"]})
    trial.learn(trial.asks.some("carita"))
    assert not any(trial.usual.values())
    run = [site for site in forgetting.sites() if trial.asking(site)]
    assert len(run) >= 30
    leaking = trial.leaking(run[::EACH])
    assert {site: shown for site, shown in leaking.items() if shown - NO_WALL_BENEATH} == {}


def test_control_without_the_walls_a_forgotten_filter_leaks(no_walls: None, house: House) -> None:
    trial = Trial(house, {"carita": BEHIND_WALLS["carita"]}, walled=False)
    trial.learn(trial.asks.some("carita"))
    rule = [site for site in forgetting.sites() if site.path in forgetting.RULE]
    assert any(trial.leaks(site) - NO_WALL_BENEATH for site in rule)


def test_control_an_opening_in_a_clients_session_is_seen(no_walls: None, house: House) -> None:
    """The row itself, and its id worked out; not the id that the client's own placement holds."""
    from django.db.models import F
    from django.db.models.functions import Coalesce

    from polku.placements.models import Opening, Placement

    crossing, devi = Crossing(house), house.world.clients["devi"]
    with walls.inside(devi.register_id, client=devi.id), crossing.seen() as found:
        own = Placement.objects.filter(client_id=devi.id)
        assert list(own.values_list("opening_id"))
        assert found == set()
        assert list(Opening.objects.values_list("id"))
        assert len(found) == 1
        assert list(own.values_list(Coalesce(F("opening_id"), F("opening_id"))))
        assert len(found) == 2


def test_control_a_change_in_the_other_register_is_seen(house: House) -> None:
    trial = Trial(house, {})
    trial.learn([])
    assert trial.touched("river") == set()
    house.world.enter("river")
    house.world.clients["foreign"].steps.update(title="Sana")
    assert "changed: paths_step" in trial.touched("river")


# What no request runs, and why; a filter that is run after all has no place here.
UNRUN: dict[str, str] = {}


@pytest.mark.torture(promise=3)
def test_every_filter_forgotten_shows_nothing_of_another_register(
    house: House, tmp_path: Path
) -> None:
    trial, every = Trial(house, BEHIND_WALLS, Errands(house, tmp_path)), forgetting.sites()
    trial.everything()
    assert {ask: shown for ask, shown in trial.usual.items() if shown} == {}
    run = {site: asks for site in every if (asks := trial.asking(site))}
    assert {str(site) for site in set(every) - set(run)} == set(UNRUN)
    leaking = trial.leaking(run)
    of_workers = {site for site, shown in leaking.items() if shown <= NO_WALL_BENEATH}
    told("Of roles and accounts, which no wall keeps; noticed", of_workers)
    for site, shown in leaking.items():
        assert site in of_workers, (str(site), shown)
    asked = sum(map(len, run.values()))
    reached(
        3,
        f"{len(run)} of {len(every)} filters forgotten, in {asked} of {len(trial.runs)} requests, "
        f"deeds, jobs and commands: 0 rows of another register or another client's session; "
        f"{len(of_workers)} of them show a worker of another register by name",
        "behind walls",
    )


@pytest.mark.torture(promise=3)
def test_inside_a_register_pages_notice_forgotten_filters(house: House) -> None:
    trial = Trial(house, NO_WALL)
    trial.whole(NO_WALL)
    run = {site: asks for site in forgetting.sites() if (asks := trial.asking(site))}
    noticed = set(trial.leaking(run))
    told(f"Of {len(run)}, not noticed inside a register", set(run) - noticed)
    assert noticed
    said = f"{len(noticed)} of {len(run)} filters are noticed on a page when they are forgotten"
    reached(3, said, "inside a register")


@pytest.mark.torture(promise=3)
def test_control_without_walls_many_of_them_leak(
    no_walls: None, house: House, tmp_path: Path
) -> None:
    trial = Trial(house, BEHIND_WALLS, Errands(house, tmp_path), walled=False)
    trial.everything()
    run = {site: asks for site in forgetting.sites() if (asks := trial.asking(site))}
    leaking = {site for site, shown in trial.leaking(run).items() if shown - NO_WALL_BENEATH}
    told(f"Of {len(run)}, leaking without the walls", leaking)
    # Most filters are of days and states, or doubled; but in each room some keep registers apart.
    assert {site.path.split("/")[1] for site in leaking} >= ROOMS
    reached(3, f"{len(leaking)} of {len(run)} filters leak when forgotten", "without the walls")


def told(what: str, found: Iterable[Site]) -> None:
    found = sorted(map(str, found))
    print(f"\n{what}: {len(found)}", *found, sep="\n  ")
