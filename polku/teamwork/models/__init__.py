"""The nouns of working together."""

from polku.teamwork.models.division import Division, DivisionProposal, DivisionRule
from polku.teamwork.models.sharing import (
    Agreement,
    HandOver,
    MinutesAssumption,
    NotificationSetting,
    Told,
)

__all__ = [
    "Agreement",
    "Division",
    "DivisionProposal",
    "DivisionRule",
    "HandOver",
    "MinutesAssumption",
    "NotificationSetting",
    "Told",
]
