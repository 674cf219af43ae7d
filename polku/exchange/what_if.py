"""The answer to a what-if as a file: every measure with its interval, and all that it rests on."""

from __future__ import annotations

import io
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from polku.exchange.sheets.defuse import OutColumn, csv_lines, write_xlsx
from polku.exchange.views.report import XLSX
from polku.foundation import audit
from polku.foundation.door.pages import staff
from polku.foundation.viewer import Viewer
from polku.insight import telling
from polku.insight.models import WhatIf
from polku.insight.queries import PERMISSION
from polku.insight.views import load

CSV = "text/csv; charset=utf-8"


def _found(viewer: Viewer, what_if_id: UUID) -> WhatIf:
    found = load(viewer, what_if_id)
    if found.answered_at is None:
        raise Http404
    audit.record(viewer, "insight.what_if_file", reason=f"what-if {found.id}")
    return found


def _columns() -> list[OutColumn]:
    return [OutColumn(word, width) for word, width in telling.headings()]


def _file(content: bytes, kind: str, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@require_safe
@staff(PERMISSION)
def what_if_xlsx(request: HttpRequest, viewer: Viewer, what_if_id: UUID) -> HttpResponse:
    """Give the answer as a spreadsheet."""
    found, out = _found(viewer, what_if_id), io.BytesIO()
    write_xlsx(telling.rows(found), _columns(), out, title=_("What if?"))
    return _file(out.getvalue(), XLSX, "polku-what-if.xlsx")


@require_safe
@staff(PERMISSION)
def what_if_csv(request: HttpRequest, viewer: Viewer, what_if_id: UUID) -> HttpResponse:
    """Give the answer as CSV."""
    found = _found(viewer, what_if_id)
    text = "".join(csv_lines(telling.rows(found), _columns()))
    return _file(text.encode(), CSV, "polku-what-if.csv")
