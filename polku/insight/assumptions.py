"""Every input of the simulation in words: what it is, and what it rests on.

Values and ranges come with the answer; a test holds this list to the simulation's own.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from polku.insight.numbers import shown

GUESS, TRIAL, LAW, FIGURE = "guess", "trial", "law", "figure"
# What a basis is called, and its tag's kind: a shape and a word, never a colour alone.
BASES = {
    GUESS: (_("a guess"), "warn"),
    TRIAL: (_("fitted to trials"), "study"),
    LAW: (_("the law"), "ok"),
    FIGURE: (_("a published figure"), "now"),
}
AUSTRIA = _(
    "Fitted to the controls of the Austrian trial (Böheim, Eppel, Mahringer 2023). That Finland is "
    "alike is a guess."
)
EFFECT = _(
    "Fitted to the Danish (Maibom, Rosholm, Svarer 2017) and the Austrian trial. The range is that "
    "of Austria’s two standard errors; the three effects move together."
)
NOBODY = _("Nobody has measured it.")


@dataclass(frozen=True)
class Words:
    """`per` is how the value is written: "week" (% a week), "share" (%), "" (as it is)."""

    what: Any
    basis: str = GUESS
    source: Any = NOBODY
    per: str = ""


WORDS = {
    "labour.jobs": Words(_("Chance of a job without any contact, a week"), TRIAL, AUSTRIA, "share"),
    "labour.leaving": Words(
        _("Chance of leaving the service without work, a week"), TRIAL, AUSTRIA, "share"
    ),
    "labour.losing": Words(
        _("Chance of registering again from work, a week"), TRIAL, AUSTRIA, "share"
    ),
    "labour.returning": Words(
        _("Chance of registering again after leaving, a week"), TRIAL, AUSTRIA, "share"
    ),
    "labour.spread": Words(_("How unequal the chances of a job are"), per="share"),
    "effects.jobs": Words(
        _("What a contact a week adds to the chance of a job, in times"), TRIAL, EFFECT
    ),
    "effects.leaving": Words(
        _("What a contact a week adds to the chance of leaving, in times"), TRIAL, EFFECT
    ),
    "effects.fresh": Words(
        _("How many times as large the effect is for the newly registered"), TRIAL, EFFECT
    ),
    "effects.fresh_weeks": Words(_("For how many weeks one is newly registered")),
    "effects.half_life": Words(_("Weeks until a contact’s effect is halved")),
    "effects.most": Words(
        _("Contacts a week beyond which nothing is added"), GUESS,
        _("The Danish fortnight was the most that was tried."),
    ),
    "effects.early_worth": Words(
        _("What a contact before the client’s window is worth, beside one within it")
    ),
    "law.interview_within": Words(
        _("Weeks within which the first interview must be held"), LAW,
        _("Within 10 working days from 1 January 2026, counted in whole weeks."),
    ),
    "law.discussion_every": Words(
        _("Weeks between job-search discussions"), LAW,
        _("Every three months. That any contact with the coach counts as one is a guess."),
    ),
    "work.week": Words(
        _("A coach’s minutes with clients in a full week"), GUESS,
        _("Five days of five and a half hours, as in the team’s table of minutes."),
    ),
    "work.present": Words(_("Share of the year that a coach is present"), per="share"),
    "work.interview": Words(_("Minutes of a first interview with its notes")),
    "work.contact": Words(_("Minutes of a contact with its notes")),
    "placing.asking": Words(_("Chance of asking for a place, a week"), per="share"),
    "placing.places": Words(_("Places for each client in service")),
    "placing.length": Words(
        _("Weeks that a place lasts"), GUESS,
        _("One to three months are often enough for a work trial (suomi.fi)."),
    ),
    "placing.jobs_meanwhile": Words(
        _("Chance of a job while in a place, beside the usual"), per="share"
    ),
    "placing.job_after": Words(_("Share of places that end in a job"), per="share"),
    "placing.follow_on": Words(
        _("Share that leaves a place with a plan, if met in its last weeks"), FIGURE,
        _("70 % in Heinola in 2014."), "share",
    ),
    "placing.follow_on_unmet": Words(_("The same, for those not met"), per="share"),
    "placing.recent": Words(_("Weeks before its end that count as last")),
    "windows.low": Words(
        _("Weeks at which windows of contact open, by kind of client"), GUESS,
        _("Polku begins with 14 days."),
    ),
    "windows.high": Words(
        _("Weeks at which they close, by kind of client"), GUESS, _("Polku begins with 42 days.")
    ),
    "windows.share": Words(_("Shares of clients of these kinds"), per="share"),
}  # fmt: skip


@dataclass(frozen=True)
class Row:
    """One input, ready to show."""

    what: str
    value: str
    range: str
    basis: str
    kind: str
    source: str


def rows(inputs: list[dict[str, Any]]) -> list[Row]:
    """Return the inputs of an answer in words, guesses last but in their order."""
    return [_row(one, WORDS[one["name"]]) for one in inputs]


def guesses(inputs: list[dict[str, Any]]) -> int:
    """Return how many of the inputs nobody has measured."""
    return sum(WORDS[one["name"]].basis == GUESS for one in inputs)


def _row(one: dict[str, Any], words: Words) -> Row:
    low, high = (written(one[end], words.per) for end in ("low", "high"))
    basis, kind = BASES[words.basis]
    between = gettext("%(low)s to %(high)s") % {"low": low, "high": high}
    return Row(
        str(words.what), written(one["value"], words.per), between if low != high else "–",
        str(basis), kind, str(words.source),
    )  # fmt: skip


def written(value: Any, per: str = "") -> str:
    """Return a value as it is read: a share in per cent, several one after the other."""
    if isinstance(value, list | tuple):
        return " · ".join(written(one, per) for one in value)
    if per == "share":
        return f"{_digits(100 * value)} %"
    return _digits(value)


def _digits(value: float) -> str:
    """Two digits that count, and all of a whole number."""
    for places in range(4):
        if abs(value - round(value, places)) < 1e-9 or 10 ** (1 - places) <= abs(value):
            return shown(round(value, places), places)
    return shown(value, 3)
