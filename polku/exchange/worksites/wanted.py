"""What a row says of an employer, a worksite and an opening, in the fields of placements. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from polku.exchange.imports.wanted import shown_phone
from polku.exchange.sheets.legal_forms import form_of_name
from polku.exchange.sheets.parse import ParsedRow
from polku.exchange.sheets.problems import Problem, Severity
from polku.exchange.sheets.setting import Lookup
from polku.exchange.worksites.pointing import take_point

LONGEST = {
    "host": 160, "name": 160, "unit": 120, "street": 160, "town": 80, "phone": 40, "email": 254,
    "arriving": 300, "note": 600, "person": 120, "person_title": 80, "title": 120, "tasks": 600,
    "times": 120, "teaches": 300, "host_asks": 300,
}  # fmt: skip
# The sheet's field -> the worksite's or the opening's.
OF_PLACE = {
    "worksite": "name", "unit": "unit", "address": "street", "post_office": "town",
    "in_municipality": "municipality_id", "arriving": "arriving",
}  # fmt: skip
OF_OPENING = {
    "title": "title", "tasks": "tasks", "isco": "work_code", "seats": "seats",
    "days": "days_a_week", "times": "times", "open_from": "open_from", "open_to": "open_to",
    "teaches": "teaches", "may_lead": "may_lead_to_work",
}  # fmt: skip
LISTS = ("kinds", "demands", "cards", "cuts")
# Whose cell a field of ours came from, for the report.
HEADED = {
    **{ours: theirs for theirs, ours in (*OF_PLACE.items(), *OF_OPENING.items())},
    "hours_from": "hours", "hours_to": "hours", "language": "language_level", "note": "notes",
    "lat": "lat", "supervisor_id": "person",
}  # fmt: skip


@dataclass(slots=True)
class Wanted:
    """A row. Only what it says is in `place`, `person` and `opening`, by our own fields.

    `form_told`: the legal form stands in a column; else it may be read from the name. `town_code`:
    the municipality that the town is called by, when none is named. `opening` is None for a row
    without a task.
    """

    row: ParsedRow
    columns: dict[str, tuple[str, str]]
    host: str = ""
    form: str = ""
    form_told: bool = False
    business_id: str = ""
    number: str = ""
    place: dict[str, Any] = field(default_factory=dict)
    town_code: str | None = None
    point: tuple[float, float] | None = None
    precision: str = ""
    person: dict[str, Any] = field(default_factory=dict)
    opening: dict[str, Any] | None = None
    problems: list[Problem] = field(default_factory=list)

    def _say(self, severity: Severity, code: str, name: str, params: dict[str, Any]) -> None:
        column, heading = self.columns.get(HEADED.get(name, name), (None, ""))
        self.problems.append(Problem(code, severity, self.row.line, column, heading, params))

    def doubt(self, code: str, name: str = "", **params: Any) -> None:
        """Add a doubt in the column of a field, of the sheet's or ours."""
        self._say(Severity.DOUBTFUL, code, name, params)

    def refuse(self, code: str, name: str = "", **params: Any) -> None:
        """Add a reason to refuse the row."""
        self._say(Severity.REFUSED, code, name, params)

    @property
    def refused(self) -> bool:
        return any(problem.severity is Severity.REFUSED for problem in self.problems)

    def cut(self, name: str, text: str) -> str:
        """Return a text no longer than its field, and tell of it."""
        limit = LONGEST[name]
        if len(text) <= limit:
            return text
        self.doubt("text_cut", name, limit=limit)
        return text[: limit - 1] + "…"


def wanted(row: ParsedRow, columns: dict[str, tuple[str, str]], look: Lookup) -> Wanted:
    """Return what the row says. `look`: a municipality's name or code -> its code, or None."""
    said = row.fields
    want = Wanted(row, columns, problems=list(row.problems))
    want.host = want.cut("host", said.get("host", ""))
    want.business_id = said.get("business_id", "")
    want.number = said.get("office_number", "")
    want.form = said.get("legal_form", "")
    want.form_told = bool(want.form)
    want.form = want.form or form_of_name(want.host or said.get("worksite", ""))
    _take_place(want, said)
    want.town_code = look(said["post_office"]) if "post_office" in said else None
    take_point(want, said)
    _take_person(want, said)
    _take_reaching(want, said)
    _take_opening(want, said)
    return want


def _take_place(want: Wanted, said: dict[str, Any]) -> None:
    for theirs, ours in OF_PLACE.items():
        if theirs in said:
            value = said[theirs]
            want.place[ours] = want.cut(ours, value) if ours in LONGEST else value
    code = said.get("postal_code", "")
    if len(code) == 5 and code.isdigit():
        want.place["postal_code"] = code
    if said.get("languages"):
        want.place["languages"] = list(said["languages"])
    notes = [said.get("notes", "")]
    if "supports" in said:
        want.place["supports"] = list(said["supports"].found)
        notes.append(said["supports"].rest)
    if "cuts" in said:
        notes.append(said["cuts"].rest)
    note = "\n".join(" ".join(text.split()) for text in notes if text)
    if note:
        want.place["note"] = want.cut("note", note)


def _take_person(want: Wanted, said: dict[str, Any]) -> None:
    person = said.get("person")
    if person is None:
        return
    want.person["name"] = want.cut("person", person.name)
    title = said.get("person_title") or person.title
    if title:
        want.person["title"] = want.cut("person_title", title)
    if person.phone is not None:
        want.person["phone"] = shown_phone(person.phone.number, person.phone.extension)
    if person.email:
        want.person["email"] = person.email


def _take_reaching(want: Wanted, said: dict[str, Any]) -> None:
    """A bare phone or e-mail is the named person's, unless theirs stands in its own column."""
    for name in ("phone", "email"):
        own, general = said.get(f"person_{name}"), said.get(name)
        if name == "phone":
            own, general = _first_phone(own), _first_phone(general)
        if own and want.person:
            want.person[name] = own
        elif own:
            general = general or own
        elif general and want.person and name not in want.person:
            want.person[name], general = general, None
        if general:
            want.place[name] = want.cut(name, general)


def _first_phone(phones: Any) -> str:
    return shown_phone(phones[0].number, phones[0].extension) if phones else ""


def _take_opening(want: Wanted, said: dict[str, Any]) -> None:
    if "title" not in said:
        if said.keys() & {"kinds", "seats", "tasks", "hours"}:
            want.doubt("task_missing", "title")
        return
    opening: dict[str, Any] = {}
    for theirs, ours in OF_OPENING.items():
        if theirs in said:
            value = said[theirs]
            opening[ours] = want.cut(ours, value) if ours in LONGEST else value
    for name in LISTS:
        if name in said and said[name].found:
            opening[name] = list(said[name].found)
    if "hours" in said:
        opening["hours_from"], opening["hours_to"] = said["hours"]
    _take_asking(want, said, opening)
    first, last = opening.get("open_from"), opening.get("open_to")
    if first and last and last < first:
        want.refuse("ends_before", "open_to")
    want.opening = opening


def _take_asking(want: Wanted, said: dict[str, Any], opening: dict[str, Any]) -> None:
    """The language, and in words what no list of ours holds."""
    level = said.get("language_level")
    if level is not None and level.language:
        opening["language"], opening["language_level"] = level.language, level.level
    asks = [said.get("host_asks", ""), level.rest if level else ""]
    asks += [said[name].rest for name in ("demands", "cards") if name in said]
    if any(asks):
        opening["host_asks"] = want.cut("host_asks", "; ".join(text for text in asks if text))
