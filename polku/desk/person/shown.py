"""The whole client page, from the rooms' reads: seven statements for any length of path."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import takewhile
from uuid import UUID

from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from polku.clients.models import Client
from polku.clients.person import Person
from polku.contacts import queries as contacts
from polku.desk.addresses import address
from polku.desk.person import facts, path
from polku.desk.person.drawn import facts_drawn, history_drawn
from polku.desk.person.history import contact_lines
from polku.desk.person.matters import matters
from polku.desk.person.placed import Placed, placed
from polku.desk.person.plan import OPEN, PlanShown, plan_shown
from polku.desk.person.since import Since, since_you_last_met
from polku.desk.person.timing import Timing, timing
from polku.foundation import clock
from polku.foundation.permissions import can
from polku.foundation.viewer import Viewer
from polku.law import in_force
from polku.paths import queries as paths
from polku.paths.picture.listing import ListItem
from polku.statements import summaries
from polku.statements.presenters import Line
from polku.teamwork import queries as teamwork
from polku.teamwork.queries import Tie
from polku.web import dates, people

LOOK_BACK = timedelta(days=180)
READ_CONTACTS = 40


@dataclass(frozen=True, slots=True)
class TurnBanner:
    """Whose turn it is, what exactly waits and since when. `whose` is you, them or none."""

    who: str
    whose: str
    what: str
    href: str
    since: str
    others: int


@dataclass(frozen=True, slots=True)
class Note:
    """A hand-over's note: from whom, when, what, and whether it is still to be read."""

    read_url: str
    giver: str
    day: str
    text: str
    unread: bool


@dataclass(frozen=True, slots=True)
class ClientPage:
    """Everything that the page shows, in words."""

    person: Person
    name: str
    initials: str
    about: tuple[str, ...]
    began: str
    team: tuple[str, ...]
    turn: TurnBanner | None
    since: Since
    timing: Timing
    picture: SafeString
    in_words: tuple[ListItem, ...]
    plan: PlanShown
    placed: Placed
    matters: tuple[Line, ...]
    history: SafeString
    history_count: int
    history_rest: int
    facts: SafeString
    languages: str
    consents: list[tuple[str, str]]
    no_mail: str
    statuses: list[tuple[str, str]]
    status: str
    closing: str
    closed: str
    died: str
    note: Note | None
    links: dict[str, str]


def client_page(viewer: Viewer, person: Person, *, target_days: int) -> ClientPage:
    """Return the page of a client whom `person()` has found to be visible."""
    now = clock.now()
    today = dates.day_of(now)
    around = contacts.around(viewer, client_id=person.id, since=now - LOOK_BACK)
    logged = contacts.logged(viewer, client_id=person.id, count=READ_CONTACTS)
    ties = teamwork.ties(viewer, client_id=person.id)
    plan = paths.plan_now(viewer, client_id=person.id)
    steps = paths.steps(viewer, client_id=person.id)
    placements, open_matters = summaries.with_placements(viewer, client_id=person.id)
    lines = contact_lines(logged, today, person.id)
    in_all = around.contact_count if around else len(logged)
    links = links_of(viewer, person)
    return ClientPage(
        person=person,
        name=person.name,
        initials=person.name,
        about=_about(person, today),
        began=dates.month(person.opened_on),
        team=_team(ties, viewer, hide_team=person.safety_ban),
        turn=_turn(person, steps, today),
        since=since_you_last_met(
            person,
            contacts=logged,
            steps=steps,
            appointments=around.appointments if around else [],
            ties=ties,
            user_id=viewer.user_id,
            today=today,
        ),
        timing=timing(
            person,
            around,
            now,
            target_days,
            _tries(logged),
            law=in_force.of(viewer.register_id),
        ),
        picture=path.drawn(steps, person, today, links["plan"]),
        in_words=path.in_words(steps, person, today),
        plan=plan_shown(plan, steps, person, today),
        placed=placed(placements, person, today),
        matters=matters(open_matters, person, today),
        history=history_drawn(lines),
        history_count=in_all,
        history_rest=in_all - len(lines),
        facts=facts_drawn(facts.fact_groups(person, today)),
        languages=facts.language_words(person),
        consents=facts.consent_lines(person, today),
        no_mail=facts.mail_words(person),
        statuses=facts.status_lines(person, today),
        status=_status(person, today),
        closing=facts.closing_words(person, today),
        closed=dates.full(person.closed_on) if person.closed_on else "",
        died=dates.full(person.died_on) if person.died_on else "",
        note=_note(ties, today, viewer.user_id),
        links=links,
    )


def _tries(logged: list[contacts.Logged]) -> list[str]:
    """Return the kinds of the tries since somebody was reached, newest first."""
    return [one.kind for one in takewhile(lambda one: not one.reached, logged)]


