"""Which words fit whom: age, family, language, trade, time of the year. Nothing here is drawn."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from functools import cache

from polku.demo.material.plans import Goal

FOREIGN = re.compile(
    r"[Tt]ulk|[Kk]otoutumis|[Kk]otimaassa|suomeksi|[Kk]ieli(?!t)|selkosuo|[Tt]unnustami"
    r"|Oppia suomea|neljää kieltä|Suomesta ei vielä|[Uu]lkomai|Suomen kieli|Suomea"
)
INTERPRETED = re.compile(r"[Tt]ulk")
PARENT = re.compile(r"[Ll]ast[ea]|[Ll]aps|[Pp]erhevapa|päiväko|[Tt]ytär|rippi|[Hh]oitopaik")

# (words, youngest, oldest)
AGES = (
    (re.compile(r"Koulu jäi kesken|[Nn]uori(?!so)|etsivä nuoris|nuorisotila|Ohjaamo"), 16, 28),
    (re.compile(r"[Kk]esätöi|Kesätyö|kesätyöpaik|Ensimmäinen (oma )?työpaikka"), 16, 27),
    (re.compile(r"Opinnot jäivät kesken|opinnot kesken|Keskeytynyt|Datanomin"), 16, 38),
    (re.compile(r"kymmenen vuotta|Pitkä työura|Viides vuosi|Kaksikymmentä vuotta"), 42, 70),
    (re.compile(r"Eläkkeeseen"), 60, 70),
    (re.compile(r"iän takia|yli viisikymppisen"), 50, 70),
    (re.compile(r"vanhempaansa|Omaishoito|Äidin hoito|omaishoidon"), 36, 64),
    (re.compile(r"Pitkän tauon|entisessä työssä|aiemmin voimassa|Perehdyttänyt kesä"), 28, 70),
    (re.compile(r"opinto-ohjaaja|[Pp]eruskoulun"), 17, 45),
    (re.compile(r"oppisopimuksella|Oppisopimus putki"), 18, 48),
)
# A note that speaks of a trade belongs to somebody whose goals are near it.
TRADES = (
    (re.compile(r"kiinteistönhuol|Lumityö"), ("kiinteistön", "rakennuk")),
    (re.compile(r"keittiö|Hygieniapass|hygieniapass"), ("Keittiö", "Ravitse")),
    (re.compile(r"logistiik"), ("logistiik", "keikkojen", "Kuljetus")),
    (re.compile(r"[Vv]arasto"), ("logistiik", "keikkojen", "Kuljetus", "Ensimmäinen oma")),
    (re.compile(r"[Kk]assa"), ("Kaupan", "Ensimmäinen oma")),
    (re.compile(r"lähihoita"), ("Kevyempi", "Lähihoit")),
    (re.compile(r"eläimet|[Ee]läimiä"), ("eläinten",)),
    (re.compile(r"Autoja|Autot kiinnost"), ("Kuljetus", "metalli")),
    (re.compile(r"Ruoanlaittoa"), ("Keittiö",)),
    (re.compile(r"Rakennukselle"), ("rakennuk", "putki", "kiinteistön")),
    (re.compile(r"Ulkotyö|ulkotyö"), ("kiinteistön", "eläinten", "rakennuk")),
    (re.compile(r"nuorten kanssa"), ("Lähihoit", "Alan valinta")),
    (re.compile(r"Oma yritys"), ("toiminimi",)),
    (re.compile(r"Vaihtaa alaa"), ("Alan valinta", "Ammatti", "Lähihoit", "putki", "Datanom")),
    (re.compile(r"ammatti paperille"), ("Ammatti", "tutkinto", "Lähihoit", "putki", "Datanom")),
    (re.compile(r"Palata samalle"), ("Takaisin", "Kevyempi")),
    (re.compile(r"Vakituinen sopimus"), ("keikkojen",)),
    (re.compile(r"Etätyötä"), ("Datanom", "viisikymppisen", "Alan valinta", "toiminimi")),
)  # fmt: skip
SEASONS = (
    (re.compile(r"Lumityö|lumityö"), (11, 12, 1, 2, 3)),
    (re.compile(r"kesällä"), (6, 7, 8, 9, 10)),
    (re.compile(r"keväällä"), (4, 5, 6, 7, 8, 9)),
    (re.compile(r"[Ss]yksy on|aloitus\s+tammikuu"), (9, 10, 11, 12)),
    (re.compile(r"Kesätyö vahvistui|[Yy]hteys elokuussa"), (4, 5, 6)),
    (re.compile(r"syyskuussa|syksyllä"), (4, 5, 6, 7, 8)),
    (re.compile(r"talven keikat"), (3, 4, 5, 6)),
    (re.compile(r"Marjareiss"), (7, 8, 9)),
)
# What somebody must have done before to have this goal.
GOAL_WORK = {
    "Takaisin metallialalle": ("konepajatyöntekijä", "hitsaaja", "sahatyöntekijä"),
    "Siivousalalta esihenkilötehtäviin": ("siivooja", "laitoshuoltaja"),
    "Kuljetusalalle yhdistelmäajoneuvolla": ("kuljettaja", "linja-autonkuljettaja"),
    "Kotimaassa hankittu tutkinto käyttöön": ("insinööri", "opettaja", "sähköasentaja"),
    "Ensimmäinen oma työpaikka": ("ei vielä työkokemusta", "kesätyö puistossa"),
    "Keskeytynyt tutkinto valmiiksi": ("opinnot kesken, autoala", "opinnot kesken, ravintola-ala"),
    "Kaupan alalle osa-aikaisesti": ("myyjä", "kaupan myyjä", "pikaruokatyöntekijä", "kotiäiti"),
    "Vakituinen paikka keikkojen tilalle": ("varastotyöntekijä", "sahatyöntekijä", "maalari"),
    "Keittiötyö koulussa tai hoivakodissa": ("kokki", "keittiötyöntekijä", "pikaruokatyöntekijä",
        "ravintolatyöntekijä", "laitoshuoltaja", "siivooja", "kotiäiti", "kaupan myyjä"),
    "Työ kiinteistönhuollossa": ("kiinteistönhoitaja", "rakennusmies", "maalari", "sahatyöntekijä",
        "konepajatyöntekijä", "maataloustyöntekijä", "huonekalupuuseppä", "kesätyö puistossa"),
    "Kevyempi työ, joka sopii terveyteen": ("rakennusmies", "lähihoitaja", "siivooja", "maalari",
        "laitoshuoltaja", "varastotyöntekijä", "hitsaaja", "sahatyöntekijä", "kuljettaja"),
    "Kortit kuntoon rakennukselle": ("rakennusmies", "maalari", "sähköasentaja", "hitsaaja",
        "huonekalupuuseppä", "kesätyö puistossa"),
    "Oppisopimus putkiasentajaksi": ("rakennusmies", "ei vielä työkokemusta", "maalari",
        "opinnot kesken, autoala", "varastotyöntekijä", "kesätyö puistossa"),
    "Lähihoitajaksi oppisopimuksella": ("lastenhoitaja", "siivooja", "kotiäiti", "laitoshuoltaja",
        "myyjä", "opettaja"),
    "Datanomin opinnot etänä": ("toimistotyöntekijä", "myyjä", "insinööri",
        "ei vielä työkokemusta"),
}  # fmt: skip


STANDINGS = (
    (re.compile(r"[Ll]omaut"), "laid_off"),
    (re.compile(r"Osa-aikatyö jatkuu"), "part_time"),
)


@dataclass(frozen=True, slots=True)
class Needed:
    """What a text asks of the person whom it is about."""

    interpreter: bool
    foreign: bool
    parent: bool
    youngest: int
    oldest: int
    months: frozenset[int]
    trades: tuple[tuple[str, ...], ...]
    standing: str


@cache
def needed(text: str) -> Needed:
    """Return what the text asks for; each text is read once."""
    ages = [(low, high) for words, low, high in AGES if words.search(text)]
    months = [set(months) for words, months in SEASONS if words.search(text)]
    return Needed(
        bool(INTERPRETED.search(text)),
        bool(FOREIGN.search(text)),
        bool(PARENT.search(text)),
        max((low for low, _ in ages), default=0),
        min((high for _, high in ages), default=200),
        frozenset(set.intersection(*months) if months else range(1, 13)),
        tuple(parts for words, parts in TRADES if words.search(text)),
        next((standing for words, standing in STANDINGS if words.search(text)), ""),
    )


@dataclass
class Listener:
    """What is known of the person, as far as it decides which words fit."""

    age: int
    foreign: bool
    interpreter: bool
    parent: bool
    work: str
    standing: str = ""
    goals: tuple[Goal, ...] = ()
    used: set[str] = field(default_factory=set)

    def fits(self, text: str, on: date | None = None) -> bool:
        """Return whether the text could be about this person, or said on that day of the year."""
        asks = needed(text)
        return (
            asks.interpreter <= self.interpreter
            and asks.foreign <= self.foreign
            and asks.parent <= self.parent
            and asks.youngest <= self.age <= asks.oldest
            and (on is None or on.month in asks.months)
            and asks.standing in ("", self.standing)
            and all(self._near(parts) for parts in asks.trades)
        )

    def goal_fits(self, goal: Goal) -> bool:
        """Return whether the person could have this goal."""
        works = GOAL_WORK.get(goal.text)
        if works is not None and self.work not in works:
            return False
        asks = needed(_whole(goal))
        return (
            asks.foreign <= self.foreign
            and asks.parent <= self.parent
            and asks.youngest <= self.age <= asks.oldest
        )

    def _near(self, parts: tuple[str, ...]) -> bool:
        return any(part in goal.text for part in parts for goal in self.goals)


@cache
def _whole(goal: Goal) -> str:
    return " ".join((goal.text, *(step.text for step in goal.steps)))
