"""What came of an import, on the page and as a spreadsheet."""

from __future__ import annotations

import io
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from polku.exchange import presenters, queries
from polku.exchange.imports.report import Told
from polku.exchange.models import ImportRun
from polku.exchange.sheets.defuse import OutColumn, write_xlsx
from polku.exchange.views.common import run_or_404, viewer_of
from polku.foundation import audit
from polku.foundation.viewer import Viewer
from polku.web.context import NavItem

PAGE = 50
# Fewer rows than this are read one by one; more are told by reason first.
FEW = 8
LIKELY = ("likely_same_name", "likely_similar_name", "likely_same_phone", "like_worksite")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def report_page(
    request: HttpRequest, viewer: Viewer, run: ImportRun, context: dict[str, Any]
) -> HttpResponse:
    rows = queries.lines(run)
    views = {
        "refused": _("Refused"),
        "doubtful": _("To look at"),
        "doubles": _("Likely doubles"),
    }
    counted = {key: len(_wanted(rows, key)) for key in views}
    first = next((key for key in views if counted[key]), "refused")
    show = request.GET.get("show", first)
    shown, why = _wanted(rows, show), request.GET.get("why", "")
    groups = presenters.groups(viewer, shown, show, why) if len(shown) > FEW else []
    if groups and why:
        shown = [row for row in shown if row.code == why]
    page = Paginator(shown, PAGE).get_page(request.GET.get("page"))
    lines = presenters.report_lines(viewer, list(page))
    audit.record(viewer, "exchange.report", reason=f"import {run.id}", shown=_people(list(page)))
    tabs = [NavItem(word, f"?show={key}", show == key, counted[key]) for key, word in views.items()]
    context |= {
        "figures": _figures(run),
        "lines": lines,
        "groups": groups,
        "page_obj": page,
        "tabs": tabs,
        "show": show,
        "any": bool(rows),
        "changes": run.counts.get("created", 0) + run.counts.get("updated", 0),
        "left_out": run.counts.get("left_out", 0),
        "file_url": reverse("import_report_file", args=[run.id]),
        "ended": presenters.moment(run.ended_at) if run.ended_at else "",
    }
    return render(request, "exchange/report.html", context)


def _wanted(rows: list[Told], show: str) -> list[Told]:
    if show == "refused":
        return [row for row in rows if row.outcome == "refused"]
    if show == "doubles":
        return [row for row in rows if row.code in LIKELY]
    if show == "doubtful":
        return [row for row in rows if row.outcome == "doubtful" and row.code not in LIKELY]
    return rows


def _people(rows: list[Told]) -> list[UUID]:
    said = {str(row.params[key]) for row in rows for key in ("client",) if key in row.params}
    return sorted(UUID(one) for one in said if len(one) == 36)


def _figures(run: ImportRun) -> list[tuple[int, str]]:
    counts = run.counts
    return [
        (counts.get("created", 0), _("new ones")),
        (counts.get("updated", 0), _("updated")),
        (counts.get("unchanged", 0), _("unchanged")),
        (counts.get("refused", 0), _("refused")),
    ]


@require_GET
def report_file(request: HttpRequest, run_id: UUID) -> HttpResponse:
    """The report as a spreadsheet, for mending the sheet row by row."""
    viewer = viewer_of(request)
    run = run_or_404(viewer, run_id)
    rows = queries.lines(run)
    audit.record(viewer, "exchange.report_file", reason=f"import {run.id}", shown=_people(rows))
    columns = [
        OutColumn(_("Row"), 8),
        OutColumn(_("Column"), 9),
        OutColumn(_("Heading"), 20),
        OutColumn(_("What came of it"), 16),
        OutColumn(_("Reason"), 90),
    ]
    out = io.BytesIO()
    write_xlsx(
        (
            [int(one.line) if one.line.isdigit() else None, one.column, one.heading, one.outcome,
             one.reason]
            for one in presenters.report_lines(viewer, rows)
        ),
        columns,
        out,
        title=str(_("Report")),
    )  # fmt: skip
    response = HttpResponse(out.getvalue(), content_type=XLSX)
    response["Content-Disposition"] = 'attachment; filename="polku-import.xlsx"'
    return response
