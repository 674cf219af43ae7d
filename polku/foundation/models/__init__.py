"""The nouns of the ground, one file a theme."""

from polku.foundation.models.audit import AuditEntry, AuditSeal
from polku.foundation.models.base import RegisterModel
from polku.foundation.models.entry import EntryLink, Session, SignInTry
from polku.foundation.models.foreseen import ForeseenRecusal
from polku.foundation.models.history import RowChange
from polku.foundation.models.outbox import OutboxMessage
from polku.foundation.models.people import RoleAssignment, Team, User
from polku.foundation.models.places import AreaMembership, EmploymentArea, Municipality
from polku.foundation.models.registers import Organisation, Register, RegisterKey
from polku.foundation.models.relations import Recusal, Relation

__all__ = [
    "AreaMembership",
    "AuditEntry",
    "AuditSeal",
    "EmploymentArea",
    "EntryLink",
    "ForeseenRecusal",
    "Municipality",
    "Organisation",
    "OutboxMessage",
    "Recusal",
    "Register",
    "RegisterKey",
    "RegisterModel",
    "Relation",
    "RoleAssignment",
    "RowChange",
    "Session",
    "SignInTry",
    "Team",
    "User",
]
