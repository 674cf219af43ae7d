"""Draws what the client page repeats: plain strings, since each line would cost a template."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from uuid import UUID

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from polku.desk.person.facts import FactGroup
from polku.desk.person.history import ContactLine
from polku.web.parts.words import said


@dataclass(frozen=True, slots=True)
class StepLine:
    """One step of the plan, ready to show."""

    id: UUID
    theme: SafeString
    title: str
    meta: str
    detail: str
    state: SafeString
    word: str


def history_drawn(lines: Iterable[ContactLine]) -> SafeString:
    """Return contacts as a list, '' for none; texts are escaped, tags are drawn already."""
    private, open_it = escape(_("Only you see this:")), escape(_("Open"))
    items = "".join(_contact(line, private, open_it) for line in lines)
    return mark_safe(f'<ol class="rows history">{items}</ol>' if items else "")


def _contact(line: ContactLine, private: str, open_it: str) -> str:
    what, day = escape(line.what), escape(line.day)
    agreed = f'<p class="said">{said(line.agreed)}</p>' if line.agreed else ""
    parts = "".join(
        f'<p class="said"><span class="note">{escape(word)}:</span> {escape(text)}</p>'
        for word, text in line.parts
    )
    own = (
        f'<p class="said private"><span class="note">{private}</span> {said(line.private)}</p>'
        if line.private
        else ""
    )
    act = (
        f'<div class="act"><a class="btn small" href="{escape(line.url)}">{open_it}'
        f'<span class="sr">, {what} {day}</span></a></div>'
        if line.url
        else ""
    )
    return (
        f'<li id="contact-{line.id}"><time>{day}</time><div><b>{what}</b> {line.tag}'
        f"<small>{escape(line.who)}</small>{agreed}{parts}{own}</div>{act}</li>"
    )


def steps_drawn(steps: Iterable[StepLine]) -> SafeString:
    """Return steps as list items."""
    return mark_safe("".join(map(_step, steps)))


def _step(step: StepLine) -> str:
    detail = f'<p class="hint">{escape(step.detail)}</p>' if step.detail else ""
    word = f'<p class="hint">”{escape(step.word)}”</p>' if step.word else ""
    return (
        f'<li id="step-{step.id}">{step.theme}<div><b>{escape(step.title)}</b>'
        f"<small>{escape(step.meta)}</small>{detail}{word}</div>"
        f'<div class="mark-of">{step.state}</div></li>'
    )


def facts_drawn(groups: Iterable[FactGroup]) -> SafeString:
    """Return what is known together, kind by kind; '' when nothing is."""
    return mark_safe("".join(map(_facts, groups)))


def _facts(group: FactGroup) -> str:
    items = "".join(
        f'<li>{escape(text)} <span class="note">{escape(day)}</span></li>'
        for text, day in group.facts
    )
    return f'<div><h3>{escape(group.title)}</h3><ul class="known">{items}</ul></div>'
