"""The access log, for the auditor: whose data was looked at, by whom, and what was changed."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from polku.clients.numbers import find_number
from polku.desk.record.asking import Asked, AskForm, WhoForm
from polku.desk.record.log_page import log_page
from polku.foundation import audit, clock, record_reads
from polku.foundation.door.pages import staff
from polku.foundation.viewer import Viewer

MOST_PAGES = 400


@sensitive_post_parameters("who")
@require_http_methods(["GET", "HEAD", "POST"])
@staff(record_reads.PERMISSION)
def access_log(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Show the log; a posted identity code or number leads to the log about that client."""
    if request.method == "POST":
        return _find(request, viewer)
    form, asked = ask(request, viewer)
    page = request.GET.get("page", "1")
    number = max(1, min(MOST_PAGES, int(page))) if page.isdecimal() and len(page) < 6 else 1
    shown = log_page(viewer, asked, number=number)
    note(viewer, asked, "client" if asked.client else "list", shown.clients)
    context = {"form": form, "who_form": WhoForm(), "page": shown}
    return _render(request, asked, context)


def ask(request: HttpRequest, viewer: Viewer) -> tuple[AskForm, Asked]:
    """Return the filters as given, and the question that they make."""
    workers = record_reads.workers(viewer)
    form = AskForm(request.GET or None, workers=workers)
    if not form.is_bound:
        form = AskForm({"kind": ""}, workers=workers)
    asked = form.asked(clock.today())
    form.data = form.data.copy() | {
        "since": form.data.get("since") or asked.since.isoformat(),
        "until": form.data.get("until") or asked.until.isoformat(),
    }
    return form, asked


def note(viewer: Viewer, asked: Asked, what: str, clients: Any) -> None:
    """Write down that the log was looked at: about whom, and how it was asked."""
    given = {"worker": asked.worker, "kind": asked.kind}
    audit.record(
        viewer,
        f"access_log.{what}",
        client=asked.client,
        shown=[one for one in clients if one != asked.client],
        reason=f"{asked.since}..{asked.until} "
        + " ".join(f"{name}={value}" for name, value in given.items() if value),
    )


def _find(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    form = WhoForm(request.POST)
    found = find_number(viewer, form.cleaned_data["who"]) if form.is_valid() else None
    if found is not None:
        audit.record(viewer, "access_log.find", client=found)
        _form, asked = ask(request, viewer)
        return redirect(reverse("access_log") + asked.query(client=found))
    if form.is_valid():
        form.add_error(
            "who",
            _(
                "No record here has this code or number. Check each character; the record may be "
                "another register's."
            ),
        )
    asking, asked = ask(request, viewer)
    context = {"form": asking, "who_form": form, "page": None}
    return _render(request, asked, context, status=422)


def _render(
    request: HttpRequest, asked: Asked, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    context["asked"] = asked
    context["everybody"] = asked.query(client=None)
    context["file"] = reverse("access_log_file") + asked.query()
    return render(request, "desk/record/log.html", context, status=status)
