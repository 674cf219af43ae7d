"""What to try next when nobody answered: another time of day, then another way. With the reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from polku.contacts.trying import next_kind
from polku.foundation import clock

NOON = 12
AFTERNOON_LATE = 15


@dataclass(frozen=True, slots=True)
class NextTry:
    """What has been tried, what to try next, why, and the kind of contact that it would be."""

    tried: str
    suggestion: str
    because: str
    kind: str


def next_try(kinds: Sequence[str], last_at: datetime | None, attempts: int) -> NextTry | None:
    """Return the suggestion after attempts (newest first by kind); None before the first.

    One call: the other half of the day, since people are home at their own hours. Two calls: a
    text message, which many read who don't answer a number they don't know. A text as well: a
    letter, which does not hang on a phone.
    """
    if attempts < 1:
        return None
    calls = sum(kind == "call" for kind in kinds) or (attempts if not kinds else 0)
    tried, kind = _tried(calls, attempts), next_kind(kinds, attempts)
    if kind == "letter":
        words = _("send a letter"), _("calls and a message have gone unanswered")
    elif kind == "sms":
        words = (
            _("send a text message"),
            _("many read a message who don't answer a strange number"),
        )
    elif "letter" in kinds:
        words = (
            _("go through the referrer or call on another day"),
            _("calls and letters have gone out"),
        )
    else:
        words = _another_time(last_at)
    return NextTry(tried, *words, kind)


def _tried(calls: int, attempts: int) -> str:
    if calls == attempts:
        return ngettext("called once, no answer", "called %(n)d times, no answer", calls) % {
            "n": calls
        }
    return ngettext("tried once, no answer", "tried %(n)d times, no answer", attempts) % {
        "n": attempts
    }


def _another_time(last_at: datetime | None) -> tuple[str, str]:
    if last_at is None:
        return _("call again"), _("one call is no answer yet")
    if clock.local(last_at).hour < NOON:
        return _("call in the afternoon"), _("the last call was in the morning")
    if clock.local(last_at).hour < AFTERNOON_LATE:
        return _("call in the morning or after three"), _("the last call was at midday")
    return _("call in the morning"), _("the last call was in the afternoon")
