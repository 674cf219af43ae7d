"""The list of rules by subject: what is asked, what holds today, how sure that is, what changes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from polku.law import words
from polku.rules import Law, changes_of, list_rules, to_verify
from polku.rules.parameters import Dated, Parameter
from polku.rules.registry import ListedRule, all_rules
from polku.web import dates
from polku.web.parts.words import tag

SUBJECTS = (
    (
        gettext_lazy("The service process"),
        "initial_interview_due job_search_discussion_due complementary_discussions "
        "activation_plan_due jobseeker_profile_duty",
    ),
    (
        gettext_lazy("A jobseeker's duties, and what follows from neglecting them"),
        "job_applications_a_month job_offer_binds job_search_lapses sanction_step "
        "suspension_after_work",
    ),
    (
        gettext_lazy("Places, trials and support for employers"),
        "work_trial_allowed work_trial_left rehabilitative_work_allowed pay_subsidy "
        "employment_subsidy_55",
    ),
    (gettext_lazy("Benefits and who pays them"), "benefit_name municipal_share"),
    (gettext_lazy("Whose client"), "who_serves area_of_residence trial_transfer"),
)
OTHER = gettext_lazy("Other")


@dataclass(frozen=True, slots=True)
class Line:
    """One rule in the list."""

    title: str
    url: str
    text: str
    values: tuple[str, ...]
    sure: SafeString
    changed: str
    changes: str


@dataclass(frozen=True, slots=True)
class Subject:
    """The rules of one subject."""

    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class ToVerify:
    """A value in force that nobody has verified, with what is missing and the rules it decides."""

    what: str
    value: str
    since: str
    note: str
    rules: tuple[tuple[str, str], ...]
    url: str


def subjects(on: date, law: Law, sought: str = "") -> list[Subject]:
    """Return the rules by subject; `sought` keeps those in whose words it stands."""
    listed = {one.rule.name: one for one in list_rules(on, law)}
    named = [(str(title), names.split()) for title, names in SUBJECTS]
    told = {name for _title, names in named for name in names}
    named.append((str(OTHER), [name for name in listed if name not in told]))
    found = []
    for title, names in named:
        lines = tuple(_line(listed[name], on, law) for name in names if name in listed)
        kept = tuple(line for line in lines if _holds(line, sought))
        if kept:
            found.append(Subject(title, kept))
    return found


def _holds(line: Line, sought: str) -> bool:
    text = " ".join((line.title, line.text, *line.values)).casefold()
    return all(word in text for word in sought.casefold().split())


def _line(listed: ListedRule, on: date, law: Law) -> Line:
    rule = listed.rule
    days = [one.day for one in changes_of(law) if rule.name in one.rules]
    past, ahead = [day for day in days if day <= on], [day for day in days if day > on]
    return Line(
        title=_(rule.question),
        url=reverse("law_rule", args=[rule.name]),
        text=_(rule.text),
        values=tuple(_values(listed)),
        sure=sure(dated for _parameter, dated in listed.values),
        changed=dates.full(past[-1]) if past else "",
        changes=dates.full(ahead[0]) if ahead else "",
    )


def _values(listed: ListedRule) -> Iterator[str]:
    """Return what holds today; that a part of the law has ended, only where nothing else holds."""
    known = [(parameter, dated) for parameter, dated in listed.values if dated is not None]
    for parameter, dated in known or listed.values:
        # A table of terms is read on the rule's own page; here it would be a row of riddles.
        if dated is None or isinstance(dated.value, bool | int | float | str):
            yield _value(parameter, dated)


def _value(parameter: Parameter, dated: Dated | None) -> str:
    if dated is None:
        return _(parameter.after) if parameter.after else _("The law of today is not known here.")
    return words.with_unit(parameter, dated.value)


def sure(values: Iterable[Dated | None]) -> SafeString:
    """Return how sure values are, as a tag with a word."""
    found = [one for one in values if one is not None]
    if not found:
        return tag(_("not known today"), "neutral")
    if any(not one.verified for one in found):
        return tag(_("to verify"), "warn")
    decisions = [one.decision for one in found if one.decision]
    if decisions:
        changed = any(one.changed for one in decisions)
        return tag(_("changed here") if changed else _("confirmed here"), "study")
    return tag(_("verified"), "ok")


def doubtful(on: date, law: Law) -> list[ToVerify]:
    """Return what is in force and not verified."""
    return [_to_verify(parameter, dated) for parameter, dated in to_verify(on, law)]


def _to_verify(parameter: Parameter, dated: Dated) -> ToVerify:
    return ToVerify(
        what=_(parameter.meaning),
        value=words.with_unit(parameter, dated.value),
        since=words.time_of(dated.valid_from, dated.valid_to),
        note=_(dated.note) if dated.note else "",
        rules=tuple(_rules_on(parameter.name)),
        url=reverse("law_value", args=[parameter.name]),
    )


def _rules_on(parameter: str) -> Iterator[tuple[str, str]]:
    for rule in all_rules().values():
        if parameter in rule.parameters:
            yield _(rule.question), reverse("law_rule", args=[rule.name])
