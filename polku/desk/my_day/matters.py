"""Statements that wait for me: a coach's next move in a matter, a draft for an official to sign."""

from __future__ import annotations

from datetime import date
from functools import partial

from django.utils.translation import gettext as _

from polku.desk.addresses import address
from polku.desk.my_day.rows import Act, Maker, Row
from polku.statements.models import Matter
from polku.statements.presenters import line
from polku.statements.summaries import Waits
from polku.web import dates, people

S, T = Matter.State, Matter.Turn


def matter_rows(found: list[Waits], today: date) -> list[Maker]:
    """Return a row for each matter in which something waits for the worker."""
    return [partial(_row, one, today) for one in found]


def _row(one: Waits, today: date) -> Row:
    matter = one.matter
    told = line(matter, today)
    words = [told.title, told.meta]
    if matter.due_on:
        words.append(_("due %(day)s") % {"day": dates.weekday(matter.due_on, today)})
    # The matter, not the client: an official may sign for somebody whose page they do not see.
    url = address("matter", one.client_id, matter.id)
    return Row(
        name=people.name(one), url=url, tag=told.state, meta=" · ".join(words),
        act=Act(_next(matter.state, matter.turn), url),
    )  # fmt: skip


def _next(state: str, turn: str) -> str:
    """Return the word of the next move."""
    if turn == T.OFFICIAL:
        return _("Read and sign")
    return {
        S.OPENED: _("Ask or write"),
        S.ASKED: _("No answer came"),
        S.ANSWERED: _("Read the answer"),
        S.NO_ANSWER: _("Write the statement"),
        S.DRAFTED: _("Mend the draft"),
        S.CORRECTING: _("Mend the draft"),
        S.SIGNED: _("Send it on"),
    }.get(S(state), _("Open"))
