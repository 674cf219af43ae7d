"""Parameters: the values that the law fixes, each with its dates, its source and whether verified.

One file a parameter in `parameters/`, so that a lawyer can read it and a change of the law is a
change of one file. A value holds from `valid_from` to `valid_to`, both days included; without
`valid_to` it holds until further notice. Times never overlap; a gap means "not known". What is
known of the days around them may be said in words (`before`, `after`), never as a value.
"""

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from polku.rules.errors import NoValueOnDate
from polku.rules.reason import Word, because
from polku.rules.sound import complaints

# The day on which the sources were last gone through for changes; moved with every such round.
READ_ON = date(2026, 11, 21)
FOLDER = Path(__file__).with_name("parameters")


class ParameterError(ValueError):
    """A parameter file breaks its own rules; the message names the file and the reason."""


@dataclass(frozen=True, slots=True)
class Decision:
    """Who confirmed or changed a value of the packaged law, and on which day."""

    by: str
    on: date
    changed: bool


@dataclass(frozen=True, slots=True)
class Dated:
    """One value in its time. `verified`: read in the source that is named, not known by hearsay.

    `decision` is there when the value is not, or not only, that of the packaged law.
    """

    value: Any
    valid_from: date
    valid_to: date | None
    source: str
    url: str
    verified: bool
    note: str = ""
    decision: Decision | None = None

    def holds_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True, slots=True)
class Parameter:
    """`values` in the order of their dates."""

    name: str
    meaning: str
    unit: str
    values: tuple[Dated, ...]
    before: str = ""
    after: str = ""

    def on(self, day: date) -> Dated:
        """The value of that day; `NoValueOnDate` where none is known."""
        for dated in reversed(self.values):
            if dated.holds_on(day):
                return dated
        raise self._not_known(day)

    def _not_known(self, day: date) -> NoValueOnDate:
        first, last = self.values[0].valid_from, self.values[-1].valid_to
        if day < first:
            msgid = "The law of %(day)s is not known here, only from %(first)s on (%(parameter)s)."
            said = because(msgid, parameter=self.name, day=day, first=first)
            note = self.before
        elif last is not None and last < day:
            msgid = "The law of %(day)s is not known here, only to %(last)s (%(parameter)s)."
            said = because(msgid, parameter=self.name, day=day, last=last)
            note = self.after
        else:
            msgid = "The law of %(day)s is not known here (%(parameter)s)."
            said, note = because(msgid, parameter=self.name, day=day), ""
        if note:
            said = because("%(said)s %(note)s", said=said, note=Word(note))
        return NoValueOnDate(said)


class Law:
    """All parameters by name. A test, or an administrator's correction, may bring its own."""

    def __init__(self, parameters: Iterable[Parameter]) -> None:
        self._by_name = {parameter.name: parameter for parameter in parameters}

    def __getitem__(self, name: str) -> Parameter:
        return self._by_name[name]

    def __iter__(self) -> Iterator[Parameter]:
        return iter(self._by_name.values())

    def __contains__(self, name: str) -> bool:
        return name in self._by_name

    def replaced(self, *parameters: Parameter) -> "Law":
        """The same law with some parameters put in the place of those of the same name."""
        return Law((self._by_name | {item.name: item for item in parameters}).values())


@cache
def packaged_law() -> Law:
    """The parameters that come with Polku. Read once."""
    return Law(read_parameter(path) for path in sorted(FOLDER.glob("*.toml")))


def read_parameter(path: Path) -> Parameter:
    """One file as a parameter named after it; `ParameterError` when it breaks a rule."""
    try:
        return parameter_from(path.stem, tomllib.loads(path.read_text(encoding="utf-8")))
    except (KeyError, TypeError, ValueError) as error:
        raise ParameterError(f"{path.name}: {error}.") from error


def parameter_from(name: str, table: Mapping[str, Any]) -> Parameter:
    values = tuple(Dated(**{"valid_to": None, **row}) for row in table["values"])
    if not values:
        raise ValueError("there is no value")
    for earlier, later in zip(values, values[1:], strict=False):
        if earlier.valid_to is None or later.valid_from <= earlier.valid_to:
            raise ValueError(f"the value from {later.valid_from} overlaps the one before it")
    for dated in values:
        if type(dated.valid_from) is not date or type(dated.verified) is not bool:
            raise ValueError("valid_from must be a date and verified true or false")
        for complaint in complaints(dated.value):
            raise ValueError(f"the value from {dated.valid_from}: {complaint}")
        if dated.decision is not None:
            raise ValueError("a decision is never packaged")
        if dated.valid_to is not None and dated.valid_to < dated.valid_from:
            raise ValueError(f"the value from {dated.valid_from} ends before it begins")
        if not dated.source:
            raise ValueError(f"the value from {dated.valid_from} has no source")
    words = (table["meaning"], table["unit"])
    return Parameter(name, *words, values, table.get("before", ""), table.get("after", ""))
