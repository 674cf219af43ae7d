"""The people of the stories at /demo/: the demo coach's clients in telling situations."""

from __future__ import annotations

from dataclasses import dataclass, replace

from polku.demo import meetings
from polku.demo.casebook import Life, Sketch
from polku.demo.diary import on_working_day
from polku.rules.calendar import add_working_days

SHOWN = (
    Sketch(
        "yusuf", names=("Yusuf", "Omar Warsame", False), language="so", ages=(36, 40),
        arc="language through work", at=5, last=13, window=(14, 35),
        wish="Viesti ensin, puhelimessa kieli on vaikeampi",
    ),
    Sketch(
        "olli", names=("Olli Tapani", "Mustonen", False), language="fi", ages=(44, 48),
        arc="work trial that led on", at=5, last=9, window=(7, 21), wish="",
    ),
    Sketch(
        "anneli", names=("Anneli", "Kettunen", True), language="fi", ages=(58, 61),
        arc="no longer believing in it", at=6, last=22, window=(21, 42),
        wish="Toivoo soittoa, ei tapaamista",
    ),
    Sketch(
        "kaarina", names=("Kaarina Elisabet", "Voutilainen", True), language="fi", ages=(53, 56),
        arc="everyday matters come first", at=5, last=31, window=(7, 14), standing="late",
        wish="Toivoo yhteyttä kahden viikon välein",
    ),
    Sketch(
        "timo", names=("Timo Juhani", "Pesonen", False), language="fi", ages=(47, 52),
        arc="health first", at=5, last=4, window=(42, 84), standing="early",
        wish="Harvoin, soittaa itse, jos jotain on",
    ),
    Sketch(
        "oksana", names=("Oksana", "Bondarenko", True), language="uk", ages=(33, 37),
        arc="language through work", at=7, last=11, window=(14, 28),
        wish="Videolla, bussi kulkee huonosti",
    ),
)  # fmt: skip
STORIES = tuple(replace(sketch, shown=True) for sketch in SHOWN)
SANNA = Sketch("sanna", names=("Sanna Maria", "Rautiainen", True), language="fi", ages=(31, 34),
               is_new=True)  # fmt: skip
PEKKA = Sketch("pekka", names=("Pekka Olavi", "Huttunen", False), language="fi", ages=(40, 46),
               is_new=True)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Booked:
    """A time on the first working day of the demo: from 9 o'clock on."""

    key: str
    at: int
    minutes: int
    kind: str
    purpose: str
    status: str = "confirmed"
    note: str = ""


FIRST_DAY = (
    Booked("mirja", 9 * 60, 45, "visit", "discussion",
           note="Työkokeilun ehdotus, palkkatuki vai osatutkinto"),
    Booked("yusuf", 10 * 60 + 15, 60, "visit", "coaching",
           note="Koulutuskokeilun jälkeen: mitä seuraavaksi?"),
    Booked("olli", 12 * 60, 30, "call", "place",
           note="Työkokeilun puoliväli, esihenkilön arvio tuli eilen"),
    Booked("anneli", 14 * 60 + 30, 30, "call", "coaching", status="proposed",
           note="Ehdotettu aika, ei vielä vahvistettu"),
)  # fmt: skip


def first_day(lives: dict[str, Life]) -> None:
    """Book the times of the stories on today or the next working day, before all others."""
    for booked in FIRST_DAY:
        life = lives[booked.key]
        day = on_working_day(life.case.today)
        starts = life.case.diary.take(day, booked.minutes, at=booked.at)
        if starts is None or life.rhythm is None:
            continue
        meetings.book(
            life.meeting, starts, booked.minutes, kind=booked.kind, purpose=booked.purpose,
            status=booked.status, note=booked.note,
        )  # fmt: skip
        life.rhythm.next_on, life.rhythm.next_kind = day, booked.kind


def out_of_rhythm(lives: dict[str, Life]) -> None:
    """Leave Kaarina in a silence of 31 days, and Timo with a call planned sooner than he wishes."""
    kaarina, timo = lives["kaarina"], lives["timo"]
    if kaarina.rhythm is not None:
        kaarina.rhythm.next_on, kaarina.rhythm.next_kind = None, ""
    if timo.rhythm is not None:
        day = on_working_day(timo.case.today)
        timo.rhythm.next_on = add_working_days(day, 1)
        timo.rhythm.next_kind = "call"
