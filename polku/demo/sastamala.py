"""Sastamala coaches, Punkalaidun keeps rehabilitative work to itself: one client, two workers."""

from __future__ import annotations

from datetime import timedelta

from polku.demo import meetings
from polku.demo.casebook import Life
from polku.demo.chance import Chance
from polku.demo.diary import Diary, moment, on_working_day, working_days_ago
from polku.demo.household import Household, Staffed
from polku.rules.calendar import add_working_days

PUNKALAIDUN = "619"
SITUATIONS = ("rehabilitative_work", "health_first")
MOST = 14
CONCERNS = "Punkalaitumen kunta, kuntouttava työtoiminta"


def share(house: Household, lives: list[Life], worker: Staffed) -> None:
    """Let Punkalaidun's own worker see those who are in its rehabilitative work, by consent."""
    theirs = [
        x
        for x in lives
        if x.town == PUNKALAIDUN
        and x.closed_on is None
        and not x.sketch.banned
        and x.line is not None
        and x.line.situation in SITUATIONS
    ][:MOST]
    chance = Chance.of(house.seed, "punkalaidun")
    diary = Diary(chance)
    for nth, life in enumerate(theirs):
        _relate(chance, life, worker)
        if nth % 2 == 0:
            _meet(chance, life, worker, diary, nth // 4)


def _relate(chance: Chance, life: Life, worker: Staffed) -> None:
    day = working_days_ago(life.case.today, chance.randint(15, 70))
    at = moment(max(day, life.opened_on), 10 * 60)
    rows = life.case.rows
    rows.add(
        "clients.Consent",
        id=chance.id(),
        client_id=life.id,
        kind="share_plan",
        concerns=CONCERNS,
        how="written",
        given_at=at,
        recorded_by_id=life.case.coach.user_id,
    )
    rows.add(
        "foundation.Relation",
        id=chance.id(),
        client_id=life.id,
        kind="shared",
        user_id=worker.user_id,
        starts_at=at,
        reason="Kuntouttava työtoiminta",
        given_by_id=life.case.coach.user_id,
    )


def _meet(chance: Chance, life: Life, worker: Staffed, diary: Diary, days: int) -> None:
    """Book a time with Punkalaidun's worker, where the client's own day is still free."""
    day = add_working_days(on_working_day(life.case.today), days)
    if any(row["starts_at"].date() == day for row in life.case.rows.of("contacts.Appointment")
           if row["client_id"] == life.id):  # fmt: skip
        return
    starts = diary.take(day, 45)
    if starts is None:
        return
    life.case.rows.add(
        "contacts.Appointment",
        id=chance.id(),
        client_id=life.id,
        worker_id=worker.user_id,
        starts_at=starts,
        ends_at=starts + timedelta(minutes=45),
        kind="visit",
        purpose="place",
        place=meetings.POINT[PUNKALAIDUN],
        note="Kuntouttavan työtoiminnan väliarvio",
        created_at=life.case.now - timedelta(days=6),
        created_by_id=worker.user_id,
    )
