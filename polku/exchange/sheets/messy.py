"""A messy sheet of invented people, as an office might have kept it for years.

For trying the import by hand, for demonstrations and for tests: everything that is wrong in it is
put there on purpose and counted. Identity codes are from the artificial range only.
"""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font

from polku.exchange.sheets.identity import CHECKS

_WOMEN = [
    "Aino",
    "Helmi",
    "Venla",
    "Tuulikki",
    "Sanna",
    "Päivi",
    "Marjatta",
    "Kaisa",
    "Riikka",
    "Eeva",
    "Anneli",
    "Outi",
    "Sirpa",
    "Noora",
    "Minna",
    "Fatima",
    "Olena",
    "Amina",
    "Svetlana",
    "Linh",
    "Birgitta",
    "Åsa",
    "Katarina",
    "Maarit",
    "Heidi",
    "Jenni",
    "Tiina",
    "Ulla",
    "Veera",
]
_MEN = [
    "Eino",
    "Onni",
    "Väinö",
    "Jukka",
    "Pekka",
    "Antti",
    "Ville",
    "Kari",
    "Timo",
    "Seppo",
    "Juha",
    "Olli",
    "Aki",
    "Teemu",
    "Sami",
    "Jari",
    "Esa",
    "Ahmed",
    "Oleksandr",
    "Mehdi",
    "Sergei",
    "Minh",
    "Göran",
    "Håkan",
    "Lauri",
    "Markku",
    "Riku",
    "Tuomo",
    "Pasi",
    "Arttu",
]
_SURNAMES = (
    "Haapaoja Kivelänmäki Rantakari Vuorikoski Suonpää Lehtolahti Ylätalo Peltokorpi Hakavuori "
    "Mäkirinne Koskiniitty Tervasalo Aholampi Kuusilehto Järvikallio Öystilä Åkerlid Bergskog "
    "Lindhamn Nylandström Summa Hirvelänoja Saarikumpu Petäjäharju Honkaviita Leppäsuvanto "
    "Pihlajakangas Kallioranta Niemipelto Raivionaho Salmelankoski Tuomipuro Uusikorpela "
    "Kankaanpelto O'Brienlahti von Skogsby Al-Hassanpour Nguyenmäki"
).replace("von Skogsby", "von_Skogsby").split()  # fmt: skip
_STREETS = [
    "Koulutie",
    "Asemakatu",
    "Kirkkotie",
    "Rantaraitti",
    "Mäntypolku",
    "Teollisuuskatu",
    "Harjukuja",
]
_PLACES = (
    ("Kärkölä", "316", "16600", "JÄRVELÄ"),
    ("Hollola", "098", "15870", "HOLLOLA"),
    ("Asikkala", "016", "17200", "VÄÄKSY"),
    ("Orimattila", "560", "16300", "ORIMATTILA"),
    ("Heinola", "111", "18100", "HEINOLA"),
)
_LANGUAGES = (
    "suomi",
    "Suomi",
    "fi",
    "suomi",
    "ruotsi",
    "venäjä",
    "Ukraina",
    "arabia",
    "sv",
    "viro",
)
_COACHES = ("Kaisa P.", "Jukka R.", "Outi V.")
_NOTES = (
    "soitettava iltapäivisin", "- sovittu uusi aika", "odottaa päätöstä", "ajokortti B; oma auto",
    "käynyt infossa 12.10.", "ei tavoitettu x 3\nviesti jätetty", "", "", "", "",
)  # fmt: skip
_SEPARATORS = {1900: "-YXWVU", 2000: "ABCDEF"}

_GROUPS = (("Henkilö", 5), ("Yhteystiedot", 6), ("Työnhaku", 5), ("Palvelu", 4))
_HEADINGS = (
    "Asiakas-\nnro", "Sukunimi", "Etunimi(t)", "Hetu", "Synt.aika",
    "Puh.", "S-posti", "Osoite", "Postinro", "Postitmp", "Kotikunta",
    "Työttömänä alk.", "Ilmoittau-\ntunut", "Alkuhaast.", "Viim. yht.otto", "Seur. yht.",
    "Kieli", "Valmentaja", "Turvakielto", "Huom!",
)  # fmt: skip
_EXTRA = ("Ajokortti", "Laps.")


