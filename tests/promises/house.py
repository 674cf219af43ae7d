"""A furnished house for the tests that go over all pages: each kind of thing, for each client.

Three clients: `devi` (Aino's), `stranger` (Bengt's, same register), `foreign` (Carita's, another
register). `House.ask` signs an actor in once, and asks as production would: whatever the test has
named in its own transaction is forgotten first.
"""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from functools import cache, cached_property
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

from django.db import models, transaction
from django.test import Client as Browser
from django.urls import resolve

from polku.foundation import clock, crypto, walls
from polku.foundation.tests import replaying
from polku.placements.tests.rounds import coordinator
from tests.promises.addresses import OF_A_CLIENT, OF_A_REGISTER, WORDS, Address, addresses
from tests.promises.reading import Form, forms, links

STAFF = ("aino", "bengt", "lahja", "gus", "elli", "carita")
ACTORS = (*STAFF, "devi", "anonymous")
# Added to the world when first asked for: only the placement map and rounds are the coordinator's.
COORDINATOR = "konsta"
# Whoever came by a workplace's link: to Devi's placement, or with the question whether all stands.
HOSTS = {"host": "placement", "asked": "confirm"}
COACH = {"devi": "aino", "stranger": "bengt", "foreign": "carita"}
AREA = {"devi": "lake", "stranger": "lake", "foreign": "river"}

# Text that the software reads as a code, so that another text there is not a person's words.
CODES = {
    "clients.Client": {"sort_key", "search_name"},
    "clients.ContactDetails": {"phone_digits"},
    "clients.GuardedText": {"field"},
    "contacts.Contact": {"copied_digest"},
    "contacts.Draft": {"form"},
    "foundation.OutboxMessage": {"kind"},
    "foundation.User": {"password", "email", "phone"},
    "paths.Step": {"fork"},
    "statements.Statement": {"seal"},
}
SHORTEST = 20

Seen = Callable[[str, Any], None]


class House:
    """The world with everything in it, and browsers for its actors."""

    def __init__(self, world: Any) -> None:
        self.world = world
        # What makes two tests' houses the same.
        self.made = ("house", clock.now(), world.areas["lake"].id)
        self.ids: dict[str, dict[str, Any]] = replaying.once(self.made, self._furnish_all)
        self._browsers: dict[str, Browser] = {}

    def _furnish_all(self) -> dict[str, dict[str, Any]]:
        clients = self.world.clients
        return {name: self._furnish(name, client) for name, client in clients.items()}

    def _furnish(self, name: str, client: Any) -> dict[str, Any]:
        self.world.enter(AREA[name])
        worker = self.world.people[COACH[name]]
        kinds = OF_A_CLIENT | OF_A_REGISTER
        made = {place: make(client, worker) for place, make in kinds.items()}
        _more(client, worker)
        role = self.world.viewers[COACH[name]].role_id
        return made | WORDS | {"user_id": worker.id, "role_id": role}

    def sign_out(self, actor: str) -> None:
        """Forget the actor's browser, as after the session ended."""
        self._browsers.pop(actor, None)

    def browser(self, actor: str) -> Browser:
        """Return the browser in which the actor is signed in."""
        if actor not in self._browsers:
            self._browsers[actor] = self._sign_in(actor)
        return self._browsers[actor]

    def _sign_in(self, actor: str) -> Browser:
        if actor == COORDINATOR:
            coordinator(self.world)
        if actor in (*STAFF, COORDINATOR):
            return self.world.browser(actor, raise_request_exception=False)
        browser = Browser(raise_request_exception=False)
        if actor in self.world.clients:
            self._come_in(browser, actor)
        elif actor in HOSTS:
            come_by_link(self.world, self.ids["devi"], browser, HOSTS[actor])
        return browser

    def _come_in(self, browser: Browser, name: str) -> None:
        from polku.portal import access

        address, codes = access.make_letter(
            by=self.world.enter_as(COACH[name]),
            client_id=self.world.clients[name].id,
            at=clock.now(),
        )
        path = urlsplit(address).path
        browser.get(path)
        browser.post(path, {"code": codes[0]})

    def ask(self, actor: str, url: str, data: Any = None, **more: Any) -> Any:
        """Return the answer to a GET, or to a POST when there is data."""
        browser = self.browser(actor)
        walls.enter(register=None)
        if data is None:
            return browser.get(url, **more)
        return browser.post(url, data, **more)

    def sights(self, actor: str, of: str = "devi", *, seen: Seen | None = None) -> dict[str, Any]:
        """Return {url: answer} of all pages that open to the actor, with links of one kind once.

        Every address with the ids of the client, and what their pages link to. `seen` is told of
        each answer as it comes.
        """
        found: dict[str, Any] = {}
        waiting = [
            one.filled(_nobody(one) | self.ids[of])
            for one in addresses()
            if one.name not in CHANGING and not one.name.startswith(NO_ONES)
        ]
        kinds = {_kind(url) for url in waiting}
        for url in waiting:
            answer = found[url] = self.ask(actor, url)
            if seen is not None:
                seen(url, answer)
            if not is_page(answer):
                continue
            for link in links(answer.content.decode(), url):
                kind = _kind(link)
                if kind and kind not in kinds and not _foreign(link, self.ids[of]):
                    kinds.add(kind)
                    waiting.append(link)
        return found

    @contextmanager
    def trying(self, actor: str) -> Iterator[None]:
        """Take back whatever happens inside: the rows, and whether the actor is signed in."""
        browser = self.browser(actor)
        cookies = SimpleCookie(browser.cookies.output(header="", sep=";"))
        with transaction.atomic():
            yield
            transaction.set_rollback(True)
        browser.cookies = cookies

    @cached_property
    def rows(self) -> dict[str, list[models.Model]]:
        """Return {client's name: the rows of that client}, of every model."""
        found: dict[str, list[models.Model]] = {}
        for name, client in self.world.clients.items():
            self.world.enter(AREA[name])
            with walls.guarded_open(client.id):
                found[name] = [
                    row
                    for model in walls.register_models()
                    if (path := path_to_client(model))
                    for row in model.objects.filter(**{path: client.id})
                ]
        return found

    def plant(self, word: Callable[[str, models.Model, models.Field], str | None]) -> int:
        """Write a word into every text of every client's rows; return how many were written.

        `word(client's name, row, field)` returns the text, or None to leave it.
        """
        count = 0
        for name, rows in self.rows.items():
            client = self.world.clients[name]
            self.world.enter(AREA[name])
            with walls.guarded_open(client.id):
                for row in rows:
                    values = {
                        field.name: text
                        for field in texts_of(type(row))
                        if (text := word(name, row, field)) is not None
                    }
                    values |= _shaped(name, row, word)
                    if values:
                        type(row).objects.filter(pk=row.pk).update(**values)
                        count += len(values)
        return count


