"""The nouns of a statement on unemployment security."""

from polku.statements.models.matter import Clarification, Matter
from polku.statements.models.statement import Official, Sending, Statement

__all__ = ["Clarification", "Matter", "Official", "Sending", "Statement"]