@dataclass
class MessySheet:
    """`data`: the XLSX file. `people`: rows about somebody, refused ones included; `refused`: how
    many rows by the code of the (one) reason that was put there; `twice`: how many rows tell of a
    person who has a row already; `hidden`: rows that a filter hides."""

    data: bytes = b""
    people: int = 0
    refused: Counter[str] = field(default_factory=Counter)
    twice: int = 0
    hidden: int = 0
    totals_line: int = 0


@dataclass
class _Person:
    number: int
    last: str
    first: str
    born: date
    code: str
    phone: str
    place: tuple[str, str, str, str]
    registered: date

    def row(self, random: Random, today: date) -> list[Any]:
        name, code, postal, office = self.place
        seen = self.registered + timedelta(days=random.randint(3, 12))
        last = min(today, seen + timedelta(days=random.randint(0, 60)))
        return [
            self.number if random.random() < 0.7 else f" {self.number}",
            self.last if random.random() < 0.9 else self.last.upper(),
            self.first,
            _code_style(self.code, random),
            _day_style(self.born, random) if random.random() < 0.6 else None,
            _phone_style(self.phone, random),
            _email(self.first, self.last, random),
            f"{random.choice(_STREETS)} {random.randint(1, 80)}",
            int(postal) if random.random() < 0.3 else postal,
            office,
            random.choice([name, name, name.upper(), code, int(code)]),
            _day_style(self.registered - timedelta(days=random.randint(0, 30)), random),
            _day_style(self.registered, random),
            _day_style(min(seen, today), random) if random.random() < 0.9 else "-",
            _day_style(last, random),
            _day_style(last + timedelta(days=random.randint(20, 90)), random),
            random.choice(_LANGUAGES),
            random.choice(_COACHES),
            random.choice(["", "", "", "ei", "ei", "E", "kyllä"]),
            random.choice(_NOTES),
            random.choice(["B", "", "BC"]),
            random.choice([0, 1, 2, ""]),
        ]


def artificial_code(born: date, number: int, random: Random | None = None) -> str:
    """An identity code of the artificial range: `number` is 900 to 999."""
    if not 900 <= number <= 999:
        raise ValueError("only the artificial range, 900 to 999, may be made up")
    signs = _SEPARATORS[1900 if born.year < 2000 else 2000]
    sign = random.choice(signs) if random else signs[0]
    digits = f"{born:%d%m%y}"
    return f"{digits}{sign}{number}{CHECKS[int(digits + str(number)) % 31]}"


def _code_style(code: str, random: Random) -> str:
    return random.choice([code, code, code, code.lower(), f" {code} ", code.replace("-", "–")])


def _day_style(day: date, random: Random) -> Any:
    """A real date cell, or one of the ways in which people type one."""
    styles: list[Callable[[], Any]] = [
        lambda: day,
        lambda: day,
        lambda: f"{day.day}.{day.month}.{day.year}",
        lambda: f"{day:%d.%m.%Y}",
        lambda: f"{day.day}.{day.month}.{day:%y}",
        lambda: day.isoformat(),
        lambda: (day - date(1899, 12, 30)).days,
        lambda: f"{day.day}. {day.month}. {day.year}",
        lambda: f"{day.day}.{day.month}.{day.year} klo 9.30",
    ]
    return random.choice(styles)()


def _phone_style(digits: str, random: Random) -> Any:
    """`digits` is the national number without its zero: 401234567."""
    return random.choice(
        [
            f"0{digits}",
            f"0{digits[:2]} {digits[2:5]} {digits[5:]}",
            f"0{digits[:2]}-{digits[2:]}",
            f"+358{digits}",
            f"+358 (0){digits[:2]} {digits[2:]}",
            int(digits),
            f"gsm 0{digits}",
            f"0{digits} (äiti)",
            f"0{digits} / 09 1234567",
            "ei ole",
        ]
    )


def _email(first: str, last: str, random: Random) -> str:
    if random.random() < 0.25:
        return random.choice(["", "-", "ei ole"])
    plain = str.maketrans("äöåÄÖÅ' ", "aoaAOA__")
    return f"{first}.{last}@example.fi".translate(plain).lower()


def _people(count: int, random: Random, today: date) -> list[_Person]:
    people = []
    for place in range(count):
        born = date(1961, 1, 1) + timedelta(days=random.randint(0, 17_000))
        number = 900 + place % 100
        names = _WOMEN if number % 2 == 0 else _MEN
        first = random.choice(names)
        if random.random() < 0.4:
            first += f" {random.choice(names)}"
        people.append(
            _Person(
                20_000 + place,
                random.choice(_SURNAMES).replace("_", " "),
                first,
                born,
                artificial_code(born, number, random),
                f"{random.choice(['40', '44', '45', '50'])}{random.randint(1_000_000, 9_999_999)}",
                random.choice(_PLACES),
                today - timedelta(days=random.randint(15, 900)),
            )
        )
    return people


