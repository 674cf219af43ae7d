"""Filling a register: each coach's clients, the times ahead of them, what waits and what is due."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from polku.demo import dividing, household, karkola, meetings, routine, sastamala, workplaces
from polku.demo.casebook import Caseload, Life, Sketch
from polku.demo.chance import Chance
from polku.demo.diary import Diary, moment, on_working_day, working_days_ago
from polku.demo.household import Household, Staffed
from polku.demo.lives import live
from polku.demo.newcomers import NEWCOMERS, arrive
from polku.demo.people import Codes
from polku.demo.rows import Rows
from polku.demo.setting import AGREEMENTS, KARKOLA, PIRKANMAA, RegisterOf, TeamOf
from polku.rules.calendar import add_working_days

AHEAD = 12
MOST_A_DAY = 5
ENDED_SHARE = 0.1
# In a caseload of that size somebody has died in the last half year.
MANY = 85
MINUTES = {"new": 60, "active": 40, "steady": 15, "in_service": 10, "interpreter": 15}


@dataclass
class Filled:
    """A register's rows, and the lives of the stories, whose looks are written at the end."""

    rows: Rows
    shown: list[Life]


def fill(house: Household, plan: RegisterOf, today: date, now: datetime) -> Filled:
    """Return every row of the register."""
    rows = Rows(house.registers[plan.slug])
    household.teams(house, plan, rows)
    _agreements(house, plan, rows)
    _assumptions(house, plan, rows, now)
    codes = Codes()
    lives: list[Life] = []
    for team in plan.teams:
        lives += _team(house, plan, team, rows, codes, today, now)
    if plan is PIRKANMAA:
        sastamala.share(house, lives, house.staff[plan.slug, "Punkalaidun"][0])
    workplaces.lay(house, plan, rows, lives, today, now)
    return Filled(rows, [x for x in lives if x.sketch.shown])


def _team(
    house: Household, plan: RegisterOf, team: TeamOf, rows: Rows, codes: Codes, today: date,
    now: datetime,
) -> list[Life]:  # fmt: skip
    coaches = [w for w in house.staff[plan.slug, team.name] if w.clients]
    new = [NEWCOMERS[n % len(NEWCOMERS)] for n in range(team.new)]
    by_coach: list[tuple[Caseload, list[Life]]] = []
    for nth, coach in enumerate(coaches):
        diary = Diary(Chance.of(house.seed, "diary", plan.slug, coach.name))
        case = Caseload(house, plan, team, coach, rows, codes, diary, today, now)
        lives = _special(case, nth, coaches) if team is KARKOLA else []
        mine = new[nth :: len(coaches)]
        lives += [live(case, s) for s in sketches(case, coach.clients - len(mine) - len(lives))]
        lives += [
            arrive(case, who, Sketch(f"new {n}", is_new=True, own_coach=who.own_coach))
            for n, who in enumerate(mine)
        ]
        if team is KARKOLA and not nth:
            lives += dividing.waiting(case)
        look_ahead(case, lives)
        remind(case, lives)
        by_coach.append((case, lives))
    if team is KARKOLA:
        _between(house, by_coach)
    for _case, lives in by_coach:
        for life in lives:
            if life.rhythm is not None:
                meetings.add_rhythm(life.meeting, life.rhythm, life.contacts)
    return [life for _case, lives in by_coach for life in lives]


def _special(case: Caseload, nth: int, coaches: list[Staffed]) -> list[Life]:
    """Return the demo coach's own clients of the stories; the others have none."""
    if nth:
        return []
    lives = karkola.lives_of_aino(case)
    karkola.own_mirja(case, lives[0], coaches[2])
    return lives + karkola.handed_over(case, coaches[1])


def _between(house: Household, by_coach: list[tuple[Caseload, list[Life]]]) -> None:
    """Tie the coaches of the team: a cover, and a relative whom one of them may not see."""
    (aino, _), (jere, his), (marjut, _) = by_coach
    lead = next(w for w in house.staff["paijat-hame", "Kärkölä"] if w.role == "lead")
    karkola.cover(jere, his, marjut.coach, lead)
    sketch = Sketch("relative", names=("Juhani", "Laakso", False), language="fi", ages=(55, 60),
                    arc="steady search", at=6, last=12)  # fmt: skip
    relative = live(marjut, sketch)
    by_coach[2][1].append(relative)
    karkola.recuse(marjut, relative, aino.coach)


