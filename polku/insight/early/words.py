"""What is told, in words: the same for the coach and, more plainly, for the client."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from polku.insight.early import situations
from polku.insight.numbers import shown
from polku.planning.signs.telling import FEWEST_COMPLETE, FEWEST_ENDS, FEWEST_PEOPLE, Told, Why

HALF_A_YEAR, YEAR = situations.QUESTION.horizons
AHEAD = {HALF_A_YEAR: gettext_lazy("Half a year later"), YEAR: gettext_lazy("A year later")}
HERE_FOR = {
    0: gettext_lazy("who had just come"),
    91: gettext_lazy("who had been here for three months"),
    182: gettext_lazy("who had been here for half a year"),
    365: gettext_lazy("who had been here for a year"),
    730: gettext_lazy("who had been here for two years"),
}
AGES = {
    situations.YOUNG: gettext_lazy("under 30 when they came"),
    situations.MIDDLE: gettext_lazy("30 to 49 when they came"),
    situations.OLDER: gettext_lazy("50 or older when they came"),
    situations.AGE_UNKNOWN: gettext_lazy("whose age is not known"),
}
CAME = {
    situations.REGISTERED: gettext_lazy("registered as jobseekers"),
    situations.SENT: gettext_lazy("sent on by another service or come by themselves"),
}
SERVICES = {
    situations.TRIAL: gettext_lazy("Work or training trial"),
    situations.SUBSIDY: gettext_lazy("Pay-subsidised job"),
    situations.REHABILITATIVE: gettext_lazy("Rehabilitative work"),
}


def situation(landmark: int, codes: tuple[int, ...]) -> str:
    """Return of whom something is told, in a few words."""
    parts = [HERE_FOR[landmark]]
    parts += [words[code] for words, code in zip((AGES, CAME), codes, strict=False)]
    return ", ".join(str(one) for one in parts)


def widened(codes: tuple[int, ...]) -> str:
    """Return what was left out of the situation so that enough people share it; "" for nothing."""
    if len(codes) == 2:
        return ""
    left_out = {
        1: _("Too few people shared all of it, so how they came is left out."),
        0: _("Too few people shared all of it, so age and how they came are left out."),
    }
    return left_out[len(codes)]


def sentence(told: Told, ahead: int) -> str:
    """Return the one sentence, of 100 people."""
    low, high = told.here
    said = {
        HALF_A_YEAR: _("Of 100 people in a situation like this, %(low)d to %(high)d were still "
                       "clients here half a year later."),
        YEAR: _("Of 100 people in a situation like this, %(low)d to %(high)d were still clients "
                "here a year later."),
    }  # fmt: skip
    return _unbroken(said[ahead] % {"low": low, "high": high})


def plain(told: Told, ahead: int) -> str:
    """Return the same for a client, in plain words."""
    low, high = told.here
    said = {
        HALF_A_YEAR: _("Think of 100 people whose situation was much like yours. Half a year "
                       "later, %(low)d to %(high)d of them were still clients here."),
        YEAR: _("Think of 100 people whose situation was much like yours. A year later, %(low)d "
                "to %(high)d of them were still clients here."),
    }  # fmt: skip
    return _unbroken(said[ahead] % {"low": low, "high": high})


def ways(told: Told) -> str:
    """Return how the others left."""
    said = _(
        "%(low)d to %(high)d had gone to work on the open labour market, and %(others)d to "
        "%(most)d had left in another way, such as studies, pay-subsidised work or a move."
    )
    numbers = {
        "low": told.open_market[0], "high": told.open_market[1],
        "others": told.other[0], "most": told.other[1],
    }  # fmt: skip
    return _unbroken(said % numbers)


def _unbroken(text: str) -> str:
    """Return a text in which no line ends between the two numbers of an interval."""
    return text.replace("–", "\u2060–\u2060")


def rests_on(told: Told, since: date | None, cut_off: date) -> str:
    """Return what it rests on."""
    first = since.year if since else cut_off.year
    years = str(first) if first == cut_off.year else f"{first}–{cut_off.year}"
    return _("Own figures of this register: about %(people)s people, %(years)s.") % {
        "people": shown(told.people), "years": years
    }  # fmt: skip


def refusal(why: Why) -> str:
    """Return why nothing is told."""
    return {
        Why.PEOPLE: _("Nothing is said: fewer than %(n)d people have been in such a situation."),
        Why.ENDS: _("Nothing is said: fewer than %(n)d of them left in that time."),
        Why.COMPLETE: _("Nothing is said: fewer than %(n)d of them came so long ago that the whole "
                        "time is known."),
    }[why] % {"n": {Why.PEOPLE: FEWEST_PEOPLE, Why.ENDS: FEWEST_ENDS,
                    Why.COMPLETE: FEWEST_COMPLETE}[why]}  # fmt: skip
