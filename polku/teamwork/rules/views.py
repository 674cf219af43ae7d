"""Pages of the rules of division: all of the team's, and one coach's with its history."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from polku.foundation import audit, clock
from polku.foundation.door.pages import staff
from polku.foundation.meanwhile import ChangedMeanwhile
from polku.foundation.viewer import Viewer
from polku.teamwork.models import DivisionRule
from polku.teamwork.queries import coaches_of_team
from polku.teamwork.rules import actions, wording
from polku.teamwork.rules.forms import RuleForm, initial
from polku.teamwork.rules.reads import Rule, of_row, rules
from polku.web.toasts import toast


@dataclass(frozen=True)
class Line:
    """One coach's rule in words."""

    id: UUID
    name: str
    words: list[str]
    assumed: bool


@require_safe
@staff("teamwork.rules")
def rule_list(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Show which clients each worker of the team takes."""
    names = dict(coaches_of_team(viewer))
    held = rules(viewer, list(names), clock.today())
    towns = wording.town_names()
    audit.record(viewer, "teamwork.rules")
    lines = [
        Line(who, name, wording.words(held[who], towns), held[who].assumed)
        for who, name in names.items()
    ]
    return render(request, "teamwork/rules/list.html", {"lines": lines})


@require_http_methods(["GET", "HEAD", "POST"])
@staff("teamwork.rules")
def rule_page(request: HttpRequest, viewer: Viewer, coach_id: UUID) -> HttpResponse:
    """Show and change one coach's rule, and what held before."""
    name = dict(coaches_of_team(viewer)).get(coach_id)
    if name is None:
        raise Http404
    rows = actions.history(viewer, coach_id)
    row = next((one for one in rows if one.valid_to is None), None)
    rule = of_row(row) if row else rules(viewer, [coach_id], clock.today())[coach_id]
    form = RuleForm(request.POST or None, viewer=viewer, rule=rule, initial=initial(rule, row))
    if request.method == "POST" and form.is_valid() and _keep(form, viewer, coach_id):
        toast(request, _("The rule of %(name)s is saved.") % {"name": name})
        return redirect("division_rules")
    if request.method != "POST":
        audit.record(viewer, "teamwork.rules", reason=str(coach_id))
    context = {"form": form, "name": name, "assumed": rule.assumed, "past": _past(rows)}
    status = 422 if form.errors else 200
    return render(request, "teamwork/rules/one.html", context, status=status)


def _keep(form: RuleForm, viewer: Viewer, coach_id: UUID) -> bool:
    version = form.cleaned_data["version"]
    try:
        actions.keep(coach_id, by=viewer, at=clock.now(), version=version, given=form.given())
    except ChangedMeanwhile:
        form.add_error(
            None,
            _("Somebody has changed this rule meanwhile. Open it anew and change what stands."),
        )
        return False
    return True


def _past(rows: list[DivisionRule]) -> list[dict[str, Any]]:
    held: list[Rule] = [of_row(row) for row in rows]
    towns = wording.town_names()
    return [
        {"row": row, "words": wording.words(rule, towns)}
        for row, rule in zip(rows, held, strict=True)
    ]
