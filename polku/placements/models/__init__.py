"""The nouns of placements, one file a theme."""

from polku.placements.models.boundaries import MunicipalityBoundary
from polku.placements.models.canvassing import HostContact
from polku.placements.models.following import Absence, Assessment, OrientationTick, Outcome
from polku.placements.models.hosts import Host, OrientationItem, Supervisor, Worksite
from polku.placements.models.links import HostLink
from polku.placements.models.openings import Opening, SeatUse
from polku.placements.models.periods import Placement, Signature, TermsChange
from polku.placements.models.rounds import Round, RoundPair
from polku.placements.models.searches import Search, SearchWord

__all__ = [
    "Absence",
    "Assessment",
    "Host",
    "HostContact",
    "HostLink",
    "MunicipalityBoundary",
    "Opening",
    "OrientationItem",
    "OrientationTick",
    "Outcome",
    "Placement",
    "Round",
    "RoundPair",
    "Search",
    "SearchWord",
    "SeatUse",
    "Signature",
    "Supervisor",
    "TermsChange",
    "Worksite",
]
