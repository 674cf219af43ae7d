"""What the outlook shows, ready: the coach's page and the client's own show the same."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from polku.insight.early import picture, words
from polku.insight.early.queries import Outlook
from polku.insight.numbers import shown
from polku.planning.signs.fitting import Answer, Beside
from polku.planning.signs.telling import Refused, Told

LegendLine = tuple[SafeString, int, str]


@dataclass(frozen=True)
class Shown:
    """One horizon: a sentence with what belongs to it, or only why nothing is told."""

    title: str
    sentence: str
    told: bool
    ways: str = ""
    of_whom: str = ""
    rests_on: str = ""
    picture: SafeString = SafeString("")
    legend: tuple[LegendLine, ...] = ()


@dataclass(frozen=True)
class Service:
    """Who had begun a service, beside who had not."""

    title: str
    had: str
    had_not: str
    differ: str


def horizons(found: Outlook, say: Callable[[Told, int], str] = words.sentence) -> tuple[Shown, ...]:
    """Return the horizons, those that tell something first, then the longest; `say` words them."""
    longest_first = sorted(found.by_horizon.items())[::-1]
    shown = [_shown(found, ahead, one, say) for ahead, one in longest_first]
    return tuple(sorted(shown, key=lambda one: not one.told))


def _shown(
    found: Outlook, ahead: int, one: Answer | Refused, say: Callable[[Told, int], str]
) -> Shown:
    title = str(words.AHEAD[ahead])
    if isinstance(one, Refused):
        return Shown(title, words.refusal(one.why), told=False)
    low, high = one.told.here
    said = say(one.told, ahead)
    of_whom = _("Of those %(situation)s.") % {
        "situation": words.situation(found.landmark, one.codes)
    }
    return Shown(
        title,
        said,
        told=True,
        ways=words.ways(one.told),
        of_whom=f"{of_whom} {words.widened(one.codes)}".strip(),
        rests_on=words.rests_on(one.told, found.kept.since, found.kept.cut_off),
        picture=picture.hundred(low, high, said),
        legend=_legend(low, high),
    )


def _legend(low: int, high: int) -> tuple[LegendLine, ...]:
    return (
        (picture.legend_mark(picture.HERE), low, _("still a client here")),
        (picture.legend_mark(picture.EITHER), high - low, _("here or not: we can’t be surer")),
        (picture.legend_mark(picture.GONE), 100 - high, _("no longer here")),
    )


def services(found: Outlook) -> tuple[tuple[Service, ...], str]:
    """Return what was seen beside each service, and which of them too few have begun."""
    told = tuple(
        Service(str(words.SERVICES[which]), _side(one.had), _side(one.had_not), _differ(one))
        for which, one in sorted(found.services.items())
        if isinstance(one, Beside)
    )
    few = [
        str(words.SERVICES[which]).lower()
        for which, one in sorted(found.services.items())
        if isinstance(one, Refused)
    ]
    return told, ", ".join(few)


def _side(told: Told) -> str:
    return _("%(low)d to %(high)d of 100 (about %(people)s people)") % {
        "low": told.here[0], "high": told.here[1], "people": shown(told.people)
    }  # fmt: skip


def _differ(one: Beside) -> str:
    if one.differ:
        return _(
            "More than chance alone would make it. Whether it is the service can’t be told: those "
            "who begin one are other people than those who do not."
        )
    return _("No more than chance alone may make it.")


def page(found: Outlook | None, say: Callable[[Told, int], str] = words.sentence) -> dict[str, Any]:
    """Return the outlook's part of a page; without anything fitted yet, that alone."""
    if found is None:
        return {"fitted": False}
    told, few = services(found)
    return {
        "fitted": True, "horizons": horizons(found, say), "services": told, "few": few,
        "speaks": any(isinstance(one, Answer) for one in found.by_horizon.values()),
        "cut_off": found.kept.cut_off,
    }  # fmt: skip
