"""Where the invented world plays: real organisations and places, invented workers, caseloads.

A caseload is described here in numbers; `lives` fills it with people.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Office:
    """An organisation. `key` is how the rest of the demo calls it."""

    key: str
    name: str
    name_sv: str
    kind: str
    municipality: str


@dataclass(frozen=True, slots=True)
class Worker:
    """A worker in one role. `clients` is the size of the own caseload, `ages` whom it takes."""

    first_name: str
    last_name: str
    role: str = "coach"
    clients: int = 0
    ages: tuple[int, int] = (18, 64)
    language: str = "fi"


@dataclass(frozen=True, slots=True)
class TeamOf:
    """A team with its workers. `towns` says where its clients live, with weights."""

    name: str
    office: str
    municipality: str
    workers: tuple[Worker, ...]
    towns: tuple[tuple[str, int], ...]
    new: int = 3


@dataclass(frozen=True, slots=True)
class RegisterOf:
    """A register with its teams. `since` is the year in which its records begin."""

    slug: str
    name: str
    name_sv: str
    kind: str
    controller: str
    area: str | None
    since: int
    teams: tuple[TeamOf, ...]
    window: str = "authority"


OFFICES = (
    Office("karkola", "Kärkölän kunta", "Kärkölä kommun", "municipality", "316"),
    Office("hollola", "Hollolan kunta", "Hollola kommun", "municipality", "098"),
    Office("asikkala", "Asikkalan kunta", "Asikkala kommun", "municipality", "016"),
    Office("orimattila", "Orimattilan kaupunki", "Orimattila stad", "municipality", "560"),
    Office("heinola", "Heinolan kaupunki", "Heinola stad", "municipality", "111"),
    Office("lahti", "Lahden kaupunki", "Lahtis stad", "municipality", "398"),
    Office("sastamala", "Sastamalan kaupunki", "Sastamala stad", "municipality", "790"),
    Office("punkalaidun", "Punkalaitumen kunta", "Punkalaidun kommun", "municipality", "619"),
    Office("salpaus", "Koulutuskeskus Salpaus", "Utbildningscentralen Salpaus", "school", "398"),
    Office("sasky", "Sasky koulutuskuntayhtymä", "Samkommunen Sasky", "school", "790"),
    Office(
        "jyranko", "Jyränkölän Setlementti ry", "Jyränkölän Setlementti ry", "association", "111"
    ),
    Office("kuntoutus", "Kuntoutussäätiö sr", "Rehabiliteringsstiftelsen", "foundation", "398"),
)

KARKOLA = TeamOf(
    "Kärkölä",
    "karkola",
    "316",
    (
        Worker("Aino", "Laakso", clients=86, ages=(30, 64)),
        Worker("Jere", "Kivelä", clients=78, ages=(18, 29)),
        Worker("Marjut", "Heinonen", clients=85, ages=(30, 64)),
        Worker("Ritva", "Koskinen", role="lead"),
        Worker("Gunilla", "Forsman", role="administrator", language="sv"),
        Worker("Elli", "Nurmi", role="auditor"),
    ),
    (("316", 1),),
    new=4,
)

PAIJAT_HAME = RegisterOf(
    "paijat-hame",
    "Päijät-Hämeen työllisyysalue",
    "Päijänne-Tavastlands sysselsättningsområde",
    "authority",
    "hollola",
    "31",
    2025,
    (
        KARKOLA,
        TeamOf(
            "Hollola",
            "hollola",
            "098",
            (
                Worker("Tarja", "Salonen", clients=46),
                Worker("Ville", "Peltola", clients=42),
                Worker("Outi", "Mattila", role="lead"),
                Worker("Noora", "Salmela", role="coordinator"),
                Worker("Saila", "Alanko", role="manager"),
            ),
            (("098", 1),),
        ),
        TeamOf(
            "Asikkala",
            "asikkala",
            "016",
            (Worker("Hannele", "Rinne", clients=66),),
            (("016", 1),),
            new=2,
        ),
        TeamOf(
            "Orimattila",
            "orimattila",
            "560",
            (Worker("Pasi", "Vainio", clients=44), Worker("Sanna", "Ojala", clients=40)),
            (("560", 1),),
        ),
        TeamOf(
            "Heinola",
            "heinola",
            "111",
            (Worker("Mervi", "Hakala", clients=62), Worker("Antti", "Suominen", role="lead")),
            (("111", 1),),
            new=2,
        ),
    ),
)

LAHTI = RegisterOf(
    "lahti",
    "Lahden työllisyysalue",
    "Lahtis sysselsättningsområde",
    "authority",
    "lahti",
    "19",
    2025,
    (
        TeamOf(
            "Lahti, keskusta",
            "lahti",
            "398",
            (
                Worker("Leila", "Kangas", clients=190),
                Worker("Samuel", "Toivonen", clients=210),
                Worker("Nina", "Hietala", clients=160, ages=(18, 29)),
                Worker("Jaana", "Ahonen", role="lead"),
                Worker("Timo", "Kallio", role="coordinator"),
            ),
            (("398", 1),),
            new=9,
        ),
    ),
)

PIRKANMAA = RegisterOf(
    "lantinen-pirkanmaa",
    "Läntisen Pirkanmaan työllisyysalue",
    "Västra Birkalands sysselsättningsområde",
    "authority",
    "sastamala",
    "21",
    2025,
    (
        TeamOf(
            "Sastamala ja Punkalaidun",
            "sastamala",
            "790",
            (
                Worker("Heli", "Lehtonen", clients=104),
                Worker("Mikko", "Aalto", clients=102),
                Worker("Kirsi", "Jokinen", clients=94),
                Worker("Juha", "Tuominen", role="lead"),
                Worker("Päivi", "Nieminen", role="coordinator"),
            ),
            (("790", 2), ("619", 1)),
            new=5,
        ),
        TeamOf(
            "Punkalaidun",
            "punkalaidun",
            "619",
            (Worker("Eeva", "Seppälä"),),
            (("619", 1),),
            new=0,
        ),
    ),
)

HEINOLA_PROJECT = RegisterOf(
    "tyon-reitille",
    "Työn reitille -hanke, Heinola",
    "Projektet Työn reitille, Heinola",
    "project",
    "jyranko",
    None,
    2026,
    (
        TeamOf(
            "Työn reitille",
            "jyranko",
            "111",
            (
                Worker("Katri", "Partanen", clients=22),
                Worker("Olli", "Niskanen", clients=18),
                Worker("Riikka", "Tamminen", role="coordinator"),
            ),
            (("111", 1),),
            new=2,
        ),
    ),
    window="project",
)

FOUNDATION_PROJECT = RegisterOf(
    "suunta-tyohon",
    "Suunta työhön -valmennus",
    "Coachningen Suunta työhön",
    "project",
    "kuntoutus",
    None,
    2025,
    (
        TeamOf(
            "Suunta työhön",
            "kuntoutus",
            "398",
            (
                Worker("Saara", "Viitanen", clients=31, ages=(42, 64)),
                Worker("Petri", "Hyvönen", clients=29, ages=(42, 64)),
            ),
            (("398", 6), ("098", 2), ("111", 1)),
            new=2,
        ),
    ),
    window="project",
)

REGISTERS = (PAIJAT_HAME, LAHTI, PIRKANMAA, HEINOLA_PROJECT, FOUNDATION_PROJECT)

# (municipality, task, office that does it, note)
AGREEMENTS = {
    "paijat-hame": (
        ("316", "coaching", "karkola", ""),
        ("098", "coaching", "hollola", ""),
        ("016", "coaching", "asikkala", ""),
        ("560", "coaching", "orimattila", ""),
        ("111", "coaching", "heinola", ""),
        ("316", "education", "salpaus", "Omaohjaaja paikalla joka toinen tiistai."),
        ("316", "statements", "karkola", "Kunta antaa lausunnot itse."),
        ("098", "statements", "hollola", ""),
    ),
    "lahti": (("398", "coaching", "lahti", ""), ("398", "education", "salpaus", "")),
    "lantinen-pirkanmaa": (
        ("790", "coaching", "sastamala", ""),
        (
            "619",
            "coaching",
            "sastamala",
            "OMA-valmentaja on paikalla kahtena päivänä viikossa.",
        ),
        ("619", "rehabilitative", "punkalaidun", "Kunta järjestää kuntouttavan työtoiminnan itse."),
        ("619", "education", "sasky", ""),
        ("790", "rehabilitative", "sastamala", ""),
        ("790", "statements", "sastamala", ""),
        (
            "619",
            "statements",
            "sastamala",
            "Sastamala antaa lausunnot myös Punkalaitumen puolesta.",
        ),
    ),
}
