"""``{% load ui %}``: every part of the design system, shown in every state at /design/."""

from __future__ import annotations

from functools import cache
from typing import Any

from django import template
from django.conf import settings
from django.http import HttpRequest
from django.template import Context, loader
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from polku.web import icons, toasts
from polku.web.folding import steady
from polku.web.parts import actions, boxes, drawn, fields, lists, words
from polku.web.parts import bar as bars

register = template.Library()

for part in (
    words.tag,
    words.clock,
    words.avatar,
    words.key,
    actions.button,
    actions.copy_box,
    drawn.window,
    drawn.meter,
    drawn.progress,
    lists.tabs,
    lists.crumbs,
    lists.steps,
    lists.facts,
    fields.field,
    fields.choices,
    fields.scale,
    fields.error_summary,
):
    register.simple_tag(part)

for part in (words.tag, words.key, actions.button):
    steady(part)

for box in (boxes.notice, boxes.turn, boxes.more, boxes.table, boxes.empty, boxes.card):
    register.simple_block_tag(box)


@register.simple_tag
@steady
def icon(name: str, label: str = "") -> SafeString:
    """An icon; ``label`` only where it stands without its word."""
    drawing = icons.icon(name)
    return format_html('{}<span class="sr">{}</span>', drawing, label) if label else drawing


@register.simple_block_tag
def dialog(content: SafeString, title: str, id: str) -> SafeString:
    return boxes.dialog(content, title, id=id, close=_("Close"))


@register.simple_tag(takes_context=True)
def sort(context: Context, name: str, word: str, **options: Any) -> SafeString:
    return lists.sort(_request(context), name, word, **options)


@register.simple_tag(takes_context=True)
def pages(context: Context, page: Any, **options: Any) -> SafeString:
    return lists.pages(_request(context), page, **options)


@register.simple_tag(takes_context=True)
def bar(context: Context) -> SafeString:
    """The bar above a worker's page, or a stranger's."""
    return bars.bar(context)


@register.simple_tag
@steady
def still(name: str) -> SafeString:
    """A piece of the page that is the same for everyone who reads its language."""
    return (
        _drawn_once(name, get_language())
        if not settings.DEBUG
        else loader.get_template(name).render()
    )


@cache
def _drawn_once(name: str, language: str | None) -> SafeString:
    return loader.get_template(name).render()


@register.simple_tag(takes_context=True)
def toast_list(context: Context) -> SafeString:
    """What was done on the page before, each with its Undo."""
    said = [
        {"text": str(m), "kind": toasts.level_of(m), "undo": toasts.undo_address(m)}
        for m in context.get("messages") or ()
    ]
    if not said:
        return mark_safe("")
    given = {"said": said, "csrf_token": context.get("csrf_token")}
    return loader.get_template("web/parts/toasts.html").render(given)


def _request(context: Context) -> HttpRequest | None:
    return context.get("request")
