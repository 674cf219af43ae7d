"""Where the demo's people may work: hosts, worksites, openings, seats, talks, and who is there.

Names follow from the town and the number alone, so that one more opening in Hollola changes nobody
in Lahti. Clients whose path has a trial or a subsidised job under way sit in a seat of their town.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from stdnum.fi import ytunnus

from polku.clients import names
from polku.demo import placed, suggested
from polku.demo.casebook import Life
from polku.demo.chance import Chance
from polku.demo.diary import moment, on_working_day, working_days_ago
from polku.demo.household import Household, Staffed
from polku.demo.material import hosts as m
from polku.demo.people import mailbox, plain_finnish
from polku.demo.rows import Rows
from polku.demo.setting import OFFICES, RegisterOf
from polku.placements.opening_up import end_of

# How many worksites of which trades a register has, by municipality; the rest are drawn.
SIZES: dict[str, dict[str, int]] = {
    "paijat-hame": {"316": 16, "098": 15, "016": 10, "560": 14, "111": 14},
    "lahti": {"398": 40},
    "lantinen-pirkanmaa": {"790": 20, "619": 9},
    "tyon-reitille": {"111": 18},
    "suunta-tyohon": {"398": 11, "098": 3},
}
# The public ones that every municipality has, in this order.
FIRST = ("school", "library", "parks", "daycare", "cafe", "recycling", "workshop", "property")
PLACED = {"work_trial": 120, "pay_subsidy": 210, "rehabilitative": 150}
OFFICE_OF = {office.municipality: office for office in OFFICES if office.kind == "municipality"}


@dataclass
class Seat:
    """An opening that is filled while the rows are written: how many of its seats are used."""

    row: dict[str, Any]
    site: dict[str, Any]
    task: m.Task
    kinds: tuple[str, ...]
    most: int
    used: int = 0


@dataclass
class Town:
    """A municipality's openings, for the clients who live there."""

    seats: list[Seat] = field(default_factory=list)


@dataclass
class Laying:
    """What the worksites of a register share while they are laid."""

    house: Household
    plan: RegisterOf
    rows: Rows
    today: date
    now: datetime
    workers: list[Staffed]
    hosts: dict[str, UUID] = field(default_factory=dict)
    towns: dict[str, Town] = field(default_factory=lambda: defaultdict(Town))
    number: int = 0


def lay(
    house: Household, plan: RegisterOf, rows: Rows, lives: list[Life], today: date, now: datetime
) -> None:
    """Add every worksite of the register with what hangs on it, and who works there."""
    workers = [
        w
        for team in plan.teams
        for w in house.staff[plan.slug, team.name]
        if w.role in ("coordinator", "coach", "lead")
    ]
    # Whoever coordinates talks with hosts the most.
    workers.sort(key=lambda w: w.role != "coordinator")
    laying = Laying(house, plan, rows, today, now, workers)
    for town, count in SIZES.get(plan.slug, {}).items():
        for nth in range(count):
            _worksite(laying, town, nth)
    _place(laying, lives)


def _trade(chance: Chance, plan: RegisterOf, nth: int) -> m.Trade:
    by_key = {trade.key: trade for trade in m.TRADES}
    if nth < len(FIRST) and plan.kind != "project":
        return by_key[FIRST[nth]]
    return chance.choice(m.TRADES)


