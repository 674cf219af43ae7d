"""A rule of division in plain words, the same wherever it is shown."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from polku.clients.models import Client
from polku.foundation.models import Municipality
from polku.teamwork.rules.reads import FULL, Rule
from polku.web import people


@lru_cache(maxsize=4)
def _names(language: str) -> dict[str, str]:
    return {town.code: str(town) for town in Municipality.objects.all()}


def town_names() -> dict[str, str]:
    """Return the municipalities' names by code: asked once a process, as they change by law."""
    return _names((get_language() or "fi")[:2])


def languages(rule: Rule) -> str:
    """Return in which languages somebody coaches."""
    return ", ".join(people.language(code) for code in rule.languages)


def words(rule: Rule, towns: Mapping[str, str]) -> list[str]:
    """Return the rule: languages, room, whom it is for."""
    said = [languages(rule)]
    if rule.share == 0:
        return [*said, _("takes no clients")]
    if rule.share < FULL:
        said.append(_("%(n)d %% of a full caseload") % {"n": rule.share})
    if not rule.takes_new:
        said.append(_("no new clients now"))
    whom = whom_words(rule, towns)
    if whom:
        said.append((_("only %(whom)s") if rule.strict else _("mainly %(whom)s")) % {"whom": whom})
    return said


def whom_words(rule: Rule, towns: Mapping[str, str]) -> str:
    """Return for whom a rule is: ages, municipalities, ways of coming; "" for anybody."""
    ways = dict(Client.Referral.choices)
    said = [
        ages(rule),
        ", ".join(towns.get(code, code) for code in rule.municipalities),
        ", ".join(str(ways.get(way, way)) for way in rule.referrals),
    ]
    return "; ".join(part for part in said if part)


def ages(rule: Rule) -> str:
    """Return the ages of a rule; "" for any."""
    low, high = rule.age_from, rule.age_under
    if low is None and high is None:
        return ""
    if low is None:
        return _("those under %(n)d") % {"n": high}
    if high is None:
        return _("those aged %(n)d and over") % {"n": low}
    return _("those aged %(low)d to %(high)d") % {"low": low, "high": (high or 0) - 1}
