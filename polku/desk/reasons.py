"""The law's answers in the words of the page: what, why, and where it stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from django.utils.translation import gettext as _

from polku.rules import Law, RuleError, ask
from polku.web import dates


@dataclass(frozen=True, slots=True)
class Why:
    """Sentences that explain a date, and the source with its address (both may be empty)."""

    sentences: tuple[str, ...]
    source: str = ""
    url: str = ""


def shown(value: Any) -> str:
    """Return a value inside a reason as the page writes it."""
    return dates.full(value) if isinstance(value, date) else str(value)


@lru_cache(maxsize=4_000)
def of_interview(registered: date, law: Law, language: str) -> Why:
    """Return why the initial interview is due when it is; `language` only keeps the cache apart."""
    return _why("initial_interview_due", registered, {"registered": registered.isoformat()}, law)


@lru_cache(maxsize=4_000)
def of_discussion(interview: date | None, last: date | None, law: Law, language: str) -> Why:
    """Return why the next job-search discussion is due when it is."""
    facts = {
        "initial_interview": interview.isoformat() if interview else None,
        "last_discussion": last.isoformat() if last else None,
    }
    start = max(filter(None, (interview, last)))
    given = {name: day for name, day in facts.items() if day}
    return _why("job_search_discussion_due", start, given, law)


def _why(rule: str, on: date, facts: dict[str, str], law: Law) -> Why:
    try:
        answer = ask(rule, on=on, facts=facts, law=law)
    except RuleError as error:
        return Why((error.reason.sentence(_, shown),))
    said = [_("Last day %(day)s.") % {"day": shown(answer.value)}]
    said += [reason.sentence(_, shown) for reason in answer.because]
    return Why(tuple(said), _(answer.source), answer.url)
