"""Where people meet, by municipality. Public places only, named in general terms; no addresses."""

from dataclasses import dataclass
from typing import Literal

Kind = Literal["town_hall", "library", "service_point"]


@dataclass(frozen=True, slots=True)
class Place:
    """`at_fi` is the name as it stands in a sentence: "tavataan kunnantalolla"."""

    municipality: str  # Statistics Finland's three-digit code
    kind: Kind
    name_fi: str
    name_sv: str
    at_fi: str


def _places(code: str, of: str, sv: str, hall: str, *points: tuple[str, str, str]) -> list[Place]:
    hall_sv = "Kommunhuset" if hall == "kunnantalo" else "Stadshuset"
    return [
        Place(code, "town_hall", f"{of} {hall}", f"{hall_sv} i {sv}", f"{of} {hall}lla"),
        Place(code, "library", f"{of} kirjasto", f"Biblioteket i {sv}", f"{of} kirjastossa"),
        *(Place(code, "service_point", fi, in_swedish, at) for fi, in_swedish, at in points),
    ]


PLACES: tuple[Place, ...] = (
    *_places(
        "316",
        "Kärkölän",
        "Kärkölä",
        "kunnantalo",
        (
            "Työllisyyspalvelut, kunnantalon alakerta",
            "Sysselsättningstjänsterna, kommunhusets nedre våning",
            "työllisyyspalveluissa kunnantalon alakerrassa",
        ),
        ("Nuorisotila, Järvelä", "Ungdomslokalen i Järvelä", "nuorisotilalla Järvelässä"),
    ),
    *_places(
        "398",
        "Lahden",
        "Lahtis",
        "kaupungintalo",
        (
            "Lahden työllisyyspalvelut, keskusta",
            "Lahtis sysselsättningstjänster, centrum",
            "Lahden työllisyyspalveluissa keskustassa",
        ),
        ("Ohjaamo, Lahti", "Navigatorn, Lahtis", "Ohjaamossa Lahdessa"),
        ("Asukastupa, Liipola", "Invånarstugan, Liipola", "asukastuvalla Liipolassa"),
    ),
    *_places(
        "098",
        "Hollolan",
        "Hollola",
        "kunnantalo",
        (
            "Hollolan työllisyyspalvelut, Salpakangas",
            "Hollola sysselsättningstjänster, Salpakangas",
            "Hollolan työllisyyspalveluissa Salpakankaalla",
        ),
    ),
    *_places(
        "016",
        "Asikkalan",
        "Asikkala",
        "kunnantalo",
        (
            "Asikkalan työllisyyspalvelut, Vääksy",
            "Asikkala sysselsättningstjänster, Vääksy",
            "Asikkalan työllisyyspalveluissa Vääksyssä",
        ),
    ),
    *_places(
        "560",
        "Orimattilan",
        "Orimattila",
        "kaupungintalo",
        (
            "Orimattilan työllisyyspalvelut",
            "Orimattila sysselsättningstjänster",
            "Orimattilan työllisyyspalveluissa",
        ),
        ("Työpaja, Orimattila", "Verkstaden, Orimattila", "työpajalla Orimattilassa"),
    ),
    *_places(
        "111",
        "Heinolan",
        "Heinola",
        "kaupungintalo",
        (
            "Heinolan työllisyyspalvelut",
            "Heinola sysselsättningstjänster",
            "Heinolan työllisyyspalveluissa",
        ),
        ("Setlementtitalo, Heinola", "Settlementhuset, Heinola", "setlementtitalolla Heinolassa"),
    ),
    *_places(
        "790",
        "Sastamalan",
        "Sastamala",
        "kaupungintalo",
        (
            "Sastamalan työllisyyspalvelut, Vammala",
            "Sastamala sysselsättningstjänster, Vammala",
            "Sastamalan työllisyyspalveluissa Vammalassa",
        ),
    ),
    *_places(
        "619",
        "Punkalaitumen",
        "Punkalaidun",
        "kunnantalo",
        (
            "Asiointipiste, Punkalaidun",
            "Servicepunkten, Punkalaidun",
            "Punkalaitumen asiointipisteellä",
        ),
    ),
)

# Other ways to meet, as they are written on an invitation.
REMOTE_FI = ("puhelimitse", "Teamsilla", "kävellen ulkona", "oppilaitoksella", "työpaikalla")
