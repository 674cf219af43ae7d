"""Invented worksites for the living page of the map, around the lakes of Päijät-Häme."""

from __future__ import annotations

from dataclasses import dataclass

from polku.placements.map.clusters import Row

BOX = (24.9, 60.75, 26.7, 61.5)
# The municipalities that are drawn lighter where borders are imported.
OWN = ("398", "098", "016", "316", "560", "111")
HOME = (25.62, 60.97)


@dataclass(frozen=True, slots=True)
class Sample:
    """One invented worksite, as the list beside the map shows it."""

    id: str
    name: str
    town: str
    lon: float
    lat: float
    free: int
    promised: int
    taken: int
    coarse: bool = False

    @property
    def seats(self) -> int:
        return self.free + self.promised + self.taken

    def row(self) -> Row:
        return (self.lon, self.lat, self.free, self.promised, self.taken, self.town, self.name,
                self.id, self.coarse)  # fmt: skip


SAMPLES = (
    Sample("s1", "Vuokkoharjun koulu", "Lahti", 25.66, 60.98, 1, 0, 1),
    Sample("s2", "Kierrätyskeskus Ranta", "Lahti", 25.64, 60.995, 2, 1, 1),
    Sample("s3", "Kirjasto Kielo", "Lahti", 25.68, 60.99, 0, 1, 1),
    Sample("s4", "Setlementin kahvila", "Heinola", 26.03, 61.2, 2, 1, 1),
    Sample("s5", "Pitopalvelu Puro", "Heinola", 26.05, 61.21, 0, 0, 2),
    Sample("s6", "Palvelutalo Harju", "Orimattila", 25.73, 60.805, 2, 0, 0),
    Sample("s7", "Kunnantalo", "Kärkölä", 25.27, 60.87, 1, 0, 1),
    Sample("s8", "Metsäpalvelu Kuusi", "Asikkala", 25.5, 61.17, 0, 0, 1, coarse=True),
    Sample("s9", "Varikko", "Hollola", 25.43, 60.99, 0, 2, 1),
    Sample("s10", "Verstas Nasta", "Nastola", 25.93, 60.945, 2, 0, 1),
    Sample("s11", "Puutarha Onni", "Padasjoki", 25.27, 61.35, 1, 0, 0),
    Sample("s12", "Museo Aitta", "Hartola", 26.02, 61.58, 1, 1, 2),
)


def listed() -> tuple[Sample, ...]:
    return SAMPLES


def rows(*, free_only: bool = False) -> list[Row]:
    return [one.row() for one in SAMPLES if one.free or not free_only]
