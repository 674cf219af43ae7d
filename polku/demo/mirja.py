"""The client of the stories: her path of nearly three years, written by hand.

Dates are counted back from today, so that she stands at the same place on whatever day the world
is built: a trial has been proposed, and it is her turn.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from polku.demo import meetings
from polku.demo.casebook import Caseload, Life, Sketch, begin
from polku.demo.diary import moment, on_working_day, working_days_ago
from polku.demo.laying import Course, Laid, season
from polku.demo.material.notes import one_line
from polku.demo.material.plans import Goal
from polku.demo.placed import way_from, word
from polku.demo.plans import write_plan
from polku.demo.records import write_client, write_periods, write_relations
from polku.rules.calendar import add_months

SKETCH = Sketch(
    "mirja", names=("Mirja Kaarina", "Lehtinen", True), language="fi", ages=(52, 52), is_new=True,
    town="316", own_coach=False,
    shown=True,
)  # fmt: skip
BEFORE = "Kuntakokeilun valmentaja"
MINUTES = {"call": 20, "visit": 45, "sms": 5}


@dataclass(frozen=True, slots=True)
class Said:
    """A contact: when (months and days back), how, and what was written down."""

    months: int
    days: int
    kind: str
    purpose: str
    text: str
    agreed: tuple[str, ...] = ()
    works: str = ""
    scale: int | None = None
    step: str = ""
    initiative: str = "worker"


def read_contacts() -> tuple[Said, ...]:
    """Return what was said over the years, oldest first."""
    rows = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
    return tuple(
        Said(
            months=row["back"][0],
            days=row["back"][1],
            kind=row["kind"],
            purpose=row["purpose"],
            text=one_line(row["text"]),
            agreed=tuple(row.get("agreed", ())),
            works=row.get("works", ""),
            scale=row.get("scale"),
            step=row.get("step", ""),
            initiative=row.get("by", "worker"),
        )
        for row in rows["contacts"]
    )


# theme, kind, title, state, start and end (months and days back), what more there is to say
BEHIND = (
    ("work", "contact", "Ensimmäinen soitto", "done", (32, 6), (32, 6), ""),
    ("work", "coaching", "Vahvuudet kartoitettu", "done", (31, 4), (31, 4), ""),
    ("health", "health", "Työkyvyn arviointi", "done", (28, 10), (25, 29),
     "Keittiötyö sopii, kun päivä on lyhyt ja välillä saa istua."),
    ("work", "papers", "Hygieniapassi", "done", (21, 18), (21, 18), ""),
    ("work", "work_trial", "Työkokeilu kahvilassa", "dropped", (18, 3), (17, 12),
     "Nostot ja kiire olivat liikaa. Päätettiin yhdessä."),
    ("health", "health", "Ohjeet työasentoihin", "done", (5, 10), (2, 6),
     "Fysioterapeutilta, jumppa joka ilta."),
)  # fmt: skip
GOALS = (
    Goal("work", "Kokeilla keittiötyötä lyhyellä päivällä", (), "Ravintola-alan osatutkinto"),
    Goal("learning", "Selvittää osatutkinto omaohjaajan kanssa", (), ""),
    Goal("health", "Polvet kestävät työpäivän", (), ""),
)
WORDS = (
    ("wish", "9412", "Keittiö on oma paikka."),
    ("skill", "5120", "Ruokaa sadalle, jos tarvitsee."),
    ("learn", "7512", ""),
    ("veto", "9112", "Ei enää siivousta."),
)
FACTS = (
    ("wish", "work", "Keittiötyötä, ei enää siivousta", "client"),
    ("wish", "everyday", "Aamut ovat parasta aikaa", "client"),
    ("strength", "skill", "Ruokaa sadalle, jos tarvitsee", "together"),
    ("strength", "skill", "Hygieniapassi", "together"),
    ("strength", "work", "Rauhoittaa hermostuneen", "coach"),
    ("strength", "everyday", "Täsmällinen, herää ilman kelloa", "client"),
    ("obstacle", "health", "Seisomatyössä tarvitaan taukoja", "client"),
    ("need", "health", "Neljän tunnin päivä, välillä istuen", "together"),
    ("obstacle", "travel", "Ensimmäinen bussi vasta 7.40", "client"),
)


def back(today: date, months: int, days: int = 0) -> date:
    """Return the working day so many months and days before today."""
    return on_working_day(add_months(today, -months) - timedelta(days=days))


def live_mirja(case: Caseload) -> Life:
    """Write Mirja with all that has happened; only the rhythm's row is left to the caseload."""
    today = case.today
    registered = back(today, 32, 8)
    life = begin(case, SKETCH, registered=registered)
    life.meeting.email = "mirja.lehtinen@posti.example"
    # Hers is the oldest record of the register: the demo's first client.
    life.opened_on = date(case.plan.since, 1, 2)
    write_client(
        life,
        status="02",
        since=registered,
        situation="Viimeisin työ: laitoshuoltaja ja keittiöapulainen hoivakodissa, joka "
        "suljettiin. Polvet asettavat ehtoja, keittiö on oma paikka.",
        changed=working_days_ago(today, 4),
        created_at=moment(life.opened_on, 8 * 60),
    )
    trial = (back(today, 18, 3), back(today, 17, 12))
    write_periods(life, [("02", registered), ("07", trial[0]), ("02", trial[1])])
    write_relations(life)
    _told(life)
    _contacts(life)
    life.rhythm = meetings.rhythm_of(
        life.meeting, (7, 42), registered, life.contacts,
        wish="Aamupäivisin, mieluiten kasvotusten",
    )  # fmt: skip
    _plan(life)
    _looks_for(life)
    return life


