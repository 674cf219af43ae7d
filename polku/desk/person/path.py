"""The path picture of a client: steps as stations, words of the page's language, kept a while."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import lru_cache

from django.core.cache import cache
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from polku.clients.person import Person
from polku.desk import dates, people
from polku.paths.models import Step, Theme
from polku.paths.picture import Links, Station, Tally, Words, as_list, cache_key, figure
from polku.paths.picture.listing import ListItem
from polku.paths.queries import StepRow

KEPT_SECONDS = 12 * 60 * 60


@lru_cache(maxsize=8)
def words(language: str) -> Words:
    """Return every word of the picture; `language` only keeps the cache apart."""
    return Words(
        title=_("Path"),
        now=_("Now"),
        today=_("Today"),
        start=_("The path begins here"),
        start_hint=_("Agree on the first small step together"),
        earlier=lambda n: ngettext("%(n)d earlier step", "%(n)d earlier steps", n) % {"n": n},
        later=lambda n: ngettext("%(n)d later step", "%(n)d later steps", n) % {"n": n},
        more=lambda n: ngettext("and %(n)d more", "and %(n)d more", n) % {"n": n},
        summary=_summary,
        themes={theme.value: str(theme.label) for theme in Theme},
        states={state.value: str(state.label) for state in Step.State},
    )


def _summary(tally: Tally) -> str:
    said = [
        ngettext("%(n)d step behind.", "%(n)d steps behind.", tally.done) % {"n": tally.done},
        ngettext("%(n)d ahead.", "%(n)d ahead.", tally.ahead) % {"n": tally.ahead},
    ]
    if tally.now:
        said.insert(1, _("Now: %(what)s.") % {"what": ", ".join(tally.now)})
    if tally.ended:
        said.append(
            ngettext("%(n)d left out.", "%(n)d left out.", tally.ended) % {"n": tally.ended}
        )
    return " ".join(said)


def turn_word(step: StepRow, person: Person) -> str:
    """Return whose turn a step is, by the client's name where it is theirs; '' for nobody's."""
    if not step.turn:
        return ""
    if step.turn == "client":
        return people.turn_of(person.called)
    return str(Step.Turn(step.turn).label)


def when_word(step: StepRow, today: date) -> str:
    """Return when: the words that were agreed, else the dates."""
    if step.when_text:
        return step.when_text
    if step.starts_on and step.ends_on and step.starts_on != step.ends_on:
        return f"{dates.short(step.starts_on, today)}–{dates.short(step.ends_on, today)}"
    day = step.starts_on or step.ends_on or step.due_on
    return dates.short(day, today) if day else ""


def stations(steps: Iterable[StepRow], person: Person, today: date) -> tuple[Station, ...]:
    """Return the steps as the picture's stations, each leading to its row in the plan."""
    return tuple(
        Station(
            key=str(step.id),
            label=step.title,
            theme=step.theme,  # type: ignore[arg-type]
            state=step.state,  # type: ignore[arg-type]
            starts=step.starts_on,
            ends=step.ends_on,
            when=when_word(step, today),
            branch=step.fork or None,
            turn=turn_word(step, person) or None,
            href=f"#step-{step.id}",
            note=step.detail,
        )
        for step in steps
    )


def drawn(steps: Iterable[StepRow], person: Person, today: date, first_step: str) -> SafeString:
    """Return the figure in all its sizes. Laying it out takes a while, so it is kept by content."""
    language = get_language() or "fi"
    stops = stations(steps, person, today)
    said = words(language)
    key = f"path:{cache_key(stops, words=said, today=today)}:{bool(first_step)}"
    kept = cache.get(key)
    if kept is None:
        links = Links(all_steps="#steps-in-words", first_step=first_step or None)
        kept = figure(stops, words=said, today=today, links=links)
        cache.set(key, kept, KEPT_SECONDS)
    return mark_safe(kept)  # the figure escapes every word of its own


def in_words(steps: Iterable[StepRow], person: Person, today: date) -> tuple[ListItem, ...]:
    """Return the same path as a list."""
    said = words(get_language() or "fi")
    return as_list(stations(steps, person, today), words=said, today=today)
