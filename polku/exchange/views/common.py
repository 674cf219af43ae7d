"""What every page of an import does first: who may, which import, and where it stands."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from polku.exchange import actions, keeping, offered, queries
from polku.exchange.forms import KIND_WORDS
from polku.exchange.models import ImportRun
from polku.exchange.sheets.fields import WORKSITES
from polku.foundation import clock
from polku.foundation.permissions import check
from polku.foundation.viewer import Viewer
from polku.web.toasts import toast


def viewer_of(request: HttpRequest) -> Viewer:
    viewer: Viewer | None = getattr(request, "viewer", None)
    if viewer is None or not viewer.is_staff:
        raise Http404
    offered.kinds_of(viewer)
    return viewer


def run_or_404(viewer: Viewer, run_id: UUID, *, with_file: bool = False) -> ImportRun:
    try:
        run = queries.get(viewer, run_id, with_file=with_file)
    except ImportRun.DoesNotExist:
        raise Http404 from None
    check(viewer, offered.permission_of(run.kind))
    return run


def gone() -> str:
    return _("The file is no longer kept. Upload it again.")


def context_of(run: ImportRun) -> dict[str, Any]:
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


def begun(request: HttpRequest, viewer: Viewer, run_id: UUID, *, dry: bool) -> HttpResponse:
    try:
        actions.start(run_or_404(viewer, run_id), by=viewer, at=clock.now(), dry=dry)
    except actions.AlreadyRunning as busy:
        if busy.first is None:
            toast(request, _("The same file is being imported already. Wait until it is done."),
                  level="warn")  # fmt: skip
    except actions.NotNow:
        toast(request, gone(), level="warn")
    return redirect("import_run", run_id)
