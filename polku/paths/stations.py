"""From the plan's steps to the path picture: stations, and the picture's own words."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from functools import lru_cache

from django.core.cache import cache
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from polku.paths import wording
from polku.paths.models import Step, Theme
from polku.paths.picture import Links, Station, Tally, Words, cache_key, figure
from polku.paths.queries import StepRow
from polku.web import dates, people

KEPT_SECONDS = 12 * 60 * 60
Leads = Callable[[StepRow], str | None]
TurnWord = Callable[[StepRow], str]


@lru_cache(maxsize=8)
def words(language: str, *, own: bool = False) -> Words:
    """Return the picture's words in the page's language, `own` for the client's own view.

    `language` only keeps the cache apart: the words are those of the language that is on.
    """
    return Words(
        title=_("My path") if own else _("Path"),
        now=_("Now"),
        today=_("Today"),
        start=_("The path begins here"),
        start_hint=_("Your first step comes here")
        if own
        else _("Agree on the first small step together"),
        earlier=lambda n: ngettext("%(n)d earlier step", "%(n)d earlier steps", n) % {"n": n},
        later=lambda n: ngettext("%(n)d later step", "%(n)d later steps", n) % {"n": n},
        more=lambda n: ngettext("and %(n)d more", "and %(n)d more", n) % {"n": n},
        summary=summary,
        themes={theme.value: str(theme.label) for theme in Theme},
        states=state_words(own=own),
    )


def state_words(*, own: bool = False) -> dict[str, str]:
    """Return each state of a step in words; to the client themselves in their own person."""
    if not own:
        return {state.value: str(state.label) for state in Step.State}
    return {
        "done": pgettext("own view", "done"),
        "now": pgettext("own view", "going on now"),
        "proposed": pgettext("own view", "a suggestion for you"),
        "planned": pgettext("own view", "coming"),
        "dropped": pgettext("own view", "was left out"),
        "declined": pgettext("own view", "not this time"),
    }


def summary(tally: Tally) -> str:
    """Return what the whole path holds, for the one who hears it."""
    said = [ngettext("%(n)d step behind.", "%(n)d steps behind.", tally.done) % {"n": tally.done}]
    if tally.now:
        said.append(_("Now: %(what)s.") % {"what": ", ".join(tally.now)})
    said.append(ngettext("%(n)d ahead.", "%(n)d ahead.", tally.ahead) % {"n": tally.ahead})
    if tally.ended:
        said.append(
            ngettext("%(n)d left out.", "%(n)d left out.", tally.ended) % {"n": tally.ended}
        )
    return " ".join(said)


def turn_word(step: StepRow, called: str) -> str:
    """Return whose turn a step is, by name where it is the client's; '' for nobody's."""
    if not step.turn:
        return ""
    if step.turn == "client":
        return people.turn_of(called)
    return str(Step.Turn(step.turn).label)


def own_turn_word(step: StepRow, called: str = "") -> str:
    """Return whose turn a step is, said to the client."""
    if step.turn == "client":
        return _("your turn")
    return str(Step.Turn(step.turn).label) if step.turn else ""


def stations(
    steps: Iterable[StepRow], *, today: date, turn: TurnWord, leads: Leads
) -> tuple[Station, ...]:
    """Return the steps as the picture's stations."""
    return tuple(
        Station(
            key=str(step.id),
            label=step.title,
            theme=step.theme,  # type: ignore[arg-type]
            state=step.state,  # type: ignore[arg-type]
            starts=step.starts_on,
            ends=step.ends_on,
            when=wording.when(step, today),
            branch=step.fork or None,
            turn=turn(step) or None,
            href=leads(step),
            note=step.detail,
        )
        for step in steps
    )


def drawn(stops: tuple[Station, ...], *, today: date, own: bool, links: Links) -> SafeString:
    """Return the figure in all its sizes. Laying it out takes a while, so it is kept by content."""
    said = words(dates.language(), own=own)
    about = cache_key(stops, words=said, today=today)
    key = f"path:{about}:{own}:{links.all_steps}:{links.first_step}"
    kept = cache.get(key)
    if kept is None:
        kept = figure(stops, words=said, today=today, links=links)
        cache.set(key, kept, KEPT_SECONDS)
    return mark_safe(kept)  # the figure escapes every word of its own
