"""Draws rows: plain strings, since a page has some forty of them and each would cost a template."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from polku.desk.my_day.rows import Act, Row
from polku.desk.reasons import Why


def rows_drawn(rows: Iterable[Row]) -> SafeString:
    """Return the rows as list items; every text is escaped, marks and tags are drawn already."""
    return mark_safe("".join(map(_row, rows)))


def _row(row: Row) -> str:
    css = ' class="next"' if row.next else ' class="past"' if row.past else ""
    time = f"<time>{escape(row.time)}</time>" if row.time else ""
    hint = f'<p class="hint">{escape(row.hint)}</p>' if row.hint else ""
    mark = f'<div class="mark-of">{row.mark}</div>' if row.mark else ""
    act = f'<div class="act">{act_drawn(row.act, row.name)}</div>' if row.act else ""
    name = escape(row.name)
    who = f'<a class="who" href="{escape(row.url)}">{name}</a>' if row.url else f"<b>{name}</b>"
    return (
        f"<li{css}>{time}<div>{who}"
        f"{row.tag}<small>{escape(row.meta)}</small>{hint}"
        f"{why_drawn(row.why, row.why_url) if row.why else ''}</div>{mark}{act}</li>"
    )


def act_drawn(act: Act, name: str) -> str:
    """Return the row's one action; whom it is about is said to those who don't see the row."""
    about = f'<span class="sr">, {escape(name)}</span>'
    url, word = escape(act.url), escape(act.word)
    if act.post:
        return f'<button class="btn small" formaction="{url}">{word}{about}</button>'
    css = "btn small main" if act.main else "btn small"
    panel = " data-panel" if act.panel else ""
    return f'<a class="{css}" href="{url}"{panel}>{word}{about}</a>'


def why_drawn(why: Why, page: str = "") -> SafeString:
    """Return the reasons of a date, folded, with their source; `page` explains it in full."""
    said = "".join(f"<p>{escape(sentence)}</p>" for sentence in why.sentences)
    source = escape(why.source)
    if source and why.url:
        source = f'<a href="{escape(why.url)}" rel="noreferrer">{source}</a>'
    from_where, ask = escape(gettext("Source:")), escape(gettext("Why?"))
    if source:
        said += f"<p>{from_where} {source}</p>"
    if page:
        said += f'<p><a href="{escape(page)}">{escape(gettext("Rule, facts and dates"))}</a></p>'
    return mark_safe(f'<details class="why"><summary>{ask}</summary>{said}</details>')
