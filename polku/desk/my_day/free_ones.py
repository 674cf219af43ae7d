"""The team's clients who have no own coach yet; any coach of the team may take one."""

from __future__ import annotations

from datetime import date
from functools import partial

from django.utils.translation import gettext as _

from polku.desk.addresses import address, client_page
from polku.desk.my_day.newcomers import law_clock
from polku.desk.my_day.rows import Act, Maker, Row
from polku.teamwork.queries import Unassigned
from polku.web import dates, people


def free_rows(found: list[Unassigned], today: date, *, may_take: bool) -> list[Maker]:
    """Return a row for each, longest registered first, with Take."""
    return [partial(_row, one, today, may_take) for one in found]


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
