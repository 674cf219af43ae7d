"""All that the house can be asked to do, one thing at a time, each taken back afterwards.

Pages of every actor, with their own ids and with another's; forms as they stand and with another's
ids in them; staged deeds; jobs and commands.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, redirect_stdout
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import partial
from typing import Any

from django.db import transaction

from polku.foundation import clock, walls
from polku.foundation.models import RoleAssignment
from tests.promises.addresses import addresses
from tests.promises.crossing import mark
from tests.promises.deeds import CODE, Deed, of_forms, staged
from tests.promises.errands import Errands, jobs
from tests.promises.house import AREA, CHANGING, NO_ONES, House, forms_of, is_page, text_of

_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-")
NOT_ASKED = ("/demo", "/c/")
# Who does what no actor does.
WORKER = "worker"
COMMANDS_HERE = (
    "import", "import again", "import worksites", "import worksites again", "keys", "verify",
    "status",
)  # fmt: skip
Others = dict[str, tuple[str, ...]]


@dataclass(frozen=True)
class Ask:
    """One thing asked by an actor: `send(ready())` returns what was said, as text."""

    actor: str
    name: str
    ready: Callable[[], Any] = field(compare=False, repr=False)
    send: Callable[[Any], str] = field(compare=False, repr=False)
    writes: bool = field(default=False, compare=False)


class Asks:
    """Finds everything that there is to ask; `others` are the clients who are foreign to whom."""

    def __init__(self, house: House, others: Others, errands: Errands | None = None) -> None:
        self.house, self.others, self.errands = house, others, errands

    @contextmanager
    def trying(self, ask: Ask) -> Iterator[None]:
        """Take back whatever happens inside."""
        with transaction.atomic() if ask.actor == WORKER else self.house.trying(ask.actor):
            yield
            transaction.set_rollback(True)

    def some(self, actor: str) -> list[Ask]:
        """Return every other address, with the actor's own ids and with another's."""
        own = _own(actor)
        urls = {*self._filled(own), *self._foreign(actor)}
        return [self._page(actor, url) for url in sorted(urls)[::2]]

    def every(self, actor: str) -> list[Ask]:
        """Return every page, with all that it links to, and every form of these pages."""
        own = _own(actor)
        answers = self.house.sights(actor, of=own)
        found = [self._page(actor, url) for url in {*answers, *self._foreign(actor)}]
        found += [self._deed(deed) for deed in of_forms(answers, actor)]
        for form in forms_of(answers):
            found += self._swapped(actor, form, own)
        return sorted(found, key=lambda ask: ask.name)

    def every_as(self, role: str, actor: str) -> list[Ask]:
        """Return everything that a worker could ask in another role than their own."""
        become = partial(_become, self.house.world.viewers[actor].role_id, role)
        with self.house.trying(actor):
            become()
            asks = self.every(actor)
            asks += [self._post(actor, url, tuple(data.items())) for url, data in self._employers()]
        return [
            replace(ask, name=f"{role}: {ask.name}", ready=_both(become, ask.ready)) for ask in asks
        ]

    def _employers(self) -> Iterator[tuple[str, dict[str, str]]]:
        """Yield forms in which an employer is named, who may be there already."""
        host = {"legal_form": "municipality", "business_id": "", "note": "", "version": "1"}
        yield f"/places/hosts/{self.house.ids['devi']['host_id']}/", {**host, "name": "Uusi nimi"}
        new = {"name": "Koulu", "municipality": "316", "readiness": "unknown", "host": "Uusi nimi"}
        yield "/places/worksites/new/", {**new, "legal_form": "municipality"}

    def staged(self) -> list[Ask]:
        """Return the deeds that need a stage."""
        return [self._deed(deed) for deed in staged()]

    def by_hand(self) -> list[Ask]:
        """Return what a script of a page says: a code looked for, a draft thrown away in a panel.

        And what somebody types that no link holds: a telephone number.
        """
        draft = f"/drafts/{self.house.ids['devi']['draft_id']}/discard/"
        pairs = (("q", CODE),)
        return [
            self._page("aino", "/search/?q=0401234567"),
            self._post("aino", "/search/", pairs),
            self._post("elli", "/access-log/", pairs),
            self._post("aino", draft, (), headers={"x-polku-panel": "1"}),
        ]

    def worked(self) -> list[Ask]:
        """Return every job and every command that has something to do here."""
        assert self.errands is not None
        return [
            Ask(WORKER, f"{name} {number}", lambda: None, lambda _none, w=work: _done(w), True)
            for name in [*jobs(), *COMMANDS_HERE]
            for number, work in enumerate(self.errands.works(name))
        ]

    def _page(self, actor: str, url: str) -> Ask:
        return Ask(actor, url, lambda: None, lambda _none: self._said(actor, url, None))

    def _deed(self, deed: Deed) -> Ask:
        def send(post: Any) -> str:
            url, data = post
            return self._said(deed.actor, url, data)

        return Ask(deed.actor, f"do {deed.name}", lambda: deed.ready(self.house), send, True)

    def _said(self, actor: str, url: str, data: Any, **more: Any) -> str:
        for file in [value for value in (data or {}).values() if hasattr(value, "seek")]:
            file.seek(0)
        answer = self.house.ask(actor, url, data, **more)
        if data is not None and answer.status_code in {302, 303}:
            answer = self.house.ask(actor, answer["Location"])
        text = text_of(answer) if is_page(answer) or answer.status_code == 200 else ""
        for name in AREA:
            # What was said comes back: that tells nothing.
            text = text.replace(mark(name), "") if mark(name) in f"{url} {data}" else text
        return text

    def _filled(self, name: str) -> Iterator[str]:
        """Yield every address with a client's ids."""
        for one in addresses():
            if one.name not in CHANGING and not one.name.startswith(NO_ONES):
                ids = {place: self._ids(name).get(place) for place in one.places}
                if None not in ids.values():
                    yield one.filled(ids)

    def _ids(self, name: str) -> dict[str, Any]:
        run = {} if self.errands is None else {"run_id": self.errands.ids[AREA[name]]["run_id"]}
        return self.house.ids[name] | run

    def _foreign(self, actor: str) -> Iterator[str]:
        for name in self.others[actor]:
            yield from (url for url in self._filled(name) if _ID.search(url))
            yield f"/search/?q={mark(name)}"
            yield f"/clients/?coach={self.house.ids[name]['user_id']}"
            chosen = f"client={self.house.ids[name]['client_id']}"
            yield f"/places/?{chosen}"
            yield f"/places/points/?bbox=20,59,32,70&zoom=8&{chosen}"

    def _swapped(self, actor: str, form: Any, own: str) -> Iterator[Ask]:
        """Yield the form with another's ids in place of the own."""
        if "/sign-" in form.action or form.action.startswith(NOT_ASKED):
            return
        for name in self.others[actor]:
            theirs = self._ids(name)
            swapped = {str(i): str(theirs[n]) for n, i in self._ids(own).items() if n in theirs}
            url, pairs = form.action, form.pairs
            for mine, other in swapped.items():
                url = url.replace(mine, other)
                pairs = tuple((key, value.replace(mine, other)) for key, value in pairs)
            if (url, pairs) != (form.action, form.pairs):
                yield self._post(actor, url, pairs)

    def _post(self, actor: str, url: str, pairs: Iterable[tuple[str, str]], **more: Any) -> Ask:
        data: dict[str, list[str]] = {}
        for name, value in pairs:
            data.setdefault(name, []).append(value)
        return Ask(
            actor, f"{url} {pairs}", lambda: None,
            lambda _none: self._said(actor, url, data, **more), True,
        )  # fmt: skip


def _become(role_id: Any, role: str) -> None:
    RoleAssignment.objects.filter(pk=role_id).update(role=role)


def _both(first: Callable[[], Any], then: Callable[[], Any]) -> Callable[[], Any]:
    def ready() -> Any:
        first()
        return then()

    return ready


def _own(actor: str) -> str:
    return {"carita": "foreign", "bengt": "stranger"}.get(actor, "devi")


def _done(work: Any) -> str:
    """Do it a month later, as when there is something to sweep."""
    walls.enter(register=None)
    # What a wall refuses is undone alone; what a command prints is for whoever started it.
    later, silent = clock.now() + timedelta(days=30), redirect_stdout(io.StringIO())
    with clock.at(later), transaction.atomic(), silent:
        work()
    return ""


__all__ = ["WORKER", "Ask", "Asks"]
