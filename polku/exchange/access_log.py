"""The access log as a file, for the answer that an auditor gives to a client."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from polku.clients.numbers import numbers
from polku.desk.record.log_page import more_of, number_word
from polku.desk.record.views_log import ask, note
from polku.desk.record.words import role_word, said, who
from polku.exchange.sheets.defuse import OutColumn, csv_lines
from polku.foundation import clock, record_reads
from polku.foundation.door.pages import staff
from polku.foundation.viewer import Viewer

MOST = 10_000


@require_safe
@staff(record_reads.PERMISSION)
def access_log_file(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Give the entries that the page's filters leave, latest first, 10 000 at the most, as CSV."""
    _form, asked = ask(request, viewer)
    found = record_reads.entries(
        viewer,
        since=asked.begins,
        until=asked.ends,
        client=asked.client,
        worker=asked.worker,
        kind=asked.kind,
        at_most=MOST,
    )
    ids = {one.client for one in found if one.client}
    known = numbers(viewer, ids)

    def rows() -> Iterator[list[Any]]:
        for one in found:
            number = known.get(one.client) if one.client else None
            hidden = number is not None and number.safety_ban and one.client != asked.client
            if one.client is None:
                whom = ""
            elif hidden:
                whom = _("a client under a safety ban")
            else:
                whom = number_word(one.client, number)
            yield [
                clock.local(one.at).replace(tzinfo=None),
                who(one.kind, one.name),
                role_word(one.role),
                said(one.action),
                whom,
                more_of(one),
            ]

    words = (_("When"), _("Who"), _("Role"), _("What"), _("Client"), _("Fields and more"))
    text = "".join(csv_lines(rows(), [OutColumn(word) for word in words]))
    note(viewer, asked, "export", sorted(ids))
    answer = HttpResponse(text.encode(), content_type="text/csv; charset=utf-8")
    name = f"loki-{asked.since}-{asked.until}.csv"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
