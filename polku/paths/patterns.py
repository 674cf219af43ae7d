"""Steps that the trade takes again and again, to begin from. Words are the client's to change."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Pattern:
    """A step to begin from. `ask` is what the form reminds the coach to agree on."""

    key: str
    theme: str
    kind: str
    title: Any
    ask: Any = ""


PATTERNS = (
    Pattern(
        "work-trial", "work", "work_trial", _("Work trial"),
        _("Agree on the place, the hours a day, the length and how one gets there."),
    ),
    Pattern(
        "pay-subsidy", "work", "pay_subsidy", _("Pay-subsidised job"),
        _("Agree on the employer, the tasks and who applies for the subsidy."),
    ),
    Pattern(
        "visit", "work", "other", _("Visit to a workplace"),
        _("A short visit says more than a long talk. Agree on where, and who comes along."),
    ),
    Pattern("cv", "work", "application", _("CV in order"), _("Agree on who helps, and by when.")),
    Pattern(
        "applications", "work", "application", _("Applying for jobs"),
        _("Agree on which jobs, and how many a month feels right."),
    ),
    Pattern(
        "rehabilitative", "work", "rehabilitative", _("Rehabilitative work"),
        _("Agree on the days a week and the length; social services are part of it."),
    ),
    Pattern(
        "job-coaching", "work", "coaching", _("Job coaching"),
        _("Agree on who coaches, and what is to be practised."),
    ),
    Pattern("hygiene-pass", "learning", "papers", _("Hygiene passport"), _("Test day and place.")),
    Pattern("safety-card", "learning", "papers", _("Occupational safety card")),
    Pattern(
        "language", "learning", "course", _("Language course"), _("Level now, level aimed at.")
    ),
    Pattern("digital", "learning", "course", _("Digital skills")),
    Pattern(
        "training-trial", "learning", "training_trial", _("Training trial"),
        _("Agree on the school, the field and the days."),
    ),
    Pattern("part-qualification", "learning", "study", _("Vocational qualification unit")),
    Pattern("apprenticeship", "learning", "study", _("Apprenticeship")),
    Pattern(
        "health-check", "health", "health", _("Health check"),
        _("Agree on who books the time. No findings belong here."),
    ),
    Pattern(
        "work-ability", "health", "health", _("Work ability assessment"),
        _("Agree on who refers. No findings belong here."),
    ),
    Pattern("physiotherapy", "health", "health", _("Physiotherapy")),
    Pattern(
        "debt-advice", "everyday", "social", _("Financial and debt counselling"),
        _("Agree on who books the time."),
    ),
    Pattern("housing", "everyday", "social", _("Housing matters")),
    Pattern("driving-licence", "everyday", "papers", _("Driving licence")),
    Pattern("childcare", "everyday", "social", _("Day care for a child")),
)  # fmt: skip


def pattern(key: str) -> Pattern | None:
    """Return the pattern of this key; None for an unknown one."""
    return next((one for one in PATTERNS if one.key == key), None)
