"""Which of the demo's clients sit in which seat: now, behind them, or ahead as a suggestion."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from polku.demo import placed, suggested
from polku.demo.casebook import Life
from polku.demo.chance import Chance
from polku.demo.diary import moment, on_working_day, working_days_ago
from polku.demo.towns import Laying, Seat, Town, fill
from polku.foundation import clock

PLACED = {"work_trial": 120, "pay_subsidy": 210, "rehabilitative": 150}


def place(laying: Laying, lives: list[Life]) -> None:
    """Put clients into seats: those whose path has a placement under way, behind it or ahead."""
    for life in lives:
        if life.row.get("safety_ban") or life.closed_on is not None:
            continue
        steps = [step for step in life.steps if step["kind"] in PLACED]
        began = [step for step in steps if step["starts_on"]]
        under_way = [step for step in began if step["state"] == "now"]
        behind = [step for step in began if step["state"] in ("done", "dropped")]
        for step in [*under_way[:1], *behind]:
            _placement(laying, life, step)
        ahead = [step for step in steps if step["state"] in ("planned", "proposed")]
        if ahead and not under_way and life.sketch.key != "mirja":
            _ahead(laying, life, ahead[0])


def _placement(laying: Laying, life: Life, step: dict[str, Any]) -> None:
    """Add a placement that began: it runs, came to its end, or was interrupted."""
    chance = Chance.of(laying.house.seed, "placement", step["id"])
    town = laying.towns.get(life.town)
    running, dropped = step["state"] == "now", step["state"] == "dropped"
    starts: date = step["starts_on"]
    ends = step["ends_on"] or starts + timedelta(days=PLACED[step["kind"]])
    likely = 1.0 if life.sketch.shown else 0.8 if running else 0.5
    if town is None or not chance.yes(likely) or starts > laying.today:
        return
    if dropped and (step["ends_on"] is None or ends > laying.today or ends < starts):
        return
    if running and (ends < laying.today + timedelta(days=4) or chance.yes(0.35)):
        ends = on_working_day(laying.today + timedelta(days=chance.randint(4, 45)))
    if (ends - starts).days > 360:
        return
    seat = _seat(chance, town, step, running=running)
    if seat is None:
        return
    use = fill(laying, chance, seat, "taken", starts, ends) if running else None
    row = _row(life, chance, seat, step["kind"], starts, ends) | {
        "use_id": use,
        "step_id": step["id"],
        "state": "running" if running else "ended",
        "ended_on": None if running else ends,
    }
    if dropped:
        row["ends_on"] = ends + timedelta(days=chance.randint(14, 60))
        placed.interrupt(row, chance, ends)
    laying.rows.keep("placements.Placement", row)
    placed.run(laying.rows, life, row, chance)


def _ahead(laying: Laying, life: Life, step: dict[str, Any]) -> None:
    """Write what a client looks for, and for some suggest a place, in one state or another."""
    chance = Chance.of(laying.house.seed, "ahead", step["id"])
    town = laying.towns.get(life.town)
    if not chance.yes(0.7):
        return
    placed.look(laying.rows, life, chance, step["kind"])
    if town is None or not chance.yes(0.6):
        return
    state = suggested.draw(chance)
    holds = state in suggested.HOLDS
    seat = _seat(chance, town, step, running=holds)
    if seat is None:
        return
    starts, ends = suggested.days(chance, laying.today)
    use = None
    if holds:
        use = fill(laying, chance, seat, "taken" if state == "agreed" else "promised", starts, ends)
    row = _row(life, chance, seat, step["kind"], starts, ends) | {"use_id": use, "ended_on": None}
    suggested.suggest(laying.rows, life, row, chance, state, step)
    if state == "suggested":
        laying.rows.of("placements.SeatUse")[-1]["until"] = clock.day_ends(
            row["answer_by"] + timedelta(days=1)
        )
    laying.rows.keep("placements.Placement", row)


def _row(
    life: Life, chance: Chance, seat: Seat, kind: str, starts: date, ends: date
) -> dict[str, Any]:
    """Return a placement's row as it is copied from its opening."""
    low, high = seat.task.hours
    before = moment(working_days_ago(starts, 6), 10 * 60)
    return {
        "id": chance.id(),
        "client_id": life.id,
        "opening_id": seat.row["id"],
        "worksite_id": seat.site["id"],
        "host_id": seat.site["host_id"],
        "supervisor_id": seat.row["supervisor_id"],
        "kind": kind,
        "title": seat.row["title"],
        "tasks": seat.row["tasks"],
        "work_code": seat.row["work_code"],
        "place": ", ".join(filter(None, (seat.site["name"], seat.site["town"]))),
        "starts_on": starts,
        "ends_on": ends,
        "hours_a_day": max(4, chance.choice((low, high))),
        "days_a_week": seat.task.days,
        "times": seat.task.times,
        "direct": chance.yes(0.7),
        "suggested_at": before,
        "suggested_by_id": life.case.coach.user_id,
        "answered_at": before + timedelta(hours=26),
        "changed_at": before + timedelta(days=3),
    }


def _seat(chance: Chance, town: Town, step: dict[str, Any], *, running: bool) -> Seat | None:
    """Return an opening of the kind, by preference one of which the step's words speak."""
    fits = [s for s in town.seats if step["kind"] in s.kinds]
    if running:
        fits = [s for s in fits if s.used < min(s.most, s.row["seats"])]
    title = step["title"].lower()
    near = [s for s in fits if any(word in title for word in s.task.words)]
    return chance.choice(near or fits) if fits else None
