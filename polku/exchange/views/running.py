"""A file comes in, is tried, imported and forgotten."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from polku.exchange import actions, offered, presenters, queries
from polku.exchange.forms import UploadForm
from polku.exchange.sheets import Unreadable, find_layout, open_sheet
from polku.exchange.sheets.fields import PEOPLE, WORKSITES
from polku.exchange.sheets.messages import sentence
from polku.exchange.views.columns import columns_page
from polku.exchange.views.common import begun, context_of, run_or_404, viewer_of
from polku.exchange.views.report import report_page
from polku.foundation import clock
from polku.foundation.viewer import Viewer
from polku.web.toasts import toast


@require_http_methods(["GET", "HEAD", "POST"])
def start_page(request: HttpRequest) -> HttpResponse:
    """Upload a spreadsheet; one's own imports below."""
    viewer = viewer_of(request)
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
    viewer = viewer_of(request)
    run = run_or_404(viewer, run_id)
    context = context_of(run)
    if run.is_busy:
        return render(request, "exchange/progress.html", context)
    if run.state == "failed":
        return render(request, "exchange/failed.html", context | {"why": presenters.failure(run)})
    if run.state == "uploaded" or request.GET.get("columns"):
        return columns_page(request, viewer, run_id, context)
    return report_page(request, viewer, run, context)


@require_POST
def begin(request: HttpRequest, run_id: UUID) -> HttpResponse:
    """Put the import, or a dry run of it, into the queue."""
    return begun(request, viewer_of(request), run_id, dry=request.POST.get("dry") == "1")


@require_GET
def state(request: HttpRequest, run_id: UUID) -> JsonResponse:
    """How far a running import has come, for the page that shows it."""
    viewer = viewer_of(request)
    run = run_or_404(viewer, run_id)
    words = _("%(done)d of %(of)d") % {"done": run.rows_done, "of": max(run.total, run.rows_done)}
    return JsonResponse(
        {"busy": run.is_busy, "done": run.rows_done, "of": run.total, "words": words}
    )


@require_POST
def forget(request: HttpRequest, run_id: UUID) -> HttpResponse:
    """Remove the file and its report."""
    viewer = viewer_of(request)
    try:
        actions.forget(run_or_404(viewer, run_id), by=viewer, at=clock.now())
    except actions.NotNow:
        toast(request, _("It is running. Wait until it is done."), level="warn")
        return redirect("import_run", run_id)
    toast(request, _("The file and its report were removed. What was imported stays."))
    return redirect("import")
