"""The words of writing clients: a caseload, what is wanted of one client, and a life as it goes."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from polku.contacts.models import Rhythm
from polku.demo import profiles
from polku.demo.chance import Chance
from polku.demo.diary import Diary, working_days_ago
from polku.demo.fitting import Listener
from polku.demo.household import Household, Staffed
from polku.demo.laying import choose_goals
from polku.demo.material.arcs import ARCS
from polku.demo.meetings import Meeting
from polku.demo.people import Codes, Person, mailbox, make_person
from polku.demo.rows import Rows
from polku.demo.setting import RegisterOf, TeamOf
from polku.demo.timeline import Standing, Timeline, draw, lay


@dataclass
class Caseload:
    """A coach's clients being written: shared by all of them."""

    house: Household
    plan: RegisterOf
    team: TeamOf
    coach: Staffed
    rows: Rows
    codes: Codes
    diary: Diary
    today: date
    now: datetime

    @property
    def authority(self) -> bool:
        return self.plan.kind == "authority"


@dataclass(frozen=True)
class Sketch:
    """What the caseload wants of a client; what is left open is drawn.

    `names` are first names, last name, and whether a woman. With `arc` the course is laid: its
    first `at` stages, the last of them `last` days ago, in the `window`. `is_new`: no course yet.
    `shown`: somebody of the stories.
    """

    key: str
    standing: Standing | None = None
    is_new: bool = False
    ended: bool = False
    died: bool = False
    banned: bool = False
    reopened: bool = False
    own_coach: bool = True
    ages: tuple[int, int] | None = None
    language: str = ""
    names: tuple[str, str, bool] | None = None
    town: str = ""
    arc: str = ""
    at: int = 0
    last: int = 1
    window: tuple[int, int] = (14, 35)
    wish: str | None = None
    shown: bool = False


@dataclass
class Life:
    """What is known of one client while the rows are being written."""

    case: Caseload
    sketch: Sketch
    chance: Chance
    person: Person
    town: str
    line: Timeline | None
    registered_on: date
    opened_on: date
    closed_on: date | None
    meeting: Meeting
    row: dict[str, Any] = field(default_factory=dict)
    contacts: list[dict[str, Any]] = field(default_factory=list)
    steps: list[dict[str, Any]] = field(default_factory=list)
    rhythm: Rhythm | None = None

    @property
    def id(self) -> UUID:
        return self.meeting.client_id


def begin(case: Caseload, sketch: Sketch, *, registered: date | None = None) -> Life:
    """Draw the person and the course; nothing is written yet."""
    chance = Chance.of(case.house.seed, case.plan.slug, case.coach.name, sketch.key)
    person = make_person(
        chance,
        ages=sketch.ages or case.coach.ages,
        today=case.today,
        codes=case.codes,
        language=sketch.language,
        named=sketch.names,
    )
    age = case.today.year - person.born.year
    foreign = person.language not in ("fi", "sv")
    line = None if sketch.is_new else _line(case, sketch, chance, age, foreign)
    listener = _listener(chance, person, age, foreign, line)
    if line is not None:
        registered = line.registered_on
    if registered is None:
        raise ValueError("a client without a course needs the day of registration")
    closed = None
    if sketch.ended and line is not None:
        closed = min(line.events[-1].day + timedelta(days=7), case.today - timedelta(days=3))
    opened = max(registered, date(case.plan.since, 1, 2))
    town = sketch.town or chance.of_weights(dict(case.team.towns))
    meeting = Meeting(
        rows=case.rows,
        chance=chance,
        client_id=chance.id(),
        coach=case.coach,
        diary=case.diary,
        today=case.today,
        now=case.now,
        listener=listener,
        town=town,
        email=_email(chance, person),
        service_language="sv" if person.language == "sv" else "fi",
        language=person.language,
        authority=case.authority,
        guarded=sketch.banned,
    )
    opened = min(opened, line.events[-1].day) if line else opened
    return Life(case, sketch, chance, person, town, line, registered, opened, closed, meeting)


def _line(case: Caseload, sketch: Sketch, chance: Chance, age: int, foreign: bool) -> Timeline:
    if not sketch.arc:
        return draw(
            chance,
            case.today,
            age=age,
            foreign=foreign,
            sparse=case.coach.clients > 120,
            ended=sketch.ended,
            standing=sketch.standing,
        )
    arc = next(a for a in ARCS if a.name == sketch.arc)
    last = working_days_ago(case.today - timedelta(days=sketch.last - 1), 1)
    standing = sketch.standing or "inside"
    return lay(chance, case.today, arc, sketch.at, sketch.window, standing, last)


def _listener(
    chance: Chance, person: Person, age: int, foreign: bool, line: Timeline | None
) -> Listener:
    listener = Listener(
        age,
        foreign,
        interpreter=foreign and person.language != "et" and chance.yes(0.45),
        parent=23 <= age <= 50 and chance.yes(0.45),
        work=profiles.occupation(chance, age, foreign),
    )
    if line is not None:
        if line.arc.name == "steady search":
            listener.standing = chance.of_weights({"": 65, "laid_off": 15, "part_time": 20})
        listener.goals = choose_goals(chance, line, listener)
    return listener


def _email(chance: Chance, person: Person) -> str:
    name = mailbox(person.call_name, person.last_name)
    return f"{name}@posti.example" if chance.yes(0.85) else ""
