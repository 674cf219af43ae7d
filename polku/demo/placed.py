"""What goes with the demo's placements: signatures, days away, assessments, outcomes, searches.

Everything follows from the placement's own dates, so that the world stands at the same place on
whatever day it is built.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from polku.demo.casebook import Life
from polku.demo.chance import Chance
from polku.demo.diary import moment, on_working_day, working_days_ago
from polku.demo.rows import Rows
from polku.placements import agreeing, asking, places_of, questions
from polku.placements.models import Placement

SIGNERS = (("client", "own_view"), ("host", "link"), ("organiser", "desk"))
ABSENT = ("ill", "ill", "child_ill", "appointment", "travel", "unknown")
HOST_WORDS = (
    "Tulee ajoissa ja kysyy, kun ei tiedä. Mielellään jatkossakin.",
    "Alku oli hiljainen, nyt porukassa mukana.",
    "Työ sujuu. Kiireisinä päivinä tarvitsee vähän tukea.",
)
CLIENT_WORDS = (
    "Mukava porukka. Päivä menee nopeasti.",
    "Opin uuden koneen. Aamuisin väsyttää vielä.",
    "Hyvä, että joku kertoo, mitä tehdään.",
)
FOLLOW_ON = (
    ("subsidised", "Palkkatuki samassa paikassa, hakemus tehdään yhdessä ennen loppua."),
    ("study", "Osatutkinto tammikuussa, omaohjaaja on mukana hakemuksessa."),
    ("next_placement", "Toinen kokeilu lähempänä kotia, samat työajat."),
    ("open_market", "Kaksi avointa hakemusta, joissa mainitaan tämä jakso."),
)
OUTCOMES = {
    "subsidised": ("subsidised", "same_host"),
    "study": ("study", "study"),
    "next_placement": ("next_placement", "unemployed"),
    "open_market": ("unemployed", "open_market"),
}
ENDINGS = (
    ("not_suitable", "client", "Nostot ja kiire olivat liikaa. Päätettiin yhdessä."),
    ("health", "client", "Selkä ei kestänyt, jatketaan kevyemmässä työssä."),
    ("to_work", "client", "Sai töitä muualta."),
    ("host_changes", "host", "Remontti alkoi, paikka suljettiin kuukaudeksi."),
)


def run(rows: Rows, life: Life, row: dict[str, Any], chance: Chance) -> None:
    """Add what a placement that began has gathered: from its signatures to its outcomes."""
    starts: date = row["starts_on"]
    row["known_as"] = known_as(life)
    sign(rows, row, chance, moment(working_days_ago(starts, 3), 9 * 60 + 20))
    last: date = min(row["ended_on"] or life.case.today, life.case.today)
    _run_in(rows, row, chance)
    _absences(rows, row, chance, last)
    _assess(rows, life, row, chance, last)
    _after(rows, life, row, chance)


def known_as(life: Life) -> str:
    """Return the name that the workplace knows: first name and an initial."""
    called = life.row.get("call_name") or str(life.row["first_names"]).split(" ")[0]
    return f"{called} {str(life.row['last_name'])[:1]}."


def of(row: dict[str, Any]) -> dict[str, Any]:
    """Return the columns by which a row goes with its placement."""
    names = {"placement_id": "id", "client_id": "client_id", "worksite_id": "worksite_id"}
    return {name: row[source] for name, source in names.items()}


def sign(
    rows: Rows, row: dict[str, Any], chance: Chance, at: datetime, *, but: tuple[str, ...] = ()
) -> None:
    """Let each party sign the terms as they stand, but for some."""
    placement = Placement(kind=row["kind"], title=row["title"], place=row["place"])
    terms = {name: row[name] for name in agreeing.TERMS if name in row}
    agreeing.put(placement, terms)
    supervisor = next(
        (one for one in rows.of("placements.Supervisor") if one["id"] == row["supervisor_id"]), None
    )
    who = {
        "client": row["known_as"],
        "host": supervisor["name"] if supervisor else "Esihenkilö",
        "organiser": "Omavalmentaja",
    }
    for nth, (party, how) in enumerate(SIGNERS):
        if party not in but:
            rows.add(
                "placements.Signature",
                id=chance.id(),
                **of(row),
                party=party,
                how=how,
                name=who[party],
                at=at + timedelta(hours=3 * nth),
                terms=agreeing.terms_hash(placement),
            )


def _run_in(rows: Rows, row: dict[str, Any], chance: Chance) -> None:
    site = row["worksite_id"]
    lines = [r for r in rows.of("placements.OrientationItem") if r["worksite_id"] == site]
    for nth, line in enumerate(lines[: chance.randint(2, 6)]):
        rows.add(
            "placements.OrientationTick",
            id=chance.id(),
            **of(row),
            text=line["text"],
            done_on=on_working_day(row["starts_on"] + timedelta(days=nth)),
            told_by="host",
        )


def _absences(rows: Rows, row: dict[str, Any], chance: Chance, last: date) -> None:
    days = {on_working_day(chance.day(row["starts_on"], last)) for _ in range(chance.randint(0, 3))}
    for day in sorted(day for day in days if day <= last):
        rows.add(
            "placements.Absence",
            id=chance.id(),
            **of(row),
            on=day,
            reason=chance.choice(ABSENT),
            told_by=chance.choice(("client", "client", "host")),
            told_at=moment(day, 8 * 60 + 15),
        )


def _assess(rows: Rows, life: Life, row: dict[str, Any], chance: Chance, last: date) -> None:
    due = asking.due_days(row["starts_on"], row["ends_on"])
    for when, day in due.items():
        if row["ended_on"] and when == "mid" and day > row["ended_on"]:
            continue
        day = min(day, row["ended_on"] or day)
        for party in ("client", "host"):
            past = day <= last
            # Nobody leaves one open for years: the coach would have asked again.
            long_ago = life.case.today - day > timedelta(days=60)
            answered = past and (chance.yes(0.85) or long_ago)
            asked = day - asking.BEFOREHAND <= life.case.today
            rows.add(
                "placements.Assessment",
                id=chance.id(),
                **of(row),
                party=party,
                moment=when,
                due_on=day,
                asked_at=moment(day - asking.BEFOREHAND, 4 * 60 + 41) if asked else None,
                reminded=0 if answered or not past else chance.randint(0, 2),
                **(_answer(chance, party, when, day, row, life) if answered else {}),
            )


def _answer(
    chance: Chance, party: str, when: str, day: date, row: dict[str, Any], life: Life
) -> dict[str, Any]:
    at = min(moment(day, chance.randint(9 * 60, 15 * 60)), life.case.now)
    given = ("yes", "yes", "mostly", "mostly", "partly", "unknown")
    return {
        "answers": {key: chance.choice(given) for key, _said in questions.asked(party, when)},
        "word": chance.choice(HOST_WORDS if party == "host" else CLIENT_WORDS),
        "answered_at": at,
        "delivered_at": at,
        "answered_by": row["known_as"] if party == "client" else "",
    }


def _after(rows: Rows, life: Life, row: dict[str, Any], chance: Chance) -> None:
    """Add the plan for what comes after, and the outcomes that have been told."""
    over: date | None = row["ended_on"]
    near = row["ends_on"] - life.case.today <= timedelta(days=14)
    long_ago = over and life.case.today - over > timedelta(days=30)
    if not over and not near:
        return
    kind, text = chance.choice(FOLLOW_ON)
    if long_ago or chance.yes(0.75):
        at = moment(working_days_ago(over or life.case.today, 2), 13 * 60)
        row |= {"follow_on": text, "follow_on_kind": kind, "follow_on_at": at}
    elif over and life.case.today - over <= timedelta(days=30):
        row |= {"turn": "organiser", "turn_since": moment(over, 16 * 60)}
    if over is None:
        return
    first, later = OUTCOMES[kind]
    for when, days, what in (("end", 0, first), ("three", 91, later), ("six", 182, later)):
        day = on_working_day(over + timedelta(days=days))
        if day <= life.case.today and chance.yes(0.8):
            rows.add(
                "placements.Outcome",
                id=chance.id(),
                **of(row),
                when=when,
                what=what,
                on=day,
                told_by="client",
                recorded_at=moment(day, 14 * 60),
                recorded_by_id=life.case.coach.user_id,
            )


def interrupt(row: dict[str, Any], chance: Chance, last: date) -> None:
    """End a placement before its time, with a reason and whose initiative it was."""
    ending, party, word = chance.choice(ENDINGS)
    row |= {
        "state": "interrupted",
        "ended_on": last,
        "ending": ending,
        "ending_by": party,
        "ending_word": word,
    }


def way_from(life: Life) -> dict[str, Any]:
    """Return where a client's way to work begins: their town, never an address."""
    about = None if life.sketch.banned else places_of.point_of(life.town)
    if about is None:
        return {"lat": None, "lon": None, "starts_from": ""}
    place = places_of.centre_named(life.town)
    return {"lat": about.lat, "lon": about.lon, "starts_from": place}