def sketches(case: Caseload, open_ones: int) -> list[Sketch]:
    """Return what each client of the coach should be like."""
    ended = max(2, round(case.coach.clients * ENDED_SHARE))
    made = [Sketch(f"{nth}") for nth in range(open_ones)]
    large = case.coach.clients >= MANY
    made += [Sketch(f"ended {n}", ended=True, died=large and n == 0) for n in range(ended)]
    made[2] = Sketch("2", reopened=True)
    if case.authority:
        made[7] = Sketch("7", banned=True, standing="inside")
    return made


def look_ahead(case: Caseload, lives: list[Life]) -> None:
    """Book the coming days: those who are due first, then enough to make each a day's work."""
    open_ones = [x for x in lives if x.line and x.closed_on is None and x.rhythm]
    times = case.rows.of("contacts.Appointment")
    booked: set[UUID] = {a["client_id"] for a in times if a["starts_at"] >= case.now}
    for life in open_ones:
        assert life.rhythm is not None
        wanted = life.rhythm.next_kind in ("visit", "video") and life.id not in booked
        day = life.rhythm.next_on
        if wanted and day and life.chance.yes(0.85) and _book(case, life, day):
            booked.add(life.id)
    least = 4 if case.coach.clients >= 75 else 2
    day = on_working_day(case.today)
    for _ in range(AHEAD):
        near = [
            x
            for x in open_ones
            if x.id not in booked
            and x.rhythm is not None
            and x.rhythm.next_on is not None
            and abs((x.rhythm.next_on - day).days) <= 4
            and x.line is not None
            and x.line.standing == "inside"
        ]
        for life in near[: max(0, least - case.diary.load_of(day))]:
            if _book(case, life, day):
                booked.add(life.id)
        day = add_working_days(day, 1)


def _book(case: Caseload, life: Life, day: date) -> bool:
    rhythm = life.rhythm
    if rhythm is None or case.diary.load_of(day) >= MOST_A_DAY or day < case.today:
        return False
    due = rhythm.discussion_due_on
    purpose = "discussion" if due and (due - day).days <= 21 else "coaching"
    minutes = life.chance.choice((30, 45, 45, 60))
    minutes += 15 if life.meeting.listener.interpreter else 0
    at = case.diary.take(day, minutes)
    if at is None:
        return False
    kind = rhythm.next_kind if rhythm.next_kind in ("visit", "video") else "visit"
    status = "confirmed" if life.chance.yes(0.82) else "proposed"
    meetings.book(life.meeting, at, minutes, kind=kind, purpose=purpose, status=status)
    rhythm.next_on, rhythm.next_kind = day, kind
    return True


def remind(case: Caseload, lives: list[Life]) -> None:
    """Add reminders: one overdue, some today and in the coming days, more that are done."""
    chance = Chance.of(case.house.seed, "reminders", case.coach.name)
    open_ones = [x for x in lives if x.line and x.closed_on is None]
    offsets = [-2, 0, 0, 1, 1, 2, 3, 4, 6, 9]
    chosen = chance.sample(open_ones, min(len(open_ones), len(offsets) + 14))
    for nth, life in enumerate(chosen):
        done = nth >= len(offsets)
        if done:
            on = working_days_ago(case.today, chance.randint(1, 30))
        elif offsets[nth] < 0:
            on = working_days_ago(case.today, -offsets[nth])
        else:
            on = add_working_days(on_working_day(case.today), offsets[nth])
        created = moment(working_days_ago(on, chance.randint(2, 9)), 13 * 60 + 10)
        text = chance.choice(routine.REMINDERS)
        if "tulkki" in text and not life.meeting.listener.interpreter:
            text = routine.REMINDERS[0]
        case.rows.add(
            "contacts.Reminder",
            id=chance.id(),
            client_id=life.id,
            worker_id=case.coach.user_id,
            on=on,
            text=text,
            created_at=min(created, case.now - timedelta(hours=3)),
            done_at=moment(on, 15 * 60) if done else None,
            done_by_id=case.coach.user_id if done else None,
        )


def _agreements(house: Household, plan: RegisterOf, rows: Rows) -> None:
    for nth, (town, task, office, note) in enumerate(AGREEMENTS.get(plan.slug, ())):
        rows.add(
            "teamwork.Agreement",
            id=Chance.of(house.seed, "agreement", plan.slug, nth).id(),
            municipality_id=town,
            task=task,
            organisation_id=house.offices[office],
            valid_from=date(2025, 1, 1),
            note=note,
        )


def _assumptions(house: Household, plan: RegisterOf, rows: Rows, now: datetime) -> None:
    for situation, minutes in MINUTES.items():
        rows.add(
            "teamwork.MinutesAssumption",
            id=Chance.of(house.seed, "minutes", plan.slug, situation).id(),
            situation=situation,
            minutes_a_week=minutes,
            changed_at=now - timedelta(days=200),
        )