def come_by_link(world: Any, ids: dict[str, Any], browser: Browser, purpose: str) -> None:
    """Let somebody at a workplace in, by a link to the placement of these ids or to confirm."""
    from polku.placements.host import links
    from polku.placements.models import Placement, Supervisor

    by, placement = world.enter_as("aino"), None
    if purpose == "placement":
        placement = Placement.objects.get(pk=ids["placement_id"])
    person = Supervisor.objects.get(pk=ids["supervisor_id"])
    address = links.make(person, by=by, at=clock.now(), purpose=purpose, placement=placement)
    path = urlsplit(address).path
    walls.enter(register=None)
    browser.get(path)
    browser.post(path)


# Going there ends what the test is about to look at.
CHANGING = {"sign_out", "me_sign_out"}
# Pages of no one's data: each part in each state, and the demo's list of invented people to be.
NO_ONES = ("web:design", "demo", "map_living")


def path_to_client(model: type[models.Model]) -> str | None:
    """Return the field that names the client of a row, or None when none does."""
    if model._meta.label == "clients.Client":
        return "pk"
    names = {field.name for field in model._meta.concrete_fields}
    return "client" if "client" in names else None


def texts_of(model: type[models.Model]) -> list[models.Field]:
    """Return the fields that hold words: long enough for them, and not a code or a choice."""
    return [
        field
        for field in model._meta.concrete_fields
        if isinstance(field, (models.CharField, models.TextField))
        and not field.choices
        and (field.max_length or 1000) >= SHORTEST
        and field.name not in CODES.get(model._meta.label, ())
    ]


def _shaped(name: str, row: models.Model, word: Callable[..., str | None]) -> dict[str, Any]:
    """Return the planted values of the fields that hold words inside a shape of their own."""
    label = row._meta.label
    if label == "contacts.Contact":
        text = word(name, row, row._meta.get_field("tasks"))
        return {"tasks": [{"text": text, "due_on": ""}]} if text is not None else {}
    if label == "paths.PlanVersion":
        text = word(name, row, row._meta.get_field("content"))
        if text is None:
            return {}
        content = row.content
        for goal in content["goals"]:
            goal["text"] = text
        for step in content["steps"]:
            step.update(title=text, detail=text, when_text=text)
        return {"content": content}
    if label == "contacts.Draft":
        from polku.contacts.drafts import bound_to

        text = word(name, row, row._meta.get_field("cipher"))
        if text is None:
            return {}
        pairs = json.dumps([["agreed", text], ["private_note", text], ["task_text", text]])
        return {"cipher": crypto.seal(row.register_id, pairs, about=bound_to(row))}
    return {}