def look(rows: Rows, life: Life, chance: Chance, kind: str) -> None:
    """Write what a client looks for, and some of their wishes."""
    since = working_days_ago(life.case.today, chance.randint(3, 60))
    rows.add(
        "placements.Search",
        id=chance.id(),
        client_id=life.id,
        waiting_since=since,
        kinds=[kind],
        hours_at_most=chance.choice((4, 5, 6, None)),
        days_at_most=chance.choice((3, 4, 5)),
        limits=chance.some(("lifting_10", "hurry", "evenings", "noise", "alone"), 0, 2),
        cards=chance.some(("hygiene", "safety", "first_aid"), 0, 2),
        mode=chance.choice(("bus", "bus", "foot", "car")),
        minutes_at_most=chance.choice((30, 40, 60)),
        **way_from(life),
        changed_at=moment(since, 11 * 60),
    )
    codes = chance.some(("9412", "9112", "9214", "5223", "4411", "9612", "5153", "9321"), 2, 3)
    for rank, code in enumerate(codes, 1):
        word(rows, life, chance, "veto" if rank == len(codes) else "wish", code, since, rank=rank)


def word(
    rows: Rows,
    life: Life,
    chance: Chance,
    kind: str,
    code: str,
    on: date,
    *,
    rank: int = 1,
    text: str = "",
) -> None:
    """Write a wish, a skill or a veto."""
    rows.add(
        "placements.SearchWord",
        id=chance.id(),
        client_id=life.id,
        kind=kind,
        rank=rank,
        work_code=code,
        text=text,
        told_on=on,
    )
