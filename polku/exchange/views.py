"""The import pages: a file in, its columns, a dry run, the import, and the report of each."""

from __future__ import annotations

import io
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from polku.exchange import actions, keeping, offered, presenters, queries, working
from polku.exchange.forms import KIND_WORDS, ColumnsForm, UploadForm
from polku.exchange.imports import run as running
from polku.exchange.imports.report import Told
from polku.exchange.models import ImportRun
from polku.exchange.sheets import Unreadable, find_layout, open_sheet
from polku.exchange.sheets.defuse import OutColumn, write_xlsx
from polku.exchange.sheets.fields import PEOPLE, WORKSITES
from polku.exchange.sheets.messages import sentence
from polku.foundation import audit, clock
from polku.foundation.permissions import check
from polku.foundation.viewer import Viewer
from polku.web.context import NavItem
from polku.web.toasts import toast

PAGE = 50
# Fewer rows than this are read one by one; more are told by reason first.
FEW = 8
LIKELY = ("likely_same_name", "likely_similar_name", "likely_same_phone", "like_worksite")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _viewer(request: HttpRequest) -> Viewer:
    viewer: Viewer | None = getattr(request, "viewer", None)
    if viewer is None or not viewer.is_staff:
        raise Http404
    offered.kinds_of(viewer)
    return viewer


def _run(viewer: Viewer, run_id: UUID, *, with_file: bool = False) -> ImportRun:
    try:
        run = queries.get(viewer, run_id, with_file=with_file)
    except ImportRun.DoesNotExist:
        raise Http404 from None
    check(viewer, offered.permission_of(run.kind))
    return run


@require_http_methods(["GET", "HEAD", "POST"])
def start_page(request: HttpRequest) -> HttpResponse:
    """Upload a spreadsheet; one's own imports below."""
    viewer = _viewer(request)
    sent = request.method == "POST"
    form = UploadForm(request.POST, request.FILES) if sent else UploadForm()
    if sent and form.is_valid():
        answer = _take_in(request, viewer, form)
        if answer is not None:
            return answer
    kinds = offered.kinds_of(viewer)
    context = {
        "form": form,
        "mine": [presenters.run_line(run) for run in queries.mine(viewer, kinds)],
        "people": PEOPLE in kinds,
        "worksites": WORKSITES in kinds,
    }
    return render(request, "exchange/start.html", context, status=422 if form.errors else 200)


def _take_in(request: HttpRequest, viewer: Viewer, form: UploadForm) -> HttpResponse | None:
    file = form.cleaned_data["file"]
    data = file.read()
    try:
        layout = find_layout(open_sheet(data, file.name), among=offered.kinds_of(viewer))
    except Unreadable as error:
        form.add_error("file", sentence(error.problem, presenters.gettext))
        return None
    try:
        run = actions.take_in(
            by=viewer, at=clock.now(), name=file.name, data=data, kind=layout.kind
        )
    except actions.AlreadyRunning as busy:
        if busy.first is not None:
            toast(request, _("The same file is being imported already: here it is."), level="now")
            return redirect("import_run", busy.first.id)
        form.add_error(
            "file", _("A colleague is importing the same file right now. Wait until it is done.")
        )
        return None
    return redirect("import_run", run.id)


@require_GET
def run_page(request: HttpRequest, run_id: UUID) -> HttpResponse:
    """One import: its columns, its progress, or its report, by the state that it is in."""
    viewer = _viewer(request)
    run = _run(viewer, run_id)
    context = _context(run)
    if run.is_busy:
        return render(request, "exchange/progress.html", context)
    if run.state == "failed":
        return render(request, "exchange/failed.html", context | {"why": presenters.failure(run)})
    if run.state == "uploaded" or request.GET.get("columns"):
        return _columns_page(request, viewer, run_id, context)
    return _report_page(request, viewer, run, context)


def _context(run: ImportRun) -> dict[str, Any]:
    return {
        "run": run,
        "name": keeping.name_of(run),
        "kind": KIND_WORDS.get(run.kind, ""),
        "worksites": run.kind == WORKSITES,
        "step": _step(run),
        "steps": [_("File"), _("Columns"), _("Try"), _("Import")],
        "has_file": run.key_cipher is not None,
    }


def _step(run: ImportRun) -> int:
    if run.state == "uploaded":
        return 2
    if run.state == "done":
        return 5
    return 3 if run.dry else 4


