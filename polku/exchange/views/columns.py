"""What the sheet holds and what its columns are."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from polku.exchange import actions, keeping, offered, presenters, working
from polku.exchange.forms import ColumnsForm
from polku.exchange.imports import run as running
from polku.exchange.sheets import Unreadable, find_layout
from polku.exchange.sheets.messages import sentence
from polku.exchange.views.common import begun, context_of, gone, run_or_404, viewer_of
from polku.foundation import clock
from polku.foundation.viewer import Viewer
from polku.web.toasts import toast


def columns_page(
    request: HttpRequest, viewer: Viewer, run_id: UUID, context: dict[str, Any], form: Any = None
) -> HttpResponse:
    run = run_or_404(viewer, run_id, with_file=True)
    try:
        sheet, layout = working.read(run, keeping.open_file(run))
    except keeping.Gone:
        return render(request, "exchange/failed.html", context | {"why": gone()})
    width = presenters.column_count(sheet, layout)
    told = {"registered_on": run.registered_on}
    form = form or ColumnsForm(layout, width, offered.kinds_of(viewer), initial=told)
    shown = presenters.preview(run, viewer, sheet, layout, form)
    status = 422 if form.errors else 200
    return render(
        request, "exchange/columns.html", context | {"preview": shown, "step": 2}, status=status
    )


@require_POST
def columns(request: HttpRequest, run_id: UUID) -> HttpResponse:
    """Keep what was chosen for the columns; go on to the dry run when that was pressed."""
    viewer = viewer_of(request)
    run = run_or_404(viewer, run_id, with_file=True)
    try:
        sheet, layout = working.read(run, keeping.open_file(run))
        width = presenters.column_count(sheet, layout)
        form = ColumnsForm(layout, width, offered.kinds_of(viewer), request.POST)
        if not form.is_valid():
            return columns_page(request, viewer, run_id, context_of(run), form)
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
            return columns_page(request, viewer, run_id, context_of(run), form)
        return begun(request, viewer, run_id, dry=True)
    except (actions.NotNow, keeping.Gone):
        toast(request, gone(), level="warn")
    except Unreadable as error:
        toast(request, sentence(error.problem, presenters.gettext), level="warn")
    return redirect("import_run", run_id)
