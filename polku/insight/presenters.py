"""A question and its answer, ready to show: words, small pictures, one table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from polku.foundation import clock
from polku.insight import assumptions, pictures
from polku.insight.forms import rhythm_word
from polku.insight.measures import COURSE, COURSE_OF, MEASURES, Measure
from polku.insight.models import WhatIf
from polku.insight.numbers import short, shown
from polku.insight.queries import FEW_CLIENTS, FEW_NEW, Present
from polku.insight.working import question_of
from polku.planning.simulation.whatif import Question
from polku.web import dates

NOTHING = "–"


@dataclass(frozen=True)
class Told:
    """A measure in words: each side, the difference, and the picture."""

    question: str
    unit: str
    of: str
    today: str
    other: str
    change: str
    picture: SafeString | None


def sides() -> tuple[str, str]:
    """Return what the two sides are called."""
    return _("Now"), _("What if")


def changes(question: Question) -> list[tuple[str, str, str]]:
    """Return what differs between the sides, as (what, today, what if)."""
    now, then = question.today, question.other
    found = []
    if now.new_a_month != then.new_a_month:
        found.append((_("New clients a month"), short(now.new_a_month), short(then.new_a_month)))
    if now.caseload != then.caseload:
        for what, a, b in (
            (_("Clients for each coach"), now.caseload, then.caseload),
            (_("Coaches"), question.clients / now.caseload, question.clients / then.caseload),
        ):
            found.append((what, short(round(a, 1)), short(round(b, 1))))
    if now.every != then.every:
        found.append((_("Rhythm of contact"), rhythm_word(now.every), rhythm_word(then.every)))
    return found


def title(question: Question) -> str:
    """Return what differs, on one line."""
    return " · ".join(f"{what} {a} → {b}" for what, a, b in changes(question))


def asked(found: WhatIf) -> str:
    """Return when it was asked and by whom."""
    day = dates.full(clock.local(found.asked_at).date())
    return _("Asked on %(day)s by %(who)s") % {"day": day, "who": found.asked_by}


def measures(found: WhatIf) -> list[Told]:
    """Return every measure of an answered question."""
    return [_told(one, found.answer or {}) for one in MEASURES]


def _told(one: Measure, answer: dict[str, Any]) -> Told:
    today, other, change = (_scaled(answer[side][one.name], one.times)
                            for side in ("today", "other", "difference"))  # fmt: skip
    drawn = None
    if one.drawn and today and other:
        label = _("Now %(today)s, what if %(other)s, %(unit)s") % {
            "today": _between(today, one.places), "other": _between(other, one.places),
            "unit": one.unit,
        }  # fmt: skip
        drawn = pictures.pair(
            today, other, label=f"{one.question} {label}", words=sides(), least=one.least,
            most=one.most,
        )  # fmt: skip
    return Told(
        str(one.question), str(one.unit), str(one.of), _between(today, one.places),
        _between(other, one.places), _change(change, one.places), drawn,
    )  # fmt: skip


def _scaled(it: dict[str, Any], times: float) -> pictures.Span | None:
    if it["mean"] is None:
        return None
    low, high = (it["mean"] if it[end] is None else it[end] for end in ("low", "high"))
    return times * low, times * it["mean"], times * high


def _between(span: pictures.Span | None, places: int) -> str:
    if span is None:
        return _("nothing to measure")
    low, mean, high = (shown(one, places) for one in span)
    return mean if low == high else f"{mean} ({low}–{high})"


def _change(span: pictures.Span | None, places: int) -> str:
    if span is None:
        return NOTHING
    low, mean, high = span
    if low == high == 0:
        return _("no difference")
    if low <= 0 <= high:
        return _("no difference that can be told from chance")
    word = _("%(by)s more (%(low)s–%(high)s)") if mean > 0 else _("%(by)s less (%(low)s–%(high)s)")
    by, low, high = abs(mean), *sorted((abs(low), abs(high)))
    # A difference that is sure and small keeps a digit that shows it.
    places = places if by >= 0.5 * 10**-places else places + 1
    return word % {"by": shown(by, places), "low": shown(low, places), "high": shown(high, places)}


def course(found: WhatIf) -> Told | None:
    """Return the numbers in service over the weeks, with their picture."""
    both = (found.answer or {})["course"]
    today, other = both["today"], both["other"]
    ends = [_between((one[-1][2], one[-1][1], one[-1][3]), 0) for one in (today, other)]
    label = _("At the end now %(today)s, what if %(other)s") % {
        "today": ends[0], "other": ends[1]
    }  # fmt: skip
    by = other[-1][1] - today[-1][1]
    change = _("%(n)s more at the end") if by > 0 else _("%(n)s less at the end")
    words = _("now"), _("in two years")
    return Told(
        str(COURSE), _("at the end"), str(COURSE_OF), ends[0], ends[1],
        change % {"n": shown(abs(by))} if round(by) else _("no difference"),
        pictures.course(today, other, label=f"{COURSE} {label}", words=words),
    )  # fmt: skip


def own_numbers(found: WhatIf) -> list[tuple[str, str, str, str]]:
    """Return the office's own numbers, as (what, today, what if, where today's is from)."""
    question, measured = question_of(found), found.measured
    now, then = question.today, question.other
    coaches = [question.clients / side.caseload for side in (now, then)]
    from_register = _("from the register, %(day)s") % {
        "day": dates.full(clock.local(found.asked_at).date())
    }  # fmt: skip
    by_hand = _("given by %(who)s") % {"who": found.asked_by}

    def source(given: float, name: str) -> str:
        kept = measured.get(name)
        return from_register if kept is not None and abs(kept - given) < 0.05 else by_hand

    return [
        (_("Open clients"), short(question.clients), short(question.clients),
         source(question.clients, "clients")),
        (_("New clients a month"), short(now.new_a_month), short(then.new_a_month),
         source(now.new_a_month, "new_a_month")),
        (_("Coaches"), short(round(coaches[0], 1)), short(round(coaches[1], 1)),
         source(coaches[0], "coaches")),
        (_("Clients for each coach"), short(round(now.caseload, 1)),
         short(round(then.caseload, 1)), _("follows from clients and coaches")),
        (_("Rhythm of contact"), rhythm_word(now.every), rhythm_word(then.every), by_hand),
    ]  # fmt: skip


def sources(present: Present) -> dict[str, str]:
    """Return where each of the present numbers comes from, or why it is not shown."""
    return {
        "clients": _("Open in the register now, without those under a safety ban.")
        if present.clients is not None
        else _("Not shown: the register has fewer than %(n)d open clients.") % {"n": FEW_CLIENTS},
        "new": _source_of_new(present),
        "coaches": _("Workers who are somebody’s own coach now. A part-time coach counts as one: "
                     "change it if need be.")
        if present.coaches
        else _("Nobody is an own coach in the register now."),
    }  # fmt: skip


def _source_of_new(present: Present) -> str:
    if present.new_counted is None:
        return _(
            "Not shown: fewer than %(n)d have registered, or the register is younger than a month. "
            "Give a number of your own."
        ) % {"n": FEW_NEW}
    return _(
        "%(n)s registered in the last %(days)d days, of those who stand in the register; whoever "
        "came and left before it was taken into use is missing."
    ) % {"n": short(present.new_counted), "days": present.days}


def beside(present: Present) -> str:
    """Return the caseload of the register beside the country's."""
    if present.caseload is None:
        return ""
    return _(
        "That makes %(own)s clients for each coach. In the country it was 149 on average in spring "
        "2025 (KEHA Centre), in Lahti over 250."
    ) % {"own": shown(present.caseload, 0)}


def inputs(found: WhatIf) -> list[assumptions.Row]:
    """Return every input of the answer."""
    return assumptions.rows((found.answer or {})["inputs"])


def guesses(found: WhatIf) -> tuple[int, int]:
    """Return how many of the inputs are guesses, and how many there are."""
    told = (found.answer or {})["inputs"]
    return assumptions.guesses(told), len(told)