def _columns_page(
    request: HttpRequest, viewer: Viewer, run_id: UUID, context: dict[str, Any], form: Any = None
) -> HttpResponse:
    run = _run(viewer, run_id, with_file=True)
    try:
        sheet, layout = working.read(run, keeping.open_file(run))
    except keeping.Gone:
        return render(request, "exchange/failed.html", context | {"why": _gone()})
    width = presenters.column_count(sheet, layout)
    told = {"registered_on": run.registered_on}
    form = form or ColumnsForm(layout, width, offered.kinds_of(viewer), initial=told)
    shown = presenters.preview(run, viewer, sheet, layout, form)
    status = 422 if form.errors else 200
    return render(
        request, "exchange/columns.html", context | {"preview": shown, "step": 2}, status=status
    )


def _gone() -> str:
    return _("The file is no longer kept. Upload it again.")


@require_POST
def columns(request: HttpRequest, run_id: UUID) -> HttpResponse:
    """Keep what was chosen for the columns; go on to the dry run when that was pressed."""
    viewer = _viewer(request)
    run = _run(viewer, run_id, with_file=True)
    try:
        sheet, layout = working.read(run, keeping.open_file(run))
        width = presenters.column_count(sheet, layout)
        form = ColumnsForm(layout, width, offered.kinds_of(viewer), request.POST)
        if not form.is_valid():
            return _columns_page(request, viewer, run_id, _context(run), form)
        kind, chosen = form.cleaned_data["kind"], form.chosen()
        found = {column.index: column.field for column in layout.columns}
        other = kind != layout.kind
        # Of another kind of sheet the headings mean other things: they are read anew, and only
        # what the user changed on this page stays.
        mapping = {
            presenters.letter(index): name
            for index, name in chosen.items()
            if name != found.get(index) or (not other and presenters.letter(index) in run.mapping)
        }
        actions.choose_columns(
            run,
            by=viewer,
            at=clock.now(),
            kind=kind,
            mapping=mapping,
            registered_on=form.cleaned_data["registered_on"],
        )
        if request.POST.get("then") != "check":
            return redirect("import_run", run_id)
        layout = find_layout(sheet, kind, mapping=mapping)
        running.refuse_unusable(layout)
        if presenters.asks_day(layout) and not form.answers_day():
            form.add_error("registered_on", _("Write the day, or say that no one day suits all."))
            return _columns_page(request, viewer, run_id, _context(run), form)
        return _begin(request, viewer, run_id, dry=True)
    except (actions.NotNow, keeping.Gone):
        toast(request, _gone(), level="warn")
    except Unreadable as error:
        toast(request, sentence(error.problem, presenters.gettext), level="warn")
    return redirect("import_run", run_id)


@require_POST
def begin(request: HttpRequest, run_id: UUID) -> HttpResponse:
    """Put the import, or a dry run of it, into the queue."""
    return _begin(request, _viewer(request), run_id, dry=request.POST.get("dry") == "1")


def _begin(request: HttpRequest, viewer: Viewer, run_id: UUID, *, dry: bool) -> HttpResponse:
    try:
        actions.start(_run(viewer, run_id), by=viewer, at=clock.now(), dry=dry)
    except actions.AlreadyRunning as busy:
        if busy.first is None:
            toast(request, _("The same file is being imported already. Wait until it is done."),
                  level="warn")  # fmt: skip
    except actions.NotNow:
        toast(request, _gone(), level="warn")
    return redirect("import_run", run_id)


@require_GET
def state(request: HttpRequest, run_id: UUID) -> JsonResponse:
    """How far a running import has come, for the page that shows it."""
    viewer = _viewer(request)
    run = _run(viewer, run_id)
    words = _("%(done)d of %(of)d") % {"done": run.rows_done, "of": max(run.total, run.rows_done)}
    return JsonResponse(
        {"busy": run.is_busy, "done": run.rows_done, "of": run.total, "words": words}
    )


@require_POST
def forget(request: HttpRequest, run_id: UUID) -> HttpResponse:
    """Remove the file and its report."""
    viewer = _viewer(request)
    try:
        actions.forget(_run(viewer, run_id), by=viewer, at=clock.now())
    except actions.NotNow:
        toast(request, _("It is running. Wait until it is done."), level="warn")
        return redirect("import_run", run_id)
    toast(request, _("The file and its report were removed. What was imported stays."))
    return redirect("import")


def _wanted(rows: list[Told], show: str) -> list[Told]:
    if show == "refused":
        return [row for row in rows if row.outcome == "refused"]
    if show == "doubles":
        return [row for row in rows if row.code in LIKELY]
    if show == "doubtful":
        return [row for row in rows if row.outcome == "doubtful" and row.code not in LIKELY]
    return rows


def _report_page(
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
    viewer = _viewer(request)
    run = _run(viewer, run_id)
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