def _worksite(laying: Laying, town: str, nth: int) -> None:
    """Add one worksite: its host, people, checklist, openings and talks."""
    chance = Chance.of(laying.house.seed, "worksite", laying.plan.slug, town, nth)
    trade = _trade(chance, laying.plan, nth)
    number = laying.number = laying.number + 1
    last, of = m.LAST[(number * 5 + len(laying.plan.slug)) % len(m.LAST)]
    first = m.FIRST[(number * 7 + int(town)) % len(m.FIRST)]
    name = trade.name.format(of=first + of, is_=first + last)
    spot = chance.choice([one for one in m.SPOTS if one.town == town])
    unplaced = nth % 13 == 11
    about = nth % 9 == 7 and not unplaced
    host = _host(laying, chance, trade, town, name)
    created = laying.now - timedelta(days=chance.randint(90, 500))
    host_name = next(r["name"] for r in laying.rows.of("placements.Host") if r["id"] == host)
    site: dict[str, Any] = {
        "id": chance.id(),
        "host_id": host,
        "name": name,
        "sort_key": names.sort_key(name, trade.unit)[:200],
        "unit": trade.unit,
        "street": "" if unplaced else f"{chance.choice(m.STREETS)} {chance.randint(1, 60)}",
        "postal_code": spot.postal,
        "town": spot.village,
        "municipality_id": town,
        "lat": None if unplaced else round(spot.lat + chance.uniform(-0.006, 0.006), 5),
        "lon": None if unplaced else round(spot.lon + chance.uniform(-0.012, 0.012), 5),
        "precision": "none" if unplaced else "place" if about else "address",
        "phone": f"+358 400 100 {number:03d}",
        "supports": list(trade.supports),
        "languages": ["fi", *(["sv"] if chance.yes(0.15) else []),
                      *(["en"] if chance.yes(0.3) else [])],
        "arriving": chance.choice(m.ARRIVING),
        "readiness": "ready" if trade.tasks else "unknown",
        "created_at": created,
        "changed_at": created,
    }  # fmt: skip
    said = (name, trade.unit, host_name, spot.village, site["street"])
    site["search_name"] = names.fold(" ".join(said))[:400]
    laying.rows.keep("placements.Worksite", site)
    people = _people(laying, chance, site, number)
    for position, text in enumerate(m.CHECKLIST if trade.supports and nth % 3 else (), 1):
        laying.rows.add("placements.OrientationItem", id=chance.id(), worksite_id=site["id"],
                        text=text, position=position)  # fmt: skip
    silent = not trade.tasks or nth % 8 == 6
    if not silent:
        for task in trade.tasks[: chance.randint(1, len(trade.tasks))]:
            _opening(laying, chance, site, trade, task, people)
    _talks(laying, chance, site, people, refuses=silent, nth=nth)


def _host(laying: Laying, chance: Chance, trade: m.Trade, town: str, name: str) -> UUID:
    """Return the host of a worksite: the municipality itself, else a host of its own."""
    of_town = trade.form == "municipality"
    key = OFFICE_OF[town].name if of_town else _firm(trade, name)
    if key not in laying.hosts:
        number = 9_000_000 + 2 * len(laying.hosts)
        laying.hosts[key] = laying.rows.add(
            "placements.Host",
            id=chance.id(),
            name=key,
            sort_key=names.sort_key(key, "")[:200],
            legal_form=trade.form,
            business_id="" if of_town or trade.form == "trader" else _business_id(number),
            changed_at=laying.now - timedelta(days=200),
        )
    return laying.hosts[key]


def _firm(trade: m.Trade, name: str) -> str:
    last = {"company": "Oy", "association": "ry", "foundation": "sr", "workshop": "ry"}
    return f"{name} {last.get(trade.form, 'tmi')}"


def _business_id(number: int) -> str:
    """Return an artificial business id: the number, or the next one that has a check digit.

    Numbers from nine million on are not given to anybody yet; of two in a row one has a digit.
    """
    digits = (f"{number + more}{digit}" for more in (0, 1) for digit in range(10))
    return str(ytunnus.format(next(one for one in digits if ytunnus.is_valid(one))))


def _people(laying: Laying, chance: Chance, site: dict[str, Any], number: int) -> list[UUID]:
    found = []
    for nth in range(1 if chance.yes(0.7) else 2):
        first, last = plain_finnish(chance, chance.yes(0.6), date(1970 + number % 25, 1, 1))
        found.append(
            laying.rows.add(
                "placements.Supervisor",
                id=chance.id(),
                worksite_id=site["id"],
                name=f"{first} {last}",
                title=chance.choice(m.TITLES),
                phone=f"+358 400 2{nth}0 {number:03d}",
                email=f"{mailbox(first, last)}@tyopaikka.polku.example" if chance.yes(0.8) else "",
                decides=nth == 0,
            )
        )
    return found


