"""The worked examples of each rule: one CSV file a rule in `cases/`, read and edited by people.

Semicolons between the cells, one example a line, the first line names the columns:

- `says`: the example in one sentence; `on`: the day that is asked about;
- one column a fact; an empty cell means that the fact is not given;
- `value`, or `value.part` for each part of an answer in parts (an empty part is "not known");
- `verified`: whether the answer says that it is; empty leaves that open;
- `law_from`: the day from which the law that is followed holds; empty leaves that open;
- `why`: words that the reasons must contain, with ` | ` between them (`not: words`: must not);
- `refused`: the name of the error, where nothing may be answered.

A cell is `true`, `false`, `null` or a number where it can be, and text otherwise. A heading in the
form `name:text` keeps all its cells as text. `name:list` holds lists, with ` | ` between the
members; `name:several` a list only where there are several; `name:list of a, b` lists of such
parts, with commas between those.
"""

import csv
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from polku.rules.answer import jsonable
from polku.rules.errors import RuleError
from polku.rules.parameters import Law
from polku.rules.registry import ask

FOLDER = Path(__file__).with_name("cases")
OWN_COLUMNS = {"says", "on", "verified", "law_from", "why", "refused"}
BETWEEN, UNSAID = " | ", "not: "


class CaseError(ValueError):
    """A file of examples can't be read; the message names the file, the line and the reason."""


@dataclass(frozen=True, slots=True)
class Case:
    """One example. `value` is as JSON has it; None where `refused` names an error."""

    rule: str
    line: int
    says: str
    on: date
    facts: Mapping[str, Any]
    value: Any
    verified: bool | None
    law_from: date | None
    why: tuple[str, ...]
    refused: str


def check(case: Case, law: Law | None = None) -> str:
    """What is answered otherwise than the example says, in a sentence; empty when all is as it is.

    `law` takes the place of the packaged one: so one sees what a change would change.
    """
    try:
        answer = ask(case.rule, on=case.on, facts=case.facts, law=law)
    except RuleError as error:
        name = type(error).__name__
        return "" if name == case.refused else f"Refused with {name}: {error}"
    if case.refused:
        return f"Answered {jsonable(answer.value)}, though it should be refused."
    if not _as_written(jsonable(answer.value), case.value):
        return f"Answered {jsonable(answer.value)}, not {case.value}."
    if case.verified is not None and answer.verified is not case.verified:
        return f"Said to be {'' if answer.verified else 'not '}verified."
    if case.law_from not in (None, answer.valid_from):
        return f"By the law from {answer.valid_from}."
    reasons = " ".join(map(str, answer.because))
    wrong = [part for part in case.why if _said(part, reasons) is part.startswith(UNSAID)]
    return f"Not said: {', '.join(wrong)}." if wrong else ""


def _said(part: str, reasons: str) -> bool:
    return part.removeprefix(UNSAID) in reasons


def _as_written(value: Any, written: Any) -> bool:
    """A part of an answer that is not known is written as empty; an answer of such parts, too."""
    if isinstance(written, dict):
        return _known_parts(value or {}) == _known_parts(written)
    return bool(value == written)


def _known_parts(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    return {key: part for key, part in value.items() if part is not None}


@cache
def cases_of(rule: str) -> tuple[Case, ...]:
    """The packaged examples of a rule. Read once."""
    path = FOLDER / f"{rule}.csv"
    return read_cases(rule, path.read_text(encoding="utf-8"), path.name)


def read_cases(rule: str, text: str, name: str) -> tuple[Case, ...]:
    """Examples in the form above (or with commas, as some programs save them)."""
    text = text.removeprefix("\ufeff")
    delimiter = ";" if ";" in text.partition("\n")[0] else ","
    reader = csv.DictReader(text.splitlines(), delimiter=delimiter, strict=True)
    try:
        return tuple(_case(rule, reader.line_num, row) for row in reader)
    except (ValueError, TypeError, AttributeError, csv.Error) as error:
        raise CaseError(f"{name}, line {reader.line_num}: {error}") from error


def _case(rule: str, line: int, row: dict[str, str]) -> Case:
    cells = {heading.partition(":")[0]: _cell(heading, row[heading]) for heading in row}
    parts = {name[6:]: value for name, value in cells.items() if name.startswith("value.")}
    plain = OWN_COLUMNS | {"value"}
    return Case(
        rule=rule,
        line=line,
        says=row["says"],
        on=date.fromisoformat(row["on"]),
        facts={
            name: value
            for name, value in cells.items()
            if name not in plain and not name.startswith("value.") and value is not None
        },
        value=None if row.get("refused") else parts or cells.get("value"),
        verified=cells.get("verified"),
        law_from=date.fromisoformat(row["law_from"]) if row.get("law_from") else None,
        why=tuple(filter(None, (row.get("why") or "").split(BETWEEN))),
        refused=row.get("refused") or "",
    )


def _cell(heading: str, text: str) -> Any:
    """What a cell says; None when it is empty."""
    form = heading.partition(":")[2]
    if text == "":
        return None
    if form == "text":
        return text
    if form == "several" and BETWEEN in text:
        form = "list"
    if form.startswith("list") and text[:1] not in "[{":
        lines = text.split(BETWEEN)
        keys = [key.strip() for key in form.removeprefix("list").removeprefix(" of").split(",")]
        return [_line(keys, line) if keys != [""] else _scalar(line) for line in lines]
    return _scalar(text)


def _line(keys: Iterable[str], line: str) -> dict[str, str]:
    parts = [part.strip() for part in line.split(",")]
    return {key: part for key, part in zip(keys, parts, strict=True) if part}


def _scalar(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return text
