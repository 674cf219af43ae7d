"""What is known of an invented client besides their path: situation, facts, languages, consents."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from polku.demo.chance import Chance
from polku.demo.diary import moment
from polku.demo.fitting import Listener
from polku.demo.material.profiles import NEEDS, OCCUPATIONS, STRENGTHS, WISHES, Need
from polku.demo.rows import Rows

MONTHS = (
    "tammikuusta", "helmikuusta", "maaliskuusta", "huhtikuusta", "toukokuusta", "kesäkuusta",
    "heinäkuusta", "elokuusta", "syyskuusta", "lokakuusta", "marraskuusta", "joulukuusta",
)  # fmt: skip
NEED_TOPICS = {
    "health": "health",
    "transport": "travel",
    "language": "language",
    "digital": "digital",
    "certificate": "skill",
    "childcare": "family",
    "care_of_others": "family",
    "money": "money",
    "housing": "everyday",
}
WISH_TOPICS = (
    ("learning", ("ammatti", "opinto", "Oppia", "alaa")),
    ("everyday", ("Tapaamiset", "Yhteys", "usein", "viikko", "kysytään")),
    ("family", ("lapset",)),
    ("travel", ("bussilla", "kävellen kotiin")),
)
STRENGTH_TOPICS = (
    ("language", ("neljää kieltä",)),
    ("digital", ("Tietokoneet",)),
    ("everyday", ("kunto", "Huumori", "apua", "Musiikki")),
)
# Of two facts of which both can't be true, the later is left out.
AGAINST = (("Ajokortti ja trukkikortti", "Ajokortti puuttuu"), ("Ajokortti ja", "Ei autoa"),
           ("Yövuorot sopivat", "Yövuorot eivät"), ("Tietokoneet itse", "Puhelin on ainoa"),
           ("Puhelin on ainoa", "Etätyötä"), ("Rakennukselle", "Ulkotyö"))  # fmt: skip


def write_facts(
    rows: Rows, chance: Chance, client_id: UUID, to: Listener, *, coach: UUID, told: list[date]
) -> str:
    """Add strengths, wishes, needs and obstacles; return the first wish."""
    said: list[str] = []

    def agrees(text: str) -> bool:
        return to.fits(text) and not any(
            (one in text and any(other in s for s in said))
            or (other in text and any(one in s for s in said))
            for one, other in AGAINST
        )

    def tell(
        kind: str, topic: str, text: str, told_by: str, day: date, ended: date | None = None
    ) -> None:
        said.append(text)
        rows.add(
            "clients.Fact",
            id=chance.id(),
            client_id=client_id,
            kind=kind,
            topic=topic,
            text=text,
            told_by=told_by,
            told_on=day,
            ended_on=ended,
            written_by_id=coach,
        )

    wanted = chance.randint(1, 3)
    for text in chance.sample(WISHES, 14):
        if len(said) < wanted and agrees(text):
            tell("wish", _topic(text, WISH_TOPICS, "work"), text, "client", chance.choice(told[:3]))
    wish = said[0] if said else ""
    wanted = len(said) + chance.randint(2, 4)
    for text in chance.sample(STRENGTHS, 12):
        if len(said) < wanted and agrees(text):
            who = chance.choice(("client", "together", "together", "coach"))
            tell("strength", _topic(text, STRENGTH_TOPICS, "skill"), text, who, chance.choice(told))
    for need in _needs(chance, to):
        if need.text not in said and agrees(need.text):
            topic = NEED_TOPICS.get(need.kind, "work")
            day = chance.choice(told[:-1] or told)
            ended = told[-1] if len(told) > 2 and chance.yes(0.08) else None
            tell("obstacle", topic, need.text, "client", day, ended)
            tell("need", topic, need.helps, "together", day, ended)
    return wish


def _needs(chance: Chance, to: Listener) -> list[Need]:
    pool = [n for n in NEEDS if (n.kind == "language") <= to.foreign]
    found = chance.some(pool, 0, 2)
    language = [n for n in NEEDS if n.kind == "language"]
    if to.foreign and not any(n.kind == "language" for n in found) and chance.yes(0.6):
        found.append(chance.choice(language))
    return found


def _topic(text: str, topics: tuple[tuple[str, tuple[str, ...]], ...], usual: str) -> str:
    return next((topic for topic, words in topics if any(w in text for w in words)), usual)


def occupation(chance: Chance, age: int, foreign: bool) -> str:
    """Return the last or longest work before."""
    groups = ["any", "any"]
    groups += ["under30"] * 3 if age < 30 else []
    groups += ["over50"] * 2 if age >= 50 else []
    groups += ["language"] * 3 if foreign else []
    return chance.choice(OCCUPATIONS[chance.choice(groups)])


NOW = {
    "00": "Nyt palkkatukityössä.",
    "01": "Työ on alkanut.",
    "03": "Lomautettuna, työnantaja lupaa kutsua takaisin.",
    "07": "Nyt palvelussa, joka vie kohti työtä.",
    "08": "Opinnot ovat käynnissä.",
    "09": "Osa-aikatyössä, hakee lisää tunteja.",
}


def situation(chance: Chance, work: str, status: str, since: date, wish: str) -> str:
    """Return two or three plain sentences on where the person stands."""
    plain = work.startswith(("opinnot", "ei vielä", "kesätyö", "kotiäiti"))
    parts = [f"{work[0].upper()}{work[1:]}." if plain else f"Viimeisin työ: {work}."]
    if status in ("02", "07"):
        parts.append(f"Ilman työtä {MONTHS[since.month - 1]} {since.year}.")
    parts += [NOW[status]] if status in NOW else []
    if wish and chance.yes(0.7):
        parts.append(f"Toive: {wish[0].lower()}{wish[1:]}.")
    return " ".join(parts)


def write_languages(
    rows: Rows, chance: Chance, client_id: UUID, language: str, told: date, *, at_ease: bool
) -> None:
    """Add the mother tongue, Finnish where it is not that, and a foreign language or two."""
    levels = {language: "X"}
    if language == "sv":
        levels["fi"] = chance.choice(("B2", "C1", "C2"))
    elif language != "fi":
        levels["fi"] = chance.choice(("B1", "B2", "B2") if at_ease else ("A1", "A2", "A2", "B1"))
        if language == "uk":
            levels["ru"] = "C1"
    if chance.yes(0.35):
        levels.setdefault("en", chance.choice(("A2", "B1", "B1", "B2")))
    for code, level in levels.items():
        rows.add(
            "clients.LanguageSkill",
            id=chance.id(),
            client_id=client_id,
            language=code,
            level=level,
            told_on=told,
        )


def write_consents(
    rows: Rows, chance: Chance, client_id: UUID, day: date, *, email: bool, coach: UUID, shared: str
) -> None:
    """Add what the client has agreed to; some have taken it back."""
    given: list[tuple[str, str, dict[str, Any]]] = []
    if email and chance.yes(0.85):
        given.append(("email", "", {}))
    if shared and chance.yes(0.3):
        back = moment(day + timedelta(days=90), 700) if chance.yes(0.07) else None
        given.append(("share_plan", shared, {"withdrawn_at": back}))
    for kind, concerns, more in given:
        rows.add(
            "clients.Consent",
            id=chance.id(),
            client_id=client_id,
            kind=kind,
            concerns=concerns,
            how=chance.choice(("spoken", "spoken", "written")),
            given_at=moment(day, 10 * 60 + 20),
            recorded_by_id=coach,
            **more,
        )
