"""The pages of what-ifs: asking, and one question with its answer."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from polku.foundation import audit, clock
from polku.foundation.door.pages import staff
from polku.foundation.viewer import Viewer
from polku.insight import actions, presenters, queries
from polku.insight.forms import DOUBLE, WhatIfForm, asked_again, doubled, filled_in
from polku.insight.models import WhatIf
from polku.insight.queries import PERMISSION
from polku.insight.working import BROKEN, question_of


@require_http_methods(["GET", "HEAD", "POST"])
@staff(PERMISSION)
def what_if(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Show the present numbers, ready to be changed, and what was asked before; take a question."""
    present = queries.present(viewer, clock.today())
    if request.method == "POST":
        data = doubled(request.POST) if request.POST.get("press") == DOUBLE else request.POST
        form = WhatIfForm(data)
        if form.is_valid():
            try:
                found = actions.ask(
                    form.question(), by=viewer, at=clock.now(), measured=present.as_dict()
                )
            except actions.Busy:
                form.add_error(None, _(
                    "Five questions are being worked out already. Press again in a moment."
                ))  # fmt: skip
            else:
                return redirect("what_if_answer", found.id)
    else:
        form = WhatIfForm(initial=filled_in(present))
    audit.record(viewer, "insight.what_if")
    context = {
        "form": form,
        "sources": presenters.sources(present),
        "beside": presenters.beside(present),
        "kept": _kept(viewer),
    }
    return render(request, "insight/ask.html", context, status=422 if form.errors else 200)


def _kept(viewer: Viewer) -> list[dict[str, Any]]:
    return [
        {"id": one.id, "title": presenters.title(question_of(one)),
         "asked": presenters.asked(one), "waits": one.waits}
        for one in queries.kept(viewer)
    ]  # fmt: skip


def load(viewer: Viewer, what_if_id: UUID) -> WhatIf:
    """Return a question of the viewer's register; foreign and absent raise the same Http404."""
    try:
        return queries.get(viewer, what_if_id)
    except WhatIf.DoesNotExist:
        raise Http404 from None


@require_safe
@staff(PERMISSION)
def answer(request: HttpRequest, viewer: Viewer, what_if_id: UUID) -> HttpResponse:
    """Show a question with its answer, or that it is being worked out."""
    found = load(viewer, what_if_id)
    audit.record(viewer, "insight.what_if_answer", reason=f"what-if {found.id}")
    question = question_of(found)
    context: dict[str, Any] = {
        "found": found,
        "asked": presenters.asked(found),
        "title": presenters.title(question),
        "changes": presenters.changes(question),
        "form": WhatIfForm(initial=asked_again(question)),
        "own": presenters.own_numbers(found),
        "broken": found.problem == BROKEN,
    }
    if found.answered_at is not None:
        told = presenters.measures(found)
        guesses, inputs = presenters.guesses(found)
        context |= {
            "measures": told, "drawn": [one for one in told if one.picture],
            "course": presenters.course(found), "inputs": presenters.inputs(found),
            "guesses": guesses, "many": inputs, "runs": found.answer["runs"],
            "seed": question.seed,
            "on_one_side": question.today.new_a_month != question.other.new_a_month,
        }  # fmt: skip
    else:
        context["look_again"] = _look_again(request)
    return render(request, "insight/answer.html", context)


def _look_again(request: HttpRequest) -> str:
    # Each time another address: some browsers do not load the same one again.
    looks = request.GET.get("look", "")
    return f"?look={int(looks) % 1000 + 1 if looks.isdecimal() and len(looks) < 5 else 1}"
