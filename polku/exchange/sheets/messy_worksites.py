"""A messy list of invented workplaces, as a coordinator of placements might have kept it.

For trying the import by hand, for demonstrations and for the journey: what is wrong in it is put
there on purpose and counted. Employers and people are invented; the points lie around Kärkölä.
"""

from __future__ import annotations

import io
from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from random import Random
from typing import Any

from openpyxl import Workbook

from polku.placements.coordinates import Point, to_plane

HEADERS = [
    "Työnantaja", "Työpaikka", "Katuosoite", "Postinro", "Postitoimipaikka", "Kunta", "N", "E",
    "Esihenkilö", "Puhelin", "Tehtävä", "Tehtävän kuvaus", "Sijoitustapa", "Paikkoja", "Tunnit/pv",
    "Päiviä/vko", "Vaatimukset", "Kortit", "Kielitaso", "Tuki", "Huom",
]  # fmt: skip
GROUPS = {"A": "Työpaikka", "I": "Yhteyshenkilö", "K": "Tehtävä", "Q": "Ehdot"}
# Municipality -> its genitive, about where its places lie, and their post office.
_TOWNS = {
    "Kärkölä": ("Kärkölän", 60.867, 25.270, "16600", "Järvelä"),
    "Lahti": ("Lahden", 60.983, 25.656, "15110", "Lahti"),
    "Hollola": ("Hollolan", 60.989, 25.513, "15870", "Hollola"),
    "Orimattila": ("Orimattilan", 60.805, 25.733, "16300", "Orimattila"),
}
_HOSTS = {
    "{0} kunta": ("koulu", "päiväkoti", "kirjasto", "varikko"),
    "{0} Apu ry": ("kirppis", "ruoka-apu"),
    "{0} Kaluste Oy": ("verstas", "myymälä"),
    "{0} seurakunta": ("seurakuntatalo",),
    "{0} Kahvila Ky": ("kahvila",),
}
_TASKS: dict[str, tuple[tuple[str, str, str], ...]] = {
    "koulu": (("Keittiöapulainen", "seisomatyö, nostoja max 10 kg", "hygieniapassi"),
              ("Siivooja", "seisominen; pöly", "")),
    "päiväkoti": (("Päiväkotiapulainen", "melu", "rikosrekisteriote"),),
    "kirjasto": (("Hyllyttäjä", "", ""),),
    "varikko": (("Puistotyöntekijä", "ulkotyö, nostot yli 10 kg", "EA1, B-kortti"),),
    "kirppis": (("Myyjä", "asiakaspalvelu", ""), ("Lajittelija", "pöly", "")),
    "ruoka-apu": (("Jakaja", "nostoja 10 kg, kylmä", "hygieniapassi"),),
    "verstas": (("Puuseppä", "melu, pöly", "työturvallisuuskortti"),),
    "myymälä": (("Myymälätyöntekijä", "asiakaspalvelu, viikonloput", ""),),
    "seurakuntatalo": (("Vahtimestari", "illat", ""),),
    "kahvila": (("Kahvilatyöntekijä", "kiire, asiakaspalvelu", "hygieniapassi, anniskelu"),),
}  # fmt: skip
_KINDS = (
    "työkokeilu", "Työkokeilu, kuntouttava", "työkokeilu / palkkatuki", "palkkatuki 50 %",
    "kuntouttava työtoiminta ja TOP", "oppisopimus; palkkatuki", "vapaaehtoistyö",
)  # fmt: skip
_SEATS = (1, 2, 2, "2-3", "1 kpl", 3)
_HOURS = ("4-6", "6", "7,5", "4–6 h", 6, "7:30")
_DAYS = (5, "ma-pe", "3", 4, "ma, ke, pe")
_LEVELS = ("", "suomi A2", "suomi B1", "A2", "auttava suomi")
_SUPPORTS = (
    "",
    "perehdytys",
    "perehdytys, rauhallinen",
    "esteetön",
    "joustava; lisätauot",
    "kahvia",
)
_SUPERVISORS = (
    "Sanni Salo", "Rauno Rantanen (työnjohtaja)", "Kerttu Lahdenperä, rehtori", "Mika Mäkelä", "",
)  # fmt: skip