def _looks_for(life: Life) -> None:
    """Write what kind of place she looks for: a kitchen, short days, no cleaning any more."""
    rows, chance, since = life.case.rows, life.chance, back(life.case.today, 1, 4)
    rows.add(
        "placements.Search",
        id=chance.id(),
        client_id=life.id,
        waiting_since=since,
        kinds=["work_trial", "pay_subsidy"],
        hours_at_most=4,
        days_at_most=4,
        limits=["lifting_10", "hurry"],
        cards=["hygiene"],
        mode="bus",
        minutes_at_most=40,
        **way_from(life),
        changed_at=moment(since, 11 * 60),
    )
    for kind, code, text in WORDS:
        word(rows, life, chance, kind, code, since, text=text)


def _told(life: Life) -> None:
    chance, rows, coach = life.chance, life.case.rows, life.case.coach.user_id
    for kind, topic, text, told_by in FACTS:
        rows.add(
            "clients.Fact",
            id=chance.id(),
            client_id=life.id,
            kind=kind,
            topic=topic,
            text=text,
            told_by=told_by,
            told_on=back(life.case.today, 14, 14),
            written_by_id=coach,
        )
    for language, level in (("fi", "X"), ("sv", "A2")):
        rows.add(
            "clients.LanguageSkill",
            id=chance.id(),
            client_id=life.id,
            language=language,
            level=level,
            told_on=life.opened_on,
        )
    for kind, concerns, how in (
        ("email", "", "spoken"),
        ("share_plan", "Koulutuskeskus Salpaus, omaohjaaja", "written"),
    ):
        rows.add(
            "clients.Consent",
            id=chance.id(),
            client_id=life.id,
            kind=kind,
            concerns=concerns,
            how=how,
            given_at=moment(back(life.case.today, 11, 18), 10 * 60 + 20),
            recorded_by_id=coach,
        )


def _contacts(life: Life) -> None:
    case, chance = life.case, life.chance
    mine = back(case.today, 14, 20)
    contacts = read_contacts()
    for nth, said in enumerate(contacts):
        day = back(case.today, said.months, said.days)
        if day >= case.today:
            day = working_days_ago(case.today, 1)
        at = case.diary.take_from(day, MINUTES[said.kind])
        if at is None:
            continue
        following = contacts[nth + 1] if nth + 1 < len(contacts) else None
        row: dict[str, Any] = {
            "id": chance.id(),
            "client_id": life.id,
            "worker_id": case.coach.user_id if day > mine else None,
            "worker_name": case.coach.name if day > mine else BEFORE,
            "at": at,
            "minutes": MINUTES[said.kind],
            "kind": said.kind,
            "purpose": said.purpose,
            "initiative": said.initiative,
            "reached": True,
            "agreed": said.text,
            "tasks": meetings.tasks(chance, said.agreed, day),
            "what_works": said.works,
            "scale": said.scale,
            "next_small_step": said.step,
            "next_on": following and back(case.today, following.months, following.days),
            "created_at": at + timedelta(minutes=30),
            "changed_at": at + timedelta(minutes=30),
        }
        if day > mine and said.kind != "sms" and following:
            row |= {
                "copied_at": at + timedelta(minutes=35),
                "copied_by_id": case.coach.user_id,
                "copied_digest": "-",
            }
        case.rows.keep("contacts.Contact", row)
        life.contacts.append(row)


def _plan(life: Life) -> None:
    today = life.case.today
    path = Course(
        [(GOALS[0], None, None), (GOALS[1], None, None), (GOALS[2], back(today, 2), None)]
    )
    details = []
    for theme, kind, title, state, start, end, detail in BEHIND:
        goal = {"work": 0, "learning": 1, "health": 2}[theme]
        path.steps.append(
            Laid(theme, kind, title, state, back(today, *start), back(today, *end), "client", goal)
        )
        details.append(detail)
    spring, autumn = season(add_months(today, 4)), season(add_months(today, 9))
    starts = today + timedelta(days=9 + (-today.weekday() - 2) % 7)
    path.steps += [
        Laid("learning", "application", "Hakemus osatutkintoon omaohjaajan kanssa", "now",
             back(today, 1), None, "other", 1),
        Laid("work", "work_trial", "Työkokeilu koulun keittiössä", "proposed", starts, None,
             "client", 0, when=f"alkaen {starts.day}.{starts.month}."),
        Laid("work", "pay_subsidy", "Palkkatukityö keittiössä", "planned", None, None, "coach", 0,
             "a", spring),
        Laid("learning", "study", "Ravintola-alan osatutkinto", "planned", None, None, "client", 1,
             "a", f"tai {autumn}"),
    ]  # fmt: skip
    details += [
        "Täytetään yhdessä, haku päättyy tammikuussa.",
        "Vuokkoharjun koulu, neljä tuntia päivässä, seisomista enintään kaksi tuntia kerrallaan. "
        "Bussi 7.40 ehtii.",
        "",
        "",
    ]
    agreed = [c["at"] for c in life.contacts if c["purpose"] in ("initial", "discussion")]
    sent = moment(working_days_ago(today, 1), 14 * 60 + 10)
    life.steps = write_plan(
        life.case.rows,
        life.chance,
        life.id,
        path,
        agreed=[agreed[0], agreed[4], agreed[6], agreed[-1]],
        now=life.case.now,
    )
    for step, detail in zip(life.steps, details, strict=True):
        step |= {"detail": detail, "client_word": ""}
        if step["state"] == "proposed":
            step |= {"turn": "client", "turn_since": sent, "created_at": sent, "changed_at": sent,
                     "coach_answered_at": sent}  # fmt: skip
    life.steps[6] |= {"turn": "counterpart", "turn_since": sent - timedelta(days=12)}
