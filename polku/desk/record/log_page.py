"""The auditor's page of the access log, ready to show."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from polku.clients.numbers import Numbered, numbers
from polku.desk.record.asking import Asked
from polku.desk.record.fields import field_word, thing_word
from polku.desk.record.unusual import MOST_DAYS, Odd, unusual
from polku.desk.record.words import op_word, role_word, said, who
from polku.foundation import clock, record_reads, row_history
from polku.foundation.history import kept_models
from polku.foundation.record_reads import Entry
from polku.foundation.viewer import Viewer
from polku.web import dates

A_PAGE, CHANGES = 50, 60


@dataclass(frozen=True, slots=True)
class Whom:
    """A client as the auditor reads them; `url` leads to the log about them."""

    word: str
    url: str


@dataclass(frozen=True, slots=True)
class LogLine:
    """One entry."""

    when: str
    who: str
    role: str
    what: str
    whom: Whom
    more: str


@dataclass(frozen=True, slots=True)
class OddLine:
    """Looks worth asking about, with their reasons in words."""

    when: str
    who: str
    role: str
    whom: Whom
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Short:
    """What one person did in the period, in one sentence."""

    who: str
    role: str
    did: str
    last: str


@dataclass(frozen=True, slots=True)
class LogPage:
    """What the page shows. `whom` and `short` are there when one client is asked about."""

    lines: tuple[LogLine, ...]
    odd: tuple[OddLine, ...]
    odd_since: str
    changes: tuple[LogLine, ...]
    whom: Whom | None
    short: tuple[Short, ...]
    newer: str
    older: str
    clients: tuple[UUID, ...]


def log_page(viewer: Viewer, asked: Asked, *, number: int) -> LogPage:
    """Return the page; five statements at most, the same at one and at fifty entries."""
    first = (number - 1) * A_PAGE
    period = {"since": asked.begins, "until": asked.ends}
    about = {"client": asked.client, "worker": asked.worker}
    found = record_reads.entries(
        viewer, **period, **about, kind=asked.kind, first=first, at_most=A_PAGE + 1
    )
    since = _odd_since(asked)
    odd = unusual(viewer, since=since, until=asked.ends, **about) if number == 1 else []
    changed = _changes(viewer, asked) if number == 1 else ()
    shown = found[:A_PAGE]
    ids = {one.client for one in [*shown, *odd] if one.client}
    if asked.client:
        ids.add(asked.client)
    known = numbers(viewer, ids)
    return LogPage(
        lines=tuple(_line(one, asked, known) for one in shown),
        odd=tuple(_odd_line(one, asked, known) for one in odd),
        odd_since=dates.full(clock.local(since).date()),
        changes=changed,
        whom=_whom(asked.client, asked, known) if asked.client else None,
        short=_short(viewer, asked) if number == 1 else (),
        newer=asked.query(page=number - 1) if number > 1 else "",
        older=asked.query(page=number + 1) if len(found) > A_PAGE else "",
        clients=tuple(sorted(ids)),
    )


def _odd_since(asked: Asked) -> datetime:
    """A question about all clients and workers is answered for a week, not for a year."""
    if asked.client or asked.worker:
        return asked.begins
    return max(asked.begins, asked.ends - timedelta(days=MOST_DAYS))


def when(at: datetime) -> str:
    """Return the day with its year, and the time."""
    return f"{dates.full(clock.local(at).date())} {dates.clock_time(at)}"


def _whom(client: UUID | None, asked: Asked, known: dict[UUID, Numbered]) -> Whom:
    if client is None:
        return Whom("", "")
    number = known.get(client)
    if number is not None and number.safety_ban and client != asked.client:
        return Whom(_("a client under a safety ban"), "")
    url = "" if client == asked.client else asked.query(client=client)
    return Whom(number_word(client, number), url)


def number_word(client: UUID, number: Numbered | None) -> str:
    """Return a record by the first letters of its id."""
    if number is None:
        return _("erased record %(id)s") % {"id": str(client)[:8]}
    return _("record %(id)s") % {"id": number.number}


def _line(one: Entry, asked: Asked, known: dict[UUID, Numbered]) -> LogLine:
    return LogLine(
        when(one.at),
        who(one.kind, one.name),
        role_word(one.role),
        said(one.action),
        _whom(one.client, asked, known),
        more_of(one),
    )


def more_of(one: Entry) -> str:
    """Return the fields, the size of a list, or the purpose, in words."""
    parts = [field_word(name) or name for name in one.fields]
    if one.listed:
        parts.append(_("a list of %(n)d") % {"n": one.listed})
    if one.reason:
        parts.append(_("Purpose: %(why)s") % {"why": one.reason})
    return ", ".join(parts)


def _odd_line(one: Odd, asked: Asked, known: dict[UUID, Numbered]) -> OddLine:
    times = ngettext("%(n)d look", "%(n)d looks", one.times) % {"n": one.times}
    return OddLine(
        f"{when(one.at)} · {times}",
        who("staff", one.name),
        role_word(one.role),
        _whom(one.client, asked, known),
        tuple(_reasons(one)),
    )


def _reasons(one: Odd) -> Iterable[str]:
    if one.emergency:
        yield _("emergency access")
    if one.own_name:
        yield _("the client has the worker's own last name")
    if one.not_own:
        yield _("not the worker's own client at that time")
    if one.night:
        yield _("between 22 and 6")
    if one.weekend:
        yield _("at the weekend")


def _changes(viewer: Viewer, asked: Asked) -> tuple[LogLine, ...]:
    """Return what was changed about one client: the fields, never what stands in them."""
    if asked.client is None:
        return ()
    found = row_history.changes(
        viewer,
        asked.client,
        sources=[m._meta.db_table for m in kept_models()],
        at_most=CHANGES,
        since=asked.begins,
        until=asked.ends,
    )
    return tuple(
        LogLine(
            when(one.at),
            who(one.kind, one.name),
            role_word(one.role),
            f"{op_word(one.op)}: {thing_word(one.source)}",
            Whom("", ""),
            ", ".join(filter(None, map(field_word, one.was))) if one.op == "changed" else "",
        )
        for one in found
        if asked.worker in (None, one.user_id)
    )


def _short(viewer: Viewer, asked: Asked) -> tuple[Short, ...]:
    """Return who did what with one client's data in the period, so that it can be answered."""
    if asked.client is None:
        return ()
    found = record_reads.in_short(
        viewer, client=asked.client, since=asked.begins, until=asked.ends, worker=asked.worker
    )
    return tuple(
        Short(who(one.kind, one.name), role_word(one.role), _did(one), when(one.last))
        for one in found
    )


def _did(one: record_reads.Person) -> str:
    parts = []
    if one.opened:
        words = ngettext("looked %(n)d time", "looked %(n)d times", one.opened)
        parts.append(words % {"n": one.opened})
    if one.changed:
        words = ngettext("changed %(n)d time", "changed %(n)d times", one.changed)
        parts.append(words % {"n": one.changed})
    if one.listed:
        words = ngettext("in lists %(n)d time", "in lists %(n)d times", one.listed)
        parts.append(words % {"n": one.listed})
    return ", ".join(parts)