def _more(client: Any, worker: Any) -> None:
    """Rows that no address names: a language, a message, a version of the plan, a coming time."""
    from polku.clients.models import LanguageSkill
    from polku.contacts.models import Appointment, Contact, Rhythm
    from polku.foundation.models import OutboxMessage
    from polku.paths.actions import content_of
    from polku.paths.models import Plan, PlanVersion, Step

    now, own = clock.now(), {"register_id": client.register_id, "client": client}
    LanguageSkill.objects.create(**own, language="en", level="B1", told_on=clock.today())
    OutboxMessage.objects.create(
        **own, kind="appointment", subject="Aihe", body="Viesti", not_before=now, created_at=now
    )
    plan = Plan.objects.get(client=client)
    PlanVersion.objects.create(
        **own, plan=plan, number=1, agreed_on=clock.today(), content=content_of(plan)
    )
    Step.objects.filter(client=client).update(turn="client", turn_since=now)
    Step.objects.create(
        **own, plan=plan, theme="work", title="Oma askel", state="now", created_at=now,
        changed_at=now, turn="coach", turn_since=now, client_answer="yes", client_answered_at=now,
        client_word="Hyvä",
    )  # fmt: skip
    Contact.objects.create(
        **own, worker=worker, worker_name=str(worker), at=now - timedelta(days=40), kind="visit",
        agreed="Sovittu", private_note="Oma", tasks=[{"text": "Soita", "due_on": ""}],
        created_at=now, changed_at=now,
    )  # fmt: skip
    Appointment.objects.create(
        **own, worker=worker, starts_at=now + timedelta(hours=1), ends_at=now + timedelta(hours=2),
        place="Kirjasto", note="Muista", created_at=now,
    )  # fmt: skip
    Rhythm.objects.filter(client=client).update(
        wish="Aamulla", wish_pace="more", wish_told_at=now, next_on=clock.today(),
        last_reached_at=now - timedelta(days=40), discussion_due_on=date(2026, 3, 2),
    )  # fmt: skip


@cache
def _kind(url: str) -> tuple[Any, ...] | None:
    """Return what makes a page's address another kind of page: its name, and what it is asked."""
    parts = urlsplit(url)
    try:
        match = resolve(parts.path)
    except Exception:
        return None
    name = match.view_name or NO_ONES[0]
    if name in CHANGING or name.startswith(NO_ONES):
        return None
    asked = tuple(sorted(pair.partition("=")[0] for pair in parts.query.split("&") if pair))
    return name, asked


def _foreign(link: str, ids: dict[str, Any]) -> bool:
    """Return whether a link leads to another client than the one whose pages are gone through."""
    given = resolve(urlsplit(link).path).kwargs.get("client_id")
    return given is not None and given != ids["client_id"]


def is_page(answer: Any) -> bool:
    """Return whether a page opened, and not a file or a refusal."""
    return answer.status_code == 200 and "html" in answer.get("Content-Type", "")


def forms_of(answers: dict[str, Any]) -> list[Form]:
    """Return every form on pages that opened, filled in as a person would, each kind once."""
    found: dict[Any, Form] = {}
    for url, answer in answers.items():
        if is_page(answer):
            for form in forms(answer.content.decode(), url):
                found.setdefault(form.kind, form)
    return list(found.values())


def text_of(answer: Any) -> str:
    """Return what an answer says: its head, and its body, out of a PDF too."""
    head = "\n".join(f"{name}: {value}" for name, value in answer.items())
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if answer.get("Content-Type", "").startswith("application/pdf"):
        return head + "\n" + _text_of_paper(body)
    return head + "\n" + body.decode(errors="replace")


@cache
def _text_of_paper(pdf: bytes) -> str:
    from pypdf import PdfReader

    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


def _nobody(one: Address) -> dict[str, Any]:
    """Return ids that belong to nobody, for an id that the tests have not been told of yet."""
    return {place: uuid4() for place in one.places} | WORDS


def opened(answers: dict[str, Any]) -> Iterable[str]:
    """Return the addresses that opened."""
    return [url for url, answer in answers.items() if answer.status_code == 200]
