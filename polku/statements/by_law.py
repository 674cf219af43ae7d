"""What the law says of such a matter: which rules there are, asked with what Polku knows.

Shown beside the draft with reasons and source. Nothing here is decided, and where no rule is known
the page says so.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from polku.law import explaining, in_force
from polku.rules.registry import rule_named
from polku.statements.models import Matter

A = Matter.About
RULES: dict[str, tuple[str, ...]] = {
    A.MEETING: ("sanction_step", "job_search_lapses"),
    A.APPLICATIONS: ("sanction_step", "job_applications_a_month"),
    A.OFFER: ("sanction_step", "job_offer_binds"),
    A.JOB_ENDED: ("suspension_after_work",),
    A.PROFILE: ("jobseeker_profile_duty",),
}
NEGLECTS: tuple[str, ...] = (A.MEETING, A.APPLICATIONS, A.OFFER)


@dataclass(frozen=True, slots=True)
class Said:
    """A rule's question, the page where it can be read, and what it answers."""

    rule: str
    question: str
    url: str
    told: explaining.Told

    def kept(self) -> dict[str, Any]:
        """Return it as a signed statement keeps it."""
        parts = (f"{name}: {words}" if name else words for name, words in self.told.answer)
        return {
            "question": self.question,
            "says": self.told.refused or "; ".join(parts),
            "source": self.told.source,
            "url": self.told.url,
            "verified": self.told.verified,
        }


def of(matter: Matter, *, days: list[date], interview: date | None) -> list[Said]:
    """Return what the rules say of the matter on its day, in the language that is on.

    `days` are those of other neglects known here; there may be more in the national register.
    """
    law = in_force.of(matter.register_id)
    found = []
    for name in RULES.get(matter.about, ()):
        rule = rule_named(name)
        told = explaining.asked(
            name, matter.happened_on, _facts(name, matter, days, interview), law
        )
        found.append(Said(name, _(rule.question), reverse("law_rule", args=[name]), told))
    return found


def _facts(name: str, matter: Matter, days: list[date], interview: date | None) -> dict[str, Any]:
    if name == "sanction_step":
        before = [day for day in days if day <= matter.happened_on]
        return {"neglects": [day.isoformat() for day in (*before, matter.happened_on)]}
    if name == "job_offer_binds" and interview:
        return {"initial_interview": interview.isoformat()}
    return {}
