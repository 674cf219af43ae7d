"""Parameters: the values that the law fixes, each with its dates, its source and whether verified.

One file a parameter in `parameters/`, so that a lawyer can read it and a change of the law is a
change of one file. A value holds from `valid_from` to `valid_to`, both days included; without
`valid_to` it holds until further notice. Times never overlap; a gap means "not known".
"""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from polku.rules.errors import NoValueOnDate
from polku.rules.reason import because

FOLDER = Path(__file__).with_name("parameters")


class ParameterError(ValueError):
    """A parameter file breaks its own rules; the message names the file and the reason."""


@dataclass(frozen=True, slots=True)
class Dated:
    """One value in its time. `verified`: read in the source that is named, not known by hearsay."""

    value: Any
    valid_from: date
    valid_to: date | None
    source: str
    url: str
    verified: bool
    note: str = ""

    def holds_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True, slots=True)
class Parameter:
    """`values` in the order of their dates."""

    name: str
    meaning: str
    unit: str
    values: tuple[Dated, ...]

    def on(self, day: date) -> Dated:
        """The value of that day; `NoValueOnDate` where none is known."""
        for dated in reversed(self.values):
            if dated.holds_on(day):
                return dated
        first = self.values[0].valid_from
        if day < first:
            msgid = "The law of %(day)s is not known here, only from %(first)s on (%(parameter)s)."
            raise NoValueOnDate(because(msgid, parameter=self.name, day=day, first=first))
        msgid = "The law of %(day)s is not known here (%(parameter)s)."
        raise NoValueOnDate(because(msgid, parameter=self.name, day=day))


class Law:
    """All parameters by name. A test, or an administrator's correction, may bring its own."""

    def __init__(self, parameters: Iterable[Parameter]) -> None:
        self._by_name = {parameter.name: parameter for parameter in parameters}

    def __getitem__(self, name: str) -> Parameter:
        return self._by_name[name]

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
        if dated.valid_to is not None and dated.valid_to < dated.valid_from:
            raise ValueError(f"the value from {dated.valid_from} ends before it begins")
        if not dated.source:
            raise ValueError(f"the value from {dated.valid_from} has no source")
    return Parameter(name, table["meaning"], table["unit"], values)
