"""The values of a change, as they are shown: words for codes, names for ids, days for dates."""

from __future__ import annotations

from datetime import date, datetime
from functools import cache
from typing import Any
from uuid import UUID

from django.db import connection, models
from django.utils.translation import gettext as _

from polku.clients import languages
from polku.desk.record.fields import FIELDS
from polku.foundation import clock, history
from polku.foundation.row_history import Change
from polku.web import dates

LONGEST = 400
NOTHING = "–"
_NAMES = """
SELECT id::text, first_name || ' ' || last_name FROM foundation_user WHERE id::text = ANY (%(ids)s)
UNION ALL SELECT id::text, name FROM foundation_team WHERE id::text = ANY (%(ids)s)
UNION ALL SELECT id::text, text FROM paths_goal WHERE id = ANY (%(uuids)s)
UNION ALL SELECT code, CASE WHEN %(sv)s THEN name_sv ELSE name_fi END FROM foundation_municipality
  WHERE code = ANY (%(ids)s)
"""


@cache
def _fields(source: str) -> dict[str, Any]:
    model = next(m for m in history.kept_models() if m._meta.db_table == source)
    return {field.column: field for field in model._meta.concrete_fields}


def names_in(changes: list[Change]) -> dict[str, str]:
    """Return {id: name} of the workers, teams, goals and towns among the values; one statement."""
    ids = {
        str(value)
        for change in changes
        for columns in (change.was, change.became)
        for column, value in columns.items()
        if value and isinstance(_fields(change.source).get(column), models.ForeignKey)
    }
    if not ids:
        return {}
    given = {"ids": sorted(ids), "uuids": _uuids(ids), "sv": dates.language() == "sv"}
    with connection.cursor() as cursor:
        cursor.execute(_NAMES, given)
        return dict(cursor.fetchall())


def _uuids(ids: set[str]) -> list[UUID]:
    return [UUID(one) for one in sorted(ids) if len(one) == 36]


def shown(source: str, column: str, value: Any, names: dict[str, str]) -> str:
    """Return a value in words; a dash for nothing."""
    if value is None or value == "" or value == []:
        return NOTHING
    field = _fields(source)[column]
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if column in ("language", "service_language"):
        return languages.name_of(value)
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(field, models.ForeignKey):
        return names.get(str(value), NOTHING)
    if isinstance(field, models.DateTimeField):
        moment = clock.local(datetime.fromisoformat(value))
        return f"{dates.short(moment.date())} {dates.clock_time(moment)}"
    if isinstance(field, models.DateField):
        return dates.short(date.fromisoformat(value))
    if isinstance(field, models.JSONField):
        return _tasks(value)
    text = str(value)
    return text if len(text) <= LONGEST else text[: LONGEST - 1].rstrip() + "…"


def _tasks(value: Any) -> str:
    said = [str(one.get("text", "")) for one in value if isinstance(one, dict)]
    return "; ".join(filter(None, said)) or NOTHING


def is_told(column: str) -> bool:
    """Return whether a column's change is something to read."""
    return column in FIELDS
