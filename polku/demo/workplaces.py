"""Where the demo's people may work: hosts, worksites, talks, and who is there.

Names follow from the town and the number alone, so that one more opening in Hollola changes nobody
in Lahti. `openings` are laid with them; then clients sit in the seats of their town (`seating`).
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from stdnum.fi import ytunnus

from polku.clients import names
from polku.demo import openings, seating
from polku.demo.casebook import Life
from polku.demo.chance import Chance
from polku.demo.diary import moment, on_working_day, working_days_ago
from polku.demo.household import Household
from polku.demo.material import hosts as m
from polku.demo.people import mailbox, plain_finnish
from polku.demo.rows import Rows
from polku.demo.setting import OFFICES, RegisterOf
from polku.demo.towns import Laying

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
OFFICE_OF = {office.municipality: office for office in OFFICES if office.kind == "municipality"}


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
    seating.place(laying, lives)


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
            openings.add(laying, chance, site, trade, task, people)
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