def _opening(
    laying: Laying, chance: Chance, site: dict[str, Any], trade: m.Trade, task: m.Task,
    people: list[UUID],
) -> None:  # fmt: skip
    every = chance.choice((60, 90, 90, 180))
    stale = chance.yes(0.2)
    age = every + chance.randint(5, 120) if stale else chance.randint(1, every - 3)
    created = laying.now - timedelta(days=age + chance.randint(0, 200))
    paused = chance.yes(0.05)
    kinds = tuple(k for n, k in enumerate(trade.kinds) if n < 2 or chance.yes(0.5))
    if chance.yes(0.08) and trade.form in ("company", "trader"):
        kinds = ("lead",)
    row: dict[str, Any] = {
        "id": chance.id(),
        "worksite_id": site["id"],
        "supervisor_id": people[0],
        "kinds": list(kinds),
        "title": task.title,
        "tasks": task.tasks,
        "work_code": task.code,
        "seats": chance.randint(*task.seats),
        "open_from": laying.today + timedelta(days=40) if chance.yes(0.05) else None,
        "hours_from": task.hours[0],
        "hours_to": task.hours[1],
        "days_a_week": task.days,
        "times": task.times,
        "demands": list(task.demands),
        "cards": list(task.cards),
        "language": "fi" if task.language else "",
        "language_level": task.language,
        "teaches": task.teaches,
        "may_lead_to_work": "pay_subsidy" in kinds and chance.yes(0.4),
        "cuts": [c for c in ("hours", "days", "tasks", "start") if chance.yes(0.55)],
        "host_asks": task.asks,
        "state": "paused" if paused else "open",
        "confirm_every_days": every,
        "confirmed_on": laying.today - timedelta(days=age),
        "confirmed_by_host": chance.yes(0.35),
        "created_at": created,
        "changed_at": laying.now - timedelta(days=age),
    }
    laying.rows.keep("placements.Opening", row)
    if row["open_from"] is None and not paused and "lead" not in kinds:
        # Nearly every second seat stays open, or there would be nothing to look for.
        most = row["seats"] * 2 // 3 + chance.randint(0, 1) if row["seats"] > 1 else 1
        most = most if chance.yes(0.65) else 0
        seat = Seat(row, site, task, kinds, most)
        laying.towns[site["municipality_id"]].seats.append(seat)
        if row["seats"] > 1 and chance.yes(0.15):
            last = laying.today + timedelta(days=chance.randint(14, 70))
            _use(laying, chance, seat, "kept_back", laying.today - timedelta(days=3), last)


def _use(
    laying: Laying, chance: Chance, seat: Seat, how: str, starts: date, ends: date
) -> UUID:  # fmt: skip
    seat.used += 1
    return laying.rows.add(
        "placements.SeatUse",
        id=chance.id(),
        opening_id=seat.row["id"],
        seat=seat.used,
        how=how,
        starts_on=starts,
        ends_on=ends,
        until=end_of(ends) if how == "kept_back" else None,
    )


def _talks(
    laying: Laying, chance: Chance, site: dict[str, Any], people: list[UUID], *, refuses: bool,
    nth: int,
) -> None:  # fmt: skip
    """Add the talks with a worksite, the last one telling how ready it is now."""
    if refuses and nth % 16 == 6:
        return
    worker = chance.choice(laying.workers[:3])
    day = working_days_ago(laying.today, chance.randint(3, 110))
    count = chance.randint(1, 3)
    for n in range(count):
        is_last = n == count - 1
        reason, note = "", chance.choice(m.NOTES)
        result = chance.choice(("talked", "thinks", "no_answer"))
        if is_last:
            result = "offers"
            if refuses:
                result = chance.choice(("refuses", "not_now", "thinks"))
                site["readiness"] = {"refuses": "no", "thinks": "talking"}.get(result, result)
            if result in ("refuses", "not_now"):
                reason, note = chance.choice(m.REFUSALS)
        at = on_working_day(day - timedelta(days=24 * (count - 1 - n)))
        waits = is_last and result != "refuses" and chance.yes(0.4)
        away = chance.randint(-3, 40)
        laying.rows.add(
            "placements.HostContact",
            id=chance.id(),
            worksite_id=site["id"],
            supervisor_id=people[0],
            at=moment(at, chance.randint(8 * 60, 15 * 60)),
            by_id=worker.user_id,
            how=chance.choice(("call", "call", "visit", "email")),
            result=result,
            reason=reason,
            note=note,
            next_on=on_working_day(laying.today + timedelta(days=away)) if waits else None,
            next_by_id=worker.user_id if waits else None,
        )


def _place(laying: Laying, lives: list[Life]) -> None:
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
    use = _use(laying, chance, seat, "taken", starts, ends) if running else None
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
        use = _use(laying, chance, seat, "taken" if state == "agreed" else "promised", starts, ends)
    row = _row(life, chance, seat, step["kind"], starts, ends) | {"use_id": use, "ended_on": None}
    suggested.suggest(laying.rows, life, row, chance, state, step)
    if state == "suggested":
        laying.rows.of("placements.SeatUse")[-1]["until"] = end_of(
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
