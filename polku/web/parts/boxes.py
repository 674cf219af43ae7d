"""Parts that hold other parts: card, notice, whose turn, disclosure, table, dialog, empty state."""

from __future__ import annotations

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from polku.web.drawing import safe
from polku.web.icons import OF_KIND, icon
from polku.web.parts.words import Text, kind_of

TURNS = {"you": "now", "them": "clock", "none": "ok"}
_WAY = (
    '<svg class="way" viewBox="0 0 180 60" aria-hidden="true"><path d="M6 46h40c28 0 18-32 46-32"/>'
    '<path d="M104 14h70" stroke-dasharray=".1 10"/><circle cx="98" cy="14" r="7"/>'
    '<circle cx="6" cy="46" r="2"/></svg>'
)


def card(
    content: SafeString,
    title: Text = "",
    *,
    meta: Text = "",
    id: str = "",
    flush: bool = False,
    plain: bool = False,
    level: int = 2,
) -> SafeString:
    """A card named by its heading. ``flush`` lets rows and tables reach its edges."""
    head = ""
    named = ""
    if title:
        note = f"<small>{safe(meta)}</small>" if meta else ""
        head = f"<header><h{level}>{safe(title)}</h{level}>{note}</header>"
    if id:
        named = f' id="{safe(id)}"'
    body = content if flush else f'<div class="body">{content}</div>'
    css = "card plain" if plain else "card"
    return mark_safe(f'<section class="{css}"{named}>{head}{body}</section>')


def notice(content: SafeString, title: Text = "", *, kind: str = "now", id: str = "") -> SafeString:
    """Something to know before going on; kinds as of tags. ``late`` is announced at once."""
    role = mark_safe(' role="alert"') if kind == "late" else ""
    named = format_html(' id="{}"', id) if id else ""
    head = format_html("<b>{}</b>", title) if title else ""
    shape = icon("info" if kind == "now" else OF_KIND[kind_of(kind)])
    return format_html(
        '<div class="notice {}"{}{}>{}<div>{}<div>{}</div></div></div>',
        kind,
        role,
        named,
        shape,
        head,
        content,
    )


def turn(content: SafeString, who: Text, *, whose: str = "you") -> SafeString:
    """Whose turn it is, always by name. ``whose``: "you" (the viewer), "them" or "none"."""
    return format_html(
        '<div class="turn {}"><b>{}{}</b><div>{}</div></div>',
        whose,
        icon("turn" if whose == "you" else TURNS[whose]),
        who,
        content,
    )


def more(content: SafeString, word: Text, *, open: bool = False) -> SafeString:
    """What most people need not read, one press away."""
    return format_html(
        '<details class="more"{}><summary>{}{}</summary><div>{}</div></details>',
        mark_safe(" open") if open else "",
        icon("right"),
        word,
        content,
    )


def table(content: SafeString, caption: Text, *, meta: Text = "", hide: bool = False) -> SafeString:
    """A table with its name. Cells carry ``data-label`` for the phone, where rows become cards."""
    note = format_html(" <small>{}</small>", meta) if meta else ""
    name = format_html('<span class="sr">{}</span>' if hide else "{}", caption)
    css = ' class="sr-cap"' if hide else ""
    return format_html(
        '<div class="scroll"><table class="table"><caption{}>{}{}</caption>{}</table></div>',
        mark_safe(css),
        name,
        note,
        content,
    )


def dialog(content: SafeString, title: Text, *, id: str, close: Text) -> SafeString:
    """A native dialog, opened by a link to ``#id``; without script the link leads to its text."""
    return format_html(
        '<dialog id="{id}" aria-labelledby="{id}-h"><header><h2 id="{id}-h">{title}</h2>'
        '<form method="dialog"><button class="btn quiet round">{cross}'
        '<span class="sr">{close}</span></button></form></header>'
        '<div class="body">{content}</div></dialog>',
        id=id,
        title=title,
        cross=icon("close"),
        close=close,
        content=content,
    )


def empty(content: SafeString, title: Text, *, level: int = 2) -> SafeString:
    """Nothing is here yet: what will come, and the step that brings it."""
    head = format_html("<h{}>{}</h{}>", level, title, level)
    return format_html('<div class="empty">{}{}{}</div>', mark_safe(_WAY), head, content)