# What is wrong, and how: code of the reason -> what it does to a row.
def _break_check(row: list[Any]) -> None:
    code = row[3].strip().upper()
    row[3] = code[:-1] + ("A" if code[-1] != "A" else "B")


_BREAKS: dict[str, Callable[[list[Any]], None]] = {
    "identity_check_sign": _break_check,
    "date_no_such_day": lambda row: row.__setitem__(12, "31.2.2026"),
    "date_no_such_month": lambda row: row.__setitem__(11, "2027-13-01"),
    "date_ambiguous": lambda row: row.__setitem__(12, "3/4/2026"),
    "date_without_year": lambda row: row.__setitem__(14, "4.2."),
    "municipality_unknown": lambda row: row.__setitem__(10, "Lahdenpohja"),
    "birth_date_differs": lambda row: row.__setitem__(4, date(1950, 5, 5)),
    "nobody_named": lambda row: row.__setitem__(slice(0, 4), [None, None, None, None]),
    "identity_half": lambda row: row.__setitem__(3, row[3].strip()[:6] + "-"),
}


def _respelt(person: _Person) -> _Person:
    """The same person as somebody else typed them."""
    last = person.last.replace("ä", "a").replace("ö", "o").replace("å", "a")
    first = person.first.split(" ")[0]
    return _Person(**{**vars(person), "last": last, "first": first})


def messy_office_sheet(
    people: int = 5_000, *, today: date, seed: int = 1, broken: int = 60, twice: int = 40
) -> MessySheet:
    """The sheet, the same for the same arguments. `broken` rows are refused, each for one reason;
    `twice` rows repeat somebody with a spelling variant."""
    random = Random(seed)
    result = MessySheet(people=people)
    everyone = _people(people - twice, random, today)
    rows = [person.row(random, today) for person in everyone]
    for place, row in enumerate(random.sample(rows, broken)):
        code = list(_BREAKS)[place % len(_BREAKS)]
        _BREAKS[code](row)
        result.refused[code] += 1
    for person in random.sample(everyone, twice):
        rows.insert(random.randrange(len(rows)), _respelt(person).row(random, today))
        result.twice += 1
    _write(result, rows, random, today)
    return result


def _write(result: MessySheet, rows: list[list[Any]], random: Random, today: date) -> None:
    book = Workbook()
    sheet = book.active
    sheet.title = "Asiakkaat"
    width = len(_HEADINGS) + len(_EXTRA)
    sheet.append([f"Työllisyyspalvelut – asiakasluettelo {today.day}.{today.month}.{today.year}"])
    sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=width)
    sheet["A1"].font = Font(bold=True, size=14)
    sheet.append([])
    _write_header(sheet)
    for place, row in enumerate(rows):
        if place and place % 1_500 == 0:
            sheet.append([*(heading.replace("\n", "") for heading in _HEADINGS), *_EXTRA])
        if place and place % 900 == 0:
            sheet.append([])
        sheet.append([cell if cell != "" else None for cell in row])
        if random.random() < 0.01:
            sheet.row_dimensions[sheet.max_row].hidden = True
            result.hidden += 1
    sheet.append([])
    sheet.append(["Yhteensä", len(rows), "kpl"])
    result.totals_line = sheet.max_row
    secret = book.create_sheet("Vanhat")
    secret.append(["Sukunimi", "Etunimi"])
    secret.sheet_state = "hidden"
    out = io.BytesIO()
    book.save(out)
    result.data = out.getvalue()


def _write_header(sheet: Any) -> None:
    column = 1
    for name, span in _GROUPS:
        sheet.cell(3, column, name).alignment = Alignment(horizontal="center")
        sheet.merge_cells(start_row=3, start_column=column, end_row=3, end_column=column + span - 1)
        column += span
    for place, heading in enumerate((*_HEADINGS, *_EXTRA), start=1):
        cell = sheet.cell(4, place, heading)
        cell.font = Font(bold=True)
        cell.alignment = Alignment(wrap_text=True)


__all__ = ["MessySheet", "artificial_code", "messy_office_sheet"]