def links_of(viewer: Viewer, person: Person) -> dict[str, str]:
    """Return where the page's buttons lead; empty for what no room offers or the role may not."""
    one = str(person.id)
    named = {
        "book": ("appointment_new", "contacts.book"),
        "log": ("contact_new", "contacts.log"),
        "remind": ("reminder_new", "contacts.remind"),
        "window": ("rhythm_edit", "contacts.log"),
        "plan": ("client_plan", "paths.write"),
        "outlook": ("outlook", "insight.outlook"),
        "edit": ("client_edit", "clients.change"),
        "details": ("client_details", "clients.change"),
        "facts": ("client_facts", "clients.change"),
        "consents": ("client_consents", "clients.change"),
        "turns": ("client_turns", "clients.close"),
        "bulk": ("team_bulk", "teamwork.hand_over"),
        "own_view": ("client_access", "portal.access"),
        "placements": ("client_placements", "placements.see"),
        "suggest": ("placement_new", "placements.suggest"),
        "search": ("client_search", "placements.search"),
        "statements": ("client_statements", "statements.see"),
        "begin_matter": ("matter_new", "statements.write"),
        "contacts": ("client_contacts", "clients.see"),
        "access": ("client_log", "clients.see"),
        "changed": ("client_history", "clients.see"),
        "identity": ("client_identity", "clients.identity"),
        "guarded": ("client_guarded", "clients.see"),
    }
    found = {
        word: _there(name, one) if can(viewer, permission) else ""
        for word, (name, permission) in named.items()
    }
    if person.closed_on:
        shut = ("book", "log", "remind", "window", "suggest", "outlook", "begin_matter")
        found.update(dict.fromkeys(shut, ""))
    return found


def _there(name: str, client_id: str) -> str:
    return address(name, client_id) or address(name)


def _about(person: Person, today: date) -> tuple[str, ...]:
    swedish = (get_language() or "").startswith("sv")
    town = person.municipality_sv if swedish else person.municipality_fi
    language = people.language(person.language)
    if person.interpreter:
        language = _("%(language)s, with an interpreter") % {"language": language}
    words = (people.age(person.born, today), town or "", language)
    return tuple(word for word in words if word)


def _team(ties: list[Tie], viewer: Viewer, *, hide_team: bool) -> tuple[str, ...]:
    """Return who stands around the client, the own coach first.

    A team's name tells the town, which a safety ban guards.
    """
    order = {"own": 0, "cover": 1, "shared": 2, "team": 3}
    words = {
        "own": _("coach %(name)s"),
        "cover": _("covered by %(name)s"),
        "shared": _("shared with %(name)s"),
        "team": "%(name)s",
    }
    found = []
    for tie in sorted((t for t in ties if t.what in order), key=lambda t: order[t.what]):
        if tie.what == "team" and hide_team:
            continue
        name = _("you") if tie.user_id and tie.user_id == viewer.user_id else tie.name
        found.append(words[tie.what] % {"name": name if tie.what != "team" else tie.text})
    if not any(tie.what == "own" for tie in ties):
        found.insert(0, _("no own coach"))
    return tuple(found)


def _turn(person: Person, steps: list[paths.StepRow], today: date) -> TurnBanner | None:
    if person.closed_on:
        return None
    # The client's own first, then the worker's, then everybody else's; of each the oldest.
    order = {"client": 0, "coach": 1}
    waiting = sorted(
        (step for step in steps if step.turn and step.turn_since),
        key=lambda step: (order.get(step.turn, 2), step.turn_since),
    )
    if not waiting:
        return None
    step: paths.StepRow = waiting[0]
    answers = {"no": _("said no"), "not_now": _("said not now")}
    what = step.title
    if step.turn == "coach" and step.client_answer in answers:
        what = f"{step.title}: {person.called} {answers[step.client_answer]}"
    elif step.turn == "client" and step.state in OPEN and not step.client_answer:
        what = _("Answer the suggestion: %(step)s") % {"step": step.title}
    assert step.turn_since is not None
    return TurnBanner(
        who=_("Your turn") if step.turn == "coach" else path.turn_word(step, person),
        whose="you" if step.turn == "coach" else "them",
        what=what,
        href=f"#step-{step.id}",
        since=dates.ago(dates.day_of(step.turn_since), today),
        others=len(waiting) - 1,
    )


def _status(person: Person, today: date) -> str:
    label = str(Client.Status(person.status).label)
    if person.unemployed_since is None or person.status != Client.Status.UNEMPLOYED:
        return label
    months = (today.year - person.unemployed_since.year) * 12
    months += today.month - person.unemployed_since.month
    since = dates.short(person.unemployed_since, today)
    return _("%(status)s since %(day)s (%(n)d months)") % {
        "status": label,
        "day": since,
        "n": max(0, months),
    }


def _note(ties: list[Tie], today: date, user_id: UUID | None) -> Note | None:
    tie = next((t for t in ties if t.what == "hand_over"), None)
    if tie is None:
        return None
    unread = tie.until is None
    mine = any(t.what == "own" and t.user_id == user_id for t in ties)
    return Note(
        read_url=address("hand_over_read", tie.id) if unread and mine else "",
        giver=tie.name,
        day=dates.short(dates.day_of(tie.at), today),
        text=tie.text or "",
        unread=unread,
    )
