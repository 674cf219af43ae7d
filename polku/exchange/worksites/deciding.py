"""What a row changes, and what is only told. Decided on rows in memory; nothing is written here."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from polku.exchange.imports.report import Outcome
from polku.exchange.sheets.legal_forms import bare_name
from polku.exchange.sheets.problems import quoted
from polku.exchange.sheets.setting import fold
from polku.exchange.worksites import finding
from polku.exchange.worksites.finding import Clash
from polku.exchange.worksites.index import Hosts, Sites
from polku.exchange.worksites.wanted import LONGEST, Wanted
from polku.foundation.viewer import Viewer
from polku.placements import importing
from polku.placements.importing import Changes, Shelf
from polku.placements.models import Host, Opening, Supervisor, Worksite
from polku.placements.terms import Precision

# About 50 m: nearer than this, a point put by hand agrees with the sheet's.
NEAR = 0.0005
RENAMING = {"name", "unit", "street", "postal_code", "town", "municipality_id"}


@dataclass(slots=True)
class Deciding:
    """The rows of one import, one after another. `said`: what rows of this file say, and which."""

    by: Viewer
    day: date
    shelf: Shelf
    hosts: Hosts
    sites: Sites
    changes: Changes
    said: dict[tuple[UUID, str], tuple[int, Any]] = field(default_factory=dict)
    fields: set[str] = field(default_factory=set)

    def take(self, want: Wanted) -> Outcome:
        """Decide one row; a refused one has changed nothing."""
        found = self._found(want)
        if found is None:
            return "refused"
        host, worksite, opening = found
        before = len(self.changes.changed), self._touched()
        created = worksite is None or (want.opening is not None and opening is None)
        if worksite is None:
            worksite = self._add(want, host)
        else:
            self._host(want, worksite.host)
            self._worksite(want, worksite)
        person = self._person(want, worksite)
        if want.opening is not None:
            self._opening(want, worksite, opening, person)
        if created:
            return "created"
        return "updated" if (len(self.changes.changed), self._touched()) != before else "unchanged"

    def _touched(self) -> int:
        new = sum(len(rows) for rows in self.changes.new.values())
        return new + sum(len(fields) for _, fields in self.changes.changed.values())

    def _found(self, want: Wanted) -> tuple[Host | None, Worksite | None, Opening | None] | None:
        """Return what is there already, or None for a row that is refused."""
        named = bool(want.host or want.business_id)
        host = finding.find_host(want, self.hosts) if named else None
        if isinstance(host, Clash):
            return self._clash(want, host)
        worksite = finding.find_worksite(want, self.shelf, self.sites, host)
        if isinstance(worksite, Clash):
            return self._clash(want, worksite)
        if worksite is None and not named:
            # Who names no employer may mean one that is called as its only worksite is.
            called = finding.find_host(want, self.hosts)
            if isinstance(called, Clash):
                return self._clash(want, called)
            host = called
        opening, same = finding.find_opening(want, self.shelf, worksite)
        if isinstance(opening, Clash):
            return self._clash(want, opening)
        self._check(want, host, worksite, opening)
        if want.refused:
            return None
        if worksite is None and (other := finding.like(want, self.shelf, self.sites, host)):
            want.doubt("like_worksite", "address", near=finding.said_of(other))
        if want.opening is not None and opening is None and same:
            want.doubt("other_kinds", "kinds", title=same[0].title)
        return host, worksite, opening

    @staticmethod
    def _clash(want: Wanted, clash: Clash) -> None:
        want.refuse(clash.code, clash.name, **clash.params)

    def _check(
        self, want: Wanted, host: Host | None, worksite: Worksite | None, opening: Opening | None
    ) -> None:
        if worksite is None:
            if not (want.place.get("name") or want.host):
                want.refuse("number_unknown", "office_number", text=want.number)
            elif host is None and not want.form:
                want.refuse("legal_form_missing", "legal_form", host=_employer(want))
            if not (want.place.get("municipality_id") or want.town_code):
                want.refuse("municipality_missing", "in_municipality")
        elif worksite.closed_on is not None:
            want.refuse("worksite_closed", "worksite", worksite=finding.said_of(worksite))
        if want.opening is not None and opening is None and "kinds" not in want.opening:
            said = want.row.fields.get("kinds")
            if said is None:
                want.refuse("kinds_missing", "kinds")
            else:
                want.refuse("kinds_unknown", "kinds", text=quoted(said.rest))

    def _add(self, want: Wanted, host: Host | None) -> Worksite:
        if host is None:
            host = importing.new_host(
                self.shelf, self.changes, by=self.by, name=_employer(want), legal_form=want.form,
                business_id=want.business_id,
            )  # fmt: skip
            self.hosts.add(host, [host.name])
            self._new(want, host, {"legal_form": want.form, "business_id": want.business_id})
            if not want.form_told:
                want.doubt("legal_form_from_name", "host", host=host.name, form=want.form)
        else:
            self._host(want, host)
        fields = {
            "name": want.host,
            "municipality_id": want.town_code,
            "office_number": want.number,
            **want.place,
        }
        worksite = importing.new_worksite(
            self.shelf, self.changes, host, by=self.by, point=want.point,
            precision=want.precision, **fields,
        )  # fmt: skip
        self.sites.add(worksite, worksite.name)
        said = {**want.place, **({"point": want.point} if want.point else {})}
        self._new(want, worksite, said)
        self.fields |= {"worksite", *want.place}
        if worksite.precision == Precision.NONE:
            want.doubt("unplaced", "in_municipality")
        return worksite

    def _new(self, want: Wanted, row: Any, said: dict[str, Any]) -> None:
        for name, value in said.items():
            self.said[row.pk, name] = (want.row.line, value)

    def _agrees(self, want: Wanted, row: Any, name: str, value: Any) -> bool:
        """Return whether no earlier row of the file has said otherwise; if one has, tell it."""
        line, first = self.said.setdefault((row.pk, name), (want.row.line, value))
        if _same(first, value):
            return True
        want.doubt("row_says_otherwise", name, other_line=line)
        return False

    def _host(self, want: Wanted, host: Host) -> None:
        """An employer is many worksites' at once: only what was missing is added to it."""
        if want.business_id and not host.business_id:
            self.changes.set(host, "business_id", want.business_id)
            self.hosts.by_id[want.business_id] = host
            self.fields.add("business_id")
        if want.form_told and want.form != host.legal_form:
            want.doubt("legal_form_differs", "legal_form", host=host.name)
        called = {bare_name(str(name)) for name in self.shelf.values(host, "name")}
        if want.host and bare_name(want.host) not in called:
            want.doubt("host_name_differs", "host", host=host.name)

    def _worksite(self, want: Wanted, worksite: Worksite) -> None:
        touched = set()
        for name, value in want.place.items():
            if name == "note":
                self._note(want, worksite, value)
            elif self._set(want, worksite, name, value):
                touched.add(name)
        if want.number and not worksite.office_number:
            self.changes.set(worksite, "office_number", want.number)
            self.shelf.by_number[want.number] = worksite
        if want.point is not None:
            self._point(want, worksite, want.point)
        if touched & RENAMING:
            importing.renamed(self.changes, worksite)
            self.sites.add(worksite, worksite.name)

    def _set(self, want: Wanted, row: Worksite | Opening, name: str, value: Any) -> bool:
        """Set a field unless another row, or a hand, has said otherwise; return whether it was."""
        present = getattr(row, name)
        if not self._agrees(want, row, name, value) or _same(present, value):
            return False
        if name in row.edited_by_hand:
            want.doubt("edited_by_hand", name)
            return False
        self.changes.set(row, name, value)
        self.fields.add(name)
        return True

    def _note(self, want: Wanted, worksite: Worksite, text: str) -> None:
        """Several rows may each have a note: what is not there yet is added."""
        fresh = [line for line in text.split("\n") if line not in worksite.note.split("\n")]
        if not fresh:
            return
        whole = "\n".join(filter(None, (worksite.note, *fresh)))
        if "note" in worksite.edited_by_hand:
            want.doubt("edited_by_hand", "note")
        elif len(whole) > LONGEST["note"]:
            want.doubt("note_full", "note", limit=LONGEST["note"])
        else:
            self.changes.set(worksite, "note", whole)
            self.fields.add("note")

    def _point(self, want: Wanted, worksite: Worksite, point: tuple[float, float]) -> None:
        if not self._agrees(want, worksite, "point", point):
            return
        if worksite.precision == Precision.EXACT or "lat" in worksite.edited_by_hand:
            assert worksite.lat is not None and worksite.lon is not None
            if abs(worksite.lat - point[0]) > NEAR or abs(worksite.lon - point[1]) > 2 * NEAR:
                want.doubt("edited_by_hand", "lat")
        elif (worksite.lat, worksite.lon, worksite.precision) != (*point, want.precision):
            importing.move(self.changes, worksite, point, want.precision)
            self.fields.add("lat")

    def _person(self, want: Wanted, worksite: Worksite) -> Supervisor | None:
        if not want.person:
            return None
        name = fold(want.person["name"])
        found = next((p for p in self.shelf.people[worksite.pk] if fold(p.name) == name), None)
        if found is None:
            self.fields.add("supervisor")
            return importing.new_person(self.shelf, self.changes, worksite, **want.person)
        for field_name in ("title", "phone", "email"):
            value = want.person.get(field_name)
            present = getattr(found, field_name)
            if value and not present:
                self.changes.set(found, field_name, value)
            elif value and value != present:
                want.doubt("person_differs", "person", person=found.name)
        if found.ended_on is not None:
            want.doubt("person_ended", "person", person=found.name)
            return None
        return found

    def _opening(
        self, want: Wanted, worksite: Worksite, opening: Opening | None, person: Supervisor | None
    ) -> None:
        assert want.opening is not None
        said = dict(want.opening)
        if person is not None:
            said["supervisor_id"] = person.pk
        confirmed = want.row.fields.get("confirmed")
        confirmed = confirmed if confirmed and confirmed <= self.day else None
        if opening is None:
            made = importing.new_opening(
                self.shelf, self.changes, worksite, confirmed_on=confirmed or self.day, **said
            )
            self._new(want, made, said)
            self.fields |= {"opening", *said}
            return
        if opening.state == Opening.State.CLOSED:
            want.doubt("opening_closed", "title", title=opening.title)
        if self._ends_cross(want, opening, said):
            said.pop("open_from", None)
            said.pop("open_to", None)
        for name, value in said.items():
            if name != "seats" or self._seats_fit(want, opening, value):
                self._set(want, opening, name, value)
        if confirmed and confirmed > opening.confirmed_on:
            self.changes.set(opening, "confirmed_on", confirmed)
            self.changes.set(opening, "confirmed_by_host", False)

    def _seats_fit(self, want: Wanted, opening: Opening, seats: int) -> bool:
        if seats >= opening.seats or opening._state.adding:
            return True
        highest = importing.highest_seat_in_use(opening, self.day)
        if highest > seats:
            want.doubt("seats_in_use", "seats", number=highest)
        return highest <= seats

    def _ends_cross(self, want: Wanted, opening: Opening, said: dict[str, Any]) -> bool:
        """One end from the sheet and the other one as it stays may be the wrong way round."""
        first, last = (
            getattr(opening, name) if name in opening.edited_by_hand else said.get(name, present)
            for name, present in (("open_from", opening.open_from), ("open_to", opening.open_to))
        )
        crossed = first is not None and last is not None and last < first
        if crossed:
            want.doubt("ends_cross", "open_to" if "open_to" in said else "open_from")
        return crossed


def _employer(want: Wanted) -> str:
    return want.host or str(want.place.get("name", ""))


def _same(one: Any, other: Any) -> bool:
    if isinstance(one, list) and isinstance(other, list):
        return set(one) == set(other)
    return bool(one == other)
