"""The team's clients who have no own coach yet, or whose coach may no longer handle them."""

from __future__ import annotations

from datetime import date
from functools import partial

from django.utils.translation import gettext as _

from polku.desk.addresses import address, client_page
from polku.desk.my_day.newcomers import law_clock
from polku.desk.my_day.rows import Act, Maker, Row
from polku.teamwork.queries import Unassigned
from polku.web import dates, people
from polku.web.parts.words import tag


def free_rows(found: list[Unassigned], today: date, *, may_take: bool) -> list[Maker]:
    """Return a row for each: first who needs another coach, then the others, with Take."""
    return [
        partial(_needing, one) if one.another else partial(_row, one, today, may_take)
        for one in found
    ]


def _needing(one: Unassigned) -> Row:
    """Return the row; the reason is nobody's to read here."""
    team = address("team")
    return Row(
        name=people.name(one),
        url=client_page(one.client_id),
        tag=tag(_("needs another coach"), "late", "swap"),
        meta=_("the present coach can no longer handle this client"),
        act=Act(_("Give to a coach"), f"{team}#needing") if team else None,
    )


def _row(one: Unassigned, today: date, may_take: bool) -> Row:
    words = [
        people.age(one.born, today),
        _("registered %(ago)s") % {"ago": dates.ago(one.registered_on, today)},
    ]
    if one.interpreter or one.language not in ("fi", "sv"):
        words.append(people.language(one.language))
    take = address("client_take", one.client_id)
    return Row(
        name=people.name(one),
        url=client_page(one.client_id),
        meta=" · ".join(filter(None, words)),
        mark=law_clock(one.interview_due_on, one.registered_on, today),
        act=Act(_("Take"), take, post=True) if take and may_take else None,
    )
