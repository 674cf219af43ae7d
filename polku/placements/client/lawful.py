"""What the law says of a form as it stands: at the moment of choosing, before anything is sent.

The button "What does the law say?" sends the form without writing anything; where script runs, the
same is asked whenever a day, the hours or the kind change, and only the findings come back.
"""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from polku.placements import legal
from polku.placements.models import Placement

CHECK = "check"
FRAGMENT = "X-Polku-Fragment"
# The terms that the law looks at.
LOOKED_AT = ("starts_on", "ends_on", "hours_a_day", "days_a_week")


def as_filled(one: Placement, form: Any) -> list[legal.Finding]:
    """Return what the law says of a placement with what is valid in the form; [] without days."""
    form.is_valid()
    given = form.cleaned_data
    of_change = getattr(form, "FIELDS", None)
    names = LOOKED_AT if of_change is None else of_change.get(given.get("what", ""), ())
    tried = copy(one)
    for name in set(LOOKED_AT) & set(names):
        if given.get(name) is not None:
            setattr(tried, name, given[name])
    if tried.starts_on is None or (tried.ends_on and tried.ends_on < tried.starts_on):
        return []
    return legal.findings(one.client_id, legal.of_placement(tried), besides=one)


def fragment(request: HttpRequest, law: Sequence[legal.Finding]) -> HttpResponse:
    """Return the findings alone, for the page that has them in a card already."""
    return render(request, "placements/client/laws.html", {"laws": law, "as_filled": True})
