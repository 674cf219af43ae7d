"""Places that are suggested to the demo's people now: in every state before the first day."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from polku.demo import placed
from polku.demo.casebook import Life
from polku.demo.chance import Chance
from polku.demo.diary import moment, on_working_day, working_days_ago
from polku.demo.rows import Rows

# state -> how often; whose turn it is then follows.
STATES = {
    "suggested": 30,
    "put_off": 8,
    "declined": 12,
    "accepted": 22,
    "signing": 12,
    "agreed": 12,
    "refused": 6,
}
HOLDS = ("suggested", "accepted", "signing", "agreed")
REASONS = (
    "Olet toivonut tällaista työtä.",
    "Matka on lyhyt ja bussi ehtii.",
    "Päivän pituuden voi sovittaa sinulle.",
    "Työpaikalla joku on alussa vieressä.",
)
WORDS = {
    "put_off": "Odotan vielä polven leikkausta.",
    "declined": "Matka on minulle liian pitkä.",
    "accepted": "Voin aloittaa, kun sovitaan aamuista.",
    "signing": "Hyvä, kiitos!",
    "agreed": "",
}


def draw(chance: Chance) -> str:
    """Return a state to stand in."""
    return chance.of_weights(STATES)


def days(chance: Chance, today: date) -> tuple[date, date]:
    """Return a first and a last day, some weeks ahead."""
    first = on_working_day(today + timedelta(days=chance.randint(8, 40)))
    return first, first + timedelta(days=chance.choice((55, 83, 111)))


def suggest(
    rows: Rows, life: Life, row: dict[str, Any], chance: Chance, state: str, step: dict[str, Any]
) -> None:
    """Finish a placement's row so that it stands in this state, and add who has signed."""
    today, now = life.case.today, life.case.now
    said = moment(working_days_ago(today, chance.randint(2, 6)), chance.randint(9, 15) * 60)
    answered = min(said + timedelta(hours=chance.randint(2, 30)), now - timedelta(minutes=20))
    row |= {
        "state": "accepted" if state == "signing" else state,
        "known_as": "",
        "reasons": chance.some(REASONS, 1, 3),
        "suggested_at": said,
        "answer_by": on_working_day(today + timedelta(days=chance.randint(2, 6))),
        "word": WORDS.get(state, ""),
        "changed_at": answered,
        "answered_at": None if state == "suggested" else answered,
        "turn": "",
        "turn_since": None,
    }
    if state == "suggested":
        _turn(row, "client", said)
        row["changed_at"] = said
    elif state in ("put_off", "declined"):
        if chance.yes(0.5):
            _turn(row, "organiser", answered)
    elif state == "refused":
        row |= {
            "ending": "host_changes",
            "ending_by": "host",
            "ending_word": "Kesken muutoksia, ei ehdi perehdyttää.",
        }
    elif state == "accepted":
        row["step_id"] = step["id"]
        _turn(row, "organiser", answered)
    else:
        _agree(rows, life, row, chance, state, step, answered)


def _agree(
    rows: Rows,
    life: Life,
    row: dict[str, Any],
    chance: Chance,
    state: str,
    step: dict[str, Any],
    at: datetime,
) -> None:
    row |= {"step_id": step["id"], "known_as": placed.known_as(life)}
    if state == "agreed":
        placed.sign(rows, row, chance, at)
        return
    placed.sign(rows, row, chance, at, but=("host", "organiser"))
    _turn(row, "host", at)


def _turn(row: dict[str, Any], whose: str, at: datetime) -> None:
    row["turn"], row["turn_since"] = whose, at