@dataclass
class MessyList:
    """The file; `wrong` counts what was put there on purpose, by its kind."""

    data: bytes = b""
    rows: int = 0
    wrong: Counter[str] = field(default_factory=Counter)


def messy_list_of_worksites(seed: int = 1, today: date = date(2026, 11, 20)) -> MessyList:
    """Return a workbook: titles, headings in two rows, workplaces with their tasks, totals."""
    random, result = Random(seed), MessyList()
    book = Workbook()
    sheet = book.active
    sheet.title = "Paikat"
    sheet.append(["Työkokeilu- ja palkkatukipaikat"])
    sheet.append([None, f"päivitetty {today.day}.{today.month}.{today.year}"])
    for column, name in GROUPS.items():
        sheet[f"{column}3"] = name
    for ends in ("A3:H3", "I3:J3", "K3:P3", "Q3:U3"):
        sheet.merge_cells(ends)
    sheet.append(HEADERS)
    for row in _rows(random, result):
        sheet.append(row)
        result.rows += 1
    sheet.append(["Paikkoja yhteensä", *[None] * 12, result.rows])
    out = io.BytesIO()
    book.save(out)
    result.data = out.getvalue()
    return result


def _rows(random: Random, result: MessyList) -> list[list[Any]]:
    rows: list[list[Any]] = []
    for town, (of_town, lat, lon, code, office) in _TOWNS.items():
        for pattern, places in _HOSTS.items():
            host = pattern.format(of_town)
            for place in places:
                where = Point(lat + random.uniform(-0.02, 0.02), lon + random.uniform(-0.04, 0.04))
                street = f"{random.choice(['Koulu', 'Asema', 'Ranta', 'Tori'])}tie {len(rows) + 1}"
                address = [host, place.title(), street, code, office, town]
                who = [random.choice(_SUPERVISORS), f"040 555 {random.randint(1000, 9999)}"]
                point = _point(where, random, result)
                for task in _TASKS[place]:
                    rows.append([*address, *point, *who, *_task(task, random)])
    _spoil(rows, result)
    return rows


def _point(where: Point, random: Random, result: MessyList) -> list[Any]:
    north, east = (round(value) for value in to_plane(where))
    dice = random.random()
    if dice < 0.25:
        result.wrong["no_coordinates"] += 1
        return ["", ""]
    if dice < 0.35:
        result.wrong["swapped"] += 1
        return [east, north]
    if dice < 0.5:
        result.wrong["degrees"] += 1
        return [f"{where.lat:.5f}".replace(".", ","), f"{where.lon:.5f}".replace(".", ",")]
    return [north, f"{east:,}".replace(",", " ")]


def _task(task: tuple[str, str, str], random: Random) -> list[Any]:
    title, demands, cards = task
    return [
        title, "sovitaan työpaikalla", random.choice(_KINDS), random.choice(_SEATS),
        random.choice(_HOURS), random.choice(_DAYS), demands, cards, random.choice(_LEVELS),
        random.choice(_SUPPORTS), random.choice(["", "soita ensin", "parkkipaikka pihalla"]),
    ]  # fmt: skip


def _spoil(rows: list[list[Any]], result: MessyList) -> None:
    """Rows that must be refused, each for its own reason."""
    good = rows[0]
    for name, column, value in (
        ("no_legal_form", 0, "Outo Talo"),
        ("in_stockholm", 6, "59,3293"),
        ("no_kind", 12, "sovitaan myöhemmin"),
        ("no_such_town", 5, "Kaukala"),
    ):
        row = list(good)
        row[1], row[column] = f"Työpaikka {name}", value
        if name == "in_stockholm":
            row[7] = "18,0686"
        rows.append(row)
        result.wrong[name] += 1
