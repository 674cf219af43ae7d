"""A person while a batch is decided: as the register has them, and as they will be."""

from __future__ import annotations

import pickle
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from polku.clients.models import Client, ContactDetails
from polku.contacts.models import Contact, Rhythm
from polku.exchange.imports.wanted import name_key

DETAILS = ("phone", "phone_digits", "email", "street", "postal_code", "town")
CARRIED = (
    "office_number", "last_name", "first_names", "call_name", "search_name", "born",
    "municipality_id", "language", "service_language", "interpreter", "status",
    "unemployed_since", "registered_on", "referral", "situation", "safety_ban", "opened_on",
)  # fmt: skip


@dataclass(slots=True, eq=False)
class Known:
    """A person. `details` is None where a safety ban hides them from the importer.

    `changed` names what will be written; `line` is the row of this file that came first.
    """

    client: Client
    details: ContactDetails | None
    rhythm: Rhythm | None = None
    identity: bytes | None = None
    coach_id: UUID | None = None
    has_team: bool = False
    contact_days: set[date] = field(default_factory=set)
    new: bool = False
    visible: bool = True
    line: int = 0
    changed: set[str] = field(default_factory=set)
    ban: bool = False
    own: UUID | None = None
    team: UUID | None = None
    contacts: list[Contact] = field(default_factory=list)
    before: str = ""

    @property
    def id(self) -> UUID:
        return self.client.id

    @property
    def said(self) -> str:
        """How a reason names the person: by id, or by the row that brings them."""
        return f"#{self.line}" if self.new else str(self.client.id)

    @property
    def reach(self) -> tuple[str, str]:
        if self.details is None:
            return "", ""
        return self.details.phone_digits, self.details.email.lower()

    def get(self, name: str) -> Any:
        """Return a field of the person, wherever it stands."""
        if name in DETAILS:
            return getattr(self.details, name) if self.details is not None else ""
        return getattr(self.client, name)

    def set(self, name: str, value: Any) -> None:
        """Set a field of the person, and remember that it is to be written."""
        if name in DETAILS:
            setattr(self.details, name, value)
        else:
            setattr(self.client, name, value)
        self.changed.add(name)


class Index:
    """The people of a batch, by what a row may find them by."""

    def __init__(self, people: Iterable[Known] = ()) -> None:
        self.by_identity: dict[bytes, Known] = {}
        self.by_number: dict[str, Known] = {}
        self.by_name: dict[tuple[tuple[str, str], date], list[Known]] = {}
        for one in people:
            self.add(one)

    def add(self, one: Known) -> None:
        """Add a person, or what has become known of one."""
        if one.identity:
            self.by_identity[one.identity] = one
        if one.client.office_number:
            self.by_number[one.client.office_number] = one
        if one.client.born:
            key = (name_key(one.client.last_name, one.client.first_names), one.client.born)
            same = self.by_name.setdefault(key, [])
            if one not in same:
                same.append(one)


class Memory:
    """What a dry run would have written, packed: later rows of the file meet it again."""

    def __init__(self) -> None:
        self._packed: dict[bytes, bytes] = {}
        self._by_identity: dict[bytes, bytes] = {}
        self._by_number: dict[str, bytes] = {}
        self._by_name: dict[int, list[bytes]] = {}

    def keep(self, one: Known) -> None:
        """Remember a person as they would now be."""
        key = one.id.bytes
        values = {name: getattr(one.client, name) for name in CARRIED}
        kept = (*DETAILS, "municipality_id")
        details = {name: getattr(one.details, name) for name in kept} if one.details else None
        plan = one.rhythm and (one.rhythm.next_on, one.rhythm.initial_interview_on)
        self._packed[key] = pickle.dumps(
            (values, details, plan, one.identity, one.coach_id, one.has_team, one.new, one.line,
             one.contact_days, one.client.safety_ban or one.ban, one.visible)
        )  # fmt: skip
        if one.identity:
            self._by_identity[one.identity] = key
        if one.client.office_number:
            self._by_number[one.client.office_number] = key
        if one.new and one.client.born:
            self._by_name.setdefault(self._name(one.client), []).append(key)

    @staticmethod
    def _name(client: Client) -> int:
        return hash((name_key(client.last_name, client.first_names), client.born))

    def find(
        self, identities: Iterable[bytes], numbers: Iterable[str], named: Iterable[int]
    ) -> list[Known]:
        """Return the new people whom these keys find."""
        keys = {self._by_identity[i] for i in identities if i in self._by_identity}
        keys |= {self._by_number[n] for n in numbers if n in self._by_number}
        for name in named:
            keys.update(self._by_name.get(name, ()))
        found = [self._unpacked(key) for key in keys]
        return [one for one in found if one.new]

    def renew(self, one: Known) -> None:
        """Bring an existing client to where the dry run would have left them."""
        packed = self._packed.get(one.id.bytes)
        if packed:
            self._fill(one, packed)

    def _unpacked(self, key: bytes) -> Known:
        client_id = UUID(bytes=key)
        one = Known(Client(id=client_id), ContactDetails(client_id=client_id), Rhythm())
        self._fill(one, self._packed[key])
        return one

    @staticmethod
    def _fill(one: Known, packed: bytes) -> None:
        values, details, plan, identity, coach, team, *rest = pickle.loads(packed)
        new, line, days, ban, seen = rest
        for name, value in values.items():
            setattr(one.client, name, value)
        for name, value in (details or {}).items():
            if one.details is not None:
                setattr(one.details, name, value)
        if plan and one.rhythm is not None:
            one.rhythm.next_on, one.rhythm.initial_interview_on = plan
        one.client.safety_ban = ban
        one.identity, one.coach_id, one.has_team = identity, coach, team
        one.new, one.line, one.contact_days, one.visible = new, line, set(days), seen
