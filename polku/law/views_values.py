"""The values of a parameter: what was decided of them, and deciding by a named administrator."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from polku.foundation import clock
from polku.foundation.permissions import can, check
from polku.law import actions, consequences, in_force, queries, reading, words
from polku.law.models import KeptValue
from polku.law.values import ValueForm, seen, start_of
from polku.rules import Law, OverrideRefused
from polku.rules.calendar import add_months
from polku.rules.parameters import Parameter
from polku.rules.shown import parameter_shown
from polku.web import dates
from polku.web.forms import day_of
from polku.web.toasts import toast


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision in the history."""

    id: UUID
    time: str
    lines: tuple[words.Line, ...]
    source: str
    url: str
    note: str
    decided: str
    withdrawn: str
    stale: bool


@require_safe
def law_value(request: Any, parameter: str) -> HttpResponse:
    """Show a parameter's values over time and everything that was ever decided of them here."""
    check(request.viewer, "law.read")
    law, today = in_force.of(request.viewer.register_id), clock.today()
    found = _parameter(law, parameter)
    context = {
        "values": reading.values(parameter_shown(found), today),
        "rules": _rules_on(parameter),
        "history": [_decision(one) for one in queries.kept(request.viewer, parameter)],
        "may_decide": can(request.viewer, "law.confirm"),
        "ahead": _next_month(today).isoformat(),
    }
    return render(request, "law/value.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def law_decide(request: Any, parameter: str) -> HttpResponse:
    """Confirm or change a value: first what would be answered otherwise, then keep it."""
    check(request.viewer, "law.confirm")
    law = in_force.of(request.viewer.register_id)
    found = _parameter(law, parameter)
    start = start_of(found, day_of(request.GET.get("from")))
    form = ValueForm(found, start, request.POST if request.method == "POST" else None)
    follows, mark = None, ""
    if request.method == "POST" and form.is_valid():
        decided = form.decided()
        try:
            if request.POST.get("keep") == seen(decided):
                return _keep(request, decided)
            follows, mark = _preview(request, decided, law), seen(decided)
        except OverrideRefused as refused:
            form.add_error(None, refused.reason.sentence(_, lambda part: str(part)))
    context = {
        "parameter": found,
        "meaning": _(found.meaning),
        "unit": _(found.unit),
        "time": words.time_of(start.first, start.last),
        "known": start.known,
        "rules": _rules_on(parameter),
        "form": form,
        "follows": follows,
        "mark": mark,
    }
    return render(request, "law/decide.html", context, status=422 if form.errors else 200)


def _preview(request: Any, decided: actions.Decided, law: Law) -> consequences.Consequences:
    after = actions.law_with(decided, by=request.viewer, at=clock.now())
    return consequences.of(decided.parameter, law, after)


def _keep(request: Any, decided: actions.Decided) -> HttpResponse:
    kept = actions.decide(decided, by=request.viewer, at=clock.now())
    undo = reverse("law_withdraw", args=[kept.id])
    toast(request, _("Decided. From now on it is answered by this value."), undo=undo)
    return redirect("law_value", parameter=decided.parameter)


@require_POST
def law_withdraw(request: Any, value_id: UUID) -> HttpResponse:
    """Withdraw what was decided; with `?undo` let it hold again."""
    check(request.viewer, "law.confirm")
    given = {"by": request.viewer, "at": clock.now()}
    try:
        if "undo" in request.GET:
            value = actions.undo_withdrawal(value_id, **given)
            toast(request, _("It holds again."))
        else:
            value = actions.withdraw(value_id, **given)
            undo = f"{reverse('law_withdraw', args=[value_id])}?undo"
            toast(request, _("Withdrawn. It stays in the history."), undo=undo)
    except KeptValue.DoesNotExist:
        raise Http404 from None
    except actions.TooLate:
        said = _("This can't be taken back any more. Nothing was changed.")
        toast(request, said, level="warn")
        value = queries.get(request.viewer, value_id)
    return redirect("law_value", parameter=value.parameter)


def _next_month(today: date) -> date:
    return add_months(today.replace(day=1), 1)


def _parameter(law: Law, name: str) -> Parameter:
    if name not in law:
        raise Http404
    return law[name]


def _rules_on(parameter: str) -> list[tuple[str, str]]:
    return [
        (_(rule.question), reverse("law_rule", args=[rule.name]))
        for rule in consequences.rules_on(parameter)
    ]


def _decision(one: KeptValue) -> Decision:
    decided = {"by": one.decided_by, "day": dates.full(dates.day_of(one.decided_at))}
    withdrawn = ""
    if one.withdrawn_at is not None:
        given = {"by": one.withdrawn_by, "day": dates.full(dates.day_of(one.withdrawn_at))}
        withdrawn = _("withdrawn by %(by)s on %(day)s") % given
    return Decision(
        id=one.id,
        time=words.time_of(one.valid_from, one.valid_to),
        lines=tuple(words.lines(one.value)),
        source=one.source,
        url=one.url,
        note=one.note,
        decided=_("decided by %(by)s on %(day)s") % decided,
        withdrawn=withdrawn,
        stale=not withdrawn and not in_force.still_fits(one),
    )
