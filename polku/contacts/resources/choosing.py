"""The room and the interpreter of a booking form: what is offered, what is chosen, why not."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from django.utils.translation import gettext as _

from polku.clients.models import Client
from polku.contacts import slots, times, turned
from polku.contacts.models import Kind
from polku.contacts.resources import fitting, presenting, reads
from polku.contacts.resources.fitting import INTERPRETER, ROOM, Around
from polku.contacts.weeks import closed
from polku.foundation.viewer import Viewer
from polku.web.forms import day_of

FIELD = {ROOM: "room", INTERPRETER: "speaker"}
# Of the time of a client under a safety ban no form tells where it is: it is kept as it stands. So
# is what this worker could not choose: a room in use no more, or another organisation's.
AS_IT_IS = "kept"
AHEAD = timedelta(days=45)
AROUND = timedelta(days=23)
FAR = timedelta(days=120)


class Found(NamedTuple):
    """The rooms and interpreters around a booking, and when the worker meets nobody: carried along
    by the same statement, None where there is no room or interpreter to carry it.
    """

    around: list[Around] = []
    shut: slots.Busy | None = None


def found_for(viewer: Viewer, today: date, day: date | None, but: UUID | None = None) -> Found:
    """Return what is around a booking on that day. One statement."""
    last = max(today + AHEAD, (day or today) + AROUND)
    until = today + FAR
    carried = closed.columns(viewer.register_id, viewer.user_id, today, until)
    around = reads.around(viewer, today, last, but=but, beside=carried)
    return Found(around, closed.told(around[0].beside, today, until) if around else None)


def start(found: Found, client: Client) -> dict[str, str]:
    """Return what a new form has chosen: the room that the worker has used last, and who
    interprets the client's language.
    """
    used = [one for one in fitting.rooms(found.around) if one.used_at is not None]
    speakers = fitting.interpreters(found.around, client.language) if client.interpreter else []
    return {
        "room": str(used[0].id) if used else "",
        "speaker": str(speakers[0].id) if speakers else "",
    }


def kept_of(held: dict[str, UUID], found: Found, *, banned: bool) -> dict[str, UUID]:
    """Return what of that which a time holds stays in its form as it is, without its name."""
    there = {one.id for one in found.around}
    return {sort: one for sort, one in held.items() if banned or one not in there}


def standing(held: dict[str, UUID], kept: dict[str, UUID]) -> dict[str, str]:
    """Return what a form to move a time has chosen: what is held."""
    return {
        name: (AS_IT_IS if sort in kept else str(held[sort])) if sort in held else ""
        for sort, name in FIELD.items()
    }


def offer(form: Any, found: Found, *, kept: dict[str, UUID] | None = None) -> None:
    """Give the form its choices; without any room or interpreter the question is not asked.

    `kept` is what a time holds and its form does not tell (`kept_of`).
    """
    form.found, form.shut, form.kept = found.around, found.shut, kept or {}
    for sort, name in FIELD.items():
        some = _of_sort(form, sort)
        if not some and sort not in form.kept:
            form.fields.pop(name, None)
            continue
        form.fields[name].choices = _options(form, sort, some)


def _of_sort(form: Any, sort: str) -> list[Around]:
    return [one for one in form.found if one.sort == sort]


def _options(form: Any, sort: str, some: Sequence[Around]) -> list[tuple[str, str]]:
    none = _("no room from here") if sort == ROOM else _("booked elsewhere")
    as_it_is = [(AS_IT_IS, _("as it is now"))] if sort in form.kept else []
    return [*as_it_is, ("", none), *((str(one.id), _name(one)) for one in some)]


def _name(one: Around) -> str:
    if one.sort == ROOM:
        return one.where
    return f"{one.name} ({presenting.spoken(one.languages)})"


def narrow(form: Any) -> list[str]:
    """Leave in the form what is free at its time, and return why each other is not.

    What is chosen stays in sight.
    """
    span, told = _span(form), []
    for sort, name in FIELD.items():
        if name not in form.fields:
            continue
        kept, chosen = [], str(form[name].value() or "")
        for one in _candidates(form, sort):
            why = presenting.why_not(one, *span) if span else ""
            if why:
                told.append(f"{one.name}: {why}")
            if not why or str(one.id) == chosen:
                kept.append(one)
        form.fields[name].choices = _options(form, sort, kept)
    return told


def _candidates(form: Any, sort: str) -> list[Around]:
    """Return those that a form may choose from: rooms, or who interprets its language."""
    if sort == ROOM:
        return fitting.rooms(form.found)
    return fitting.interpreters(form.found, str(form["language"].value() or ""))


def _span(form: Any) -> tuple[datetime, datetime] | None:
    day, minutes = day_of(form["day"].value()), times.length_of(form["minutes"].value())
    try:
        at = form.fields["time"].to_python(form["time"].value())
        starts = times.moment(day, at, later=turned.is_later(form)) if day and at else None
    except (ValueError, TypeError, form.Wrong):
        return None
    return times.span(starts, minutes) if starts and minutes else None


def needs(form: Any) -> slots.Fits | None:
    """Return what a time has to have free for this form; None where it asks for nothing."""
    asked = []
    kind = str(form["kind"].value() or "")
    if kind == Kind.VISIT and "room" in form.fields and form["room"].value():
        asked.append(_candidates(form, ROOM))
    if "speaker" in form.fields and form["speaker"].value() and form["interpreter"].value():
        asked.append([one for one in _candidates(form, INTERPRETER) if kind in one.ways])
    asked = [some for some in asked if some]
    return fitting.fits(*asked) if asked else None


def chosen(form: Any) -> list[UUID]:
    """Return what a valid form holds: a room only where people meet, an interpreter only where one
    is needed.
    """
    given = form.cleaned_data
    found = []
    for sort, name in FIELD.items():
        asked = given["kind"] == Kind.VISIT if sort == ROOM else given["interpreter"]
        value = given.get(name) or ""
        if not asked or not value:
            continue
        found.append(form.kept[sort] if value == AS_IT_IS else UUID(value))
    return found


def still(values: dict[str, Any], form: Any) -> None:
    """Put another room or interpreter in the place of one that is not free at the form's time."""
    span = _span(form)
    for sort, name in FIELD.items():
        if span is None or name not in form.fields:
            continue
        some = {str(one.id): one for one in _candidates(form, sort)}
        one = some.get(str(values.get(name) or ""))
        if one is not None and fitting.why_not(one, *span):
            free = fitting.free_of(some.values(), *span)
            values[name] = str(free[0].id) if free else str(one.id)


def in_the_way(form: Any) -> str:
    """Return which of what a valid form has chosen is not free then: its sort, or ""."""
    given, ids = form.cleaned_data, chosen(form)
    for one in form.found:
        if one.id in ids and fitting.why_not(one, given["starts_at"], given["ends_at"]):
            return str(one.sort)
    return ""


def refuse(form: Any, sort: str) -> None:
    """Say at its field why it can't be had, and which others are free then."""
    given, name = form.cleaned_data, FIELD[sort]
    starts, ends = given["starts_at"], given["ends_at"]
    ids = chosen(form)
    why = [
        f"{one.name}: {presenting.why_not(one, starts, ends) or _('booked by now')}."
        for one in form.found
        if one.id in ids and one.sort == sort
    ]
    free = [
        one.name
        for one in fitting.free_of(_candidates(form, sort), starts, ends)
        if one.id not in ids
    ]
    if free:
        why.append(_("Free then: %(names)s.") % {"names": ", ".join(free)})
    elif sort == ROOM:
        why.append(_("No room is free then."))
    else:
        why.append(_("No interpreter of the language is free then."))
    form.add_error(name, " ".join([*why, _("Nothing was booked.")]))
