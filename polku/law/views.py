"""The rules as every worker may read and try them."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from polku.foundation import clock
from polku.foundation.permissions import can, check
from polku.law import explaining, in_force, listing, reading
from polku.law.trying import TryForm, is_secret
from polku.rules import UnknownRule
from polku.rules.registry import Rule, rule_named
from polku.web import dates
from polku.web.context import NavItem


@require_safe
def law_list(request: Any) -> HttpResponse:
    """Show every rule by subject; `?show=verify` what is in force and not verified."""
    check(request.viewer, "law.read")
    today, law = clock.today(), in_force.of(request.viewer.register_id)
    doubtful = listing.doubtful(today, law)
    verify = request.GET.get("show") == "verify"
    sought = request.GET.get("q", "").strip()[:80]
    here = reverse("law_list")
    context = {
        "subjects": [] if verify else listing.subjects(today, law, sought),
        "doubtful": doubtful if verify else [],
        "verify": verify,
        "sought": sought,
        "tabs": [
            NavItem(_("All rules"), here, not verify),
            NavItem(_("To verify"), f"{here}?show=verify", verify, len(doubtful)),
        ],
        "today": dates.full(today),
        "may_decide": can(request.viewer, "law.confirm"),
    }
    return render(request, "law/list.html", context)


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def law_rule(request: Any, rule: str) -> HttpResponse:
    """Show a rule, and what it answers to the facts in the address (or, where text, sent)."""
    check(request.viewer, "law.read")
    found, law = _rule(rule), in_force.of(request.viewer.register_id)
    today, secret = clock.today(), is_secret(found)
    if request.method == "POST" and not secret:
        raise Http404
    given = request.POST if secret and request.method == "POST" else request.GET
    asked = "on" in given and (not secret or request.method == "POST")
    form = TryForm(found, given if asked else None, initial={"on": today})
    told = None
    if asked and form.is_valid():
        told = explaining.asked(found.name, form.cleaned_data["on"], form.facts(), law)
    context = {
        "rule": reading.page(found, today, law),
        "form": form,
        "told": told,
        "secret": secret,
        "may_decide": can(request.viewer, "law.confirm"),
    }
    return render(request, "law/rule.html", context, status=422 if asked and form.errors else 200)


def _rule(name: str) -> Rule:
    try:
        return rule_named(name)
    except UnknownRule:
        raise Http404 from None
