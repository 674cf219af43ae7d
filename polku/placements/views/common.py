"""What every page of places does first: who may, which place; and what stands meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar
from uuid import UUID

from django import forms
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from polku.foundation.viewer import Viewer
from polku.web import dates

PageView = Callable[..., HttpResponse]
T = TypeVar("T")


def or_404(read: Callable[..., T], viewer: Viewer, *ids: UUID) -> T:
    """Return what a query finds. Raises Http404, foreign and absent alike."""
    try:
        return read(viewer, *ids)
    except ObjectDoesNotExist:
        raise Http404 from None


def form_page(
    request: HttpRequest, template: str, form: forms.Form, *, theirs: Any = (), **context: Any
) -> HttpResponse:
    """Show a form: as new, with its errors (422), or beside what somebody saved meanwhile (409)."""
    status = 409 if theirs else 422 if form.errors else 200
    context = {"form": form, "theirs": theirs, **context}
    return render(request, f"placements/{template}.html", context, status=status)


def version_of(request: HttpRequest) -> int:
    """Return the version that a form was opened at; 0, which no row has, for anything else."""
    text = request.POST.get("version", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 0


def differing(form: forms.Form, theirs: dict[str, Any]) -> list[dict[str, str]]:
    """Return label, theirs and yours for each field in which form and stored values differ."""
    found = []
    for name, now in theirs.items():
        field, yours = form.fields.get(name), form.cleaned_data.get(name)
        if field is None or (now or None) == (yours or None):
            continue
        shown = {"theirs": _shown(field, now), "yours": _shown(field, yours)}
        found.append({"label": str(field.label), **shown})
    return found or [{"label": str(_("Something else")), "theirs": str(_("changed meanwhile")),
                      "yours": str(_("not a part of this form"))}]  # fmt: skip


def _shown(field: Any, value: Any) -> str:
    if value in (None, "", []):
        return str(_("empty"))
    if isinstance(value, bool):
        return str(_("yes") if value else _("no"))
    if hasattr(value, "year"):
        return dates.full(value)
    if isinstance(value, (list, tuple)):
        words = dict(getattr(field, "choices", ()))
        return ", ".join(str(words.get(one, one)) for one in value)
    if isinstance(field, forms.ChoiceField):
        return str(dict(field.choices).get(value, value))
    return str(value)
