"""Ways through lists: sorting, pages, tabs, bread crumbs, steps."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.core.paginator import Page
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from polku.web.icons import icon
from polku.web.parts.words import Text


def query_with(request: HttpRequest | None, **changes: str | None) -> str:
    """The page's own query string with these changed; None takes a name away."""
    if request is None:
        return "?"
    query = request.GET.copy()
    for name, value in changes.items():
        if value is None:
            query.pop(name, None)
        else:
            query[name] = value
    return "?" + query.urlencode()


def sort(
    request: HttpRequest | None, name: str, word: Text, *, default: str = "", num: bool = False
) -> SafeString:
    """A table header that sorts by ``?sort=name``, the other way by ``?sort=-name``."""
    now = (request.GET.get("sort", "") if request else "") or default
    state, shape, target = "", "sort", name
    if now == name:
        state, shape, target = "ascending", "up", f"-{name}"
    elif now == f"-{name}":
        state, shape = "descending", "down"
    return format_html(
        '<th scope="col"{}{}><a href="{}">{}{}</a></th>',
        mark_safe(' class="num"') if num else "",
        format_html(' aria-sort="{}"', state) if state else "",
        query_with(request, sort=target, page=None),
        word,
        icon(shape),
    )


def pages(request: HttpRequest | None, page: Page[Any], *, label: Text = "") -> SafeString:
    """Pages of a list, with how many there are in all."""
    total = page.paginator.count
    words = (
        _("%(first)d–%(last)d of %(total)d")
        % {"first": page.start_index(), "last": page.end_index(), "total": total}
        if total
        else _("nothing to show")
    )
    if page.paginator.num_pages < 2:
        return format_html('<div class="pages"><span>{}</span></div>', words)
    items = [
        _page_item(request, page, number)
        for number in page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    ]
    back = (
        _step(request, page.number - 1, "left", _("Previous page")) if page.has_previous() else ""
    )
    on = _step(request, page.number + 1, "right", _("Next page")) if page.has_next() else ""
    return format_html(
        '<nav class="pages" aria-label="{}"><span>{}</span><ul>{}{}{}</ul></nav>',
        label or _("Pages"),
        words,
        back,
        format_html_join("", "{}", ((item,) for item in items)),
        on,
    )


def _page_item(request: HttpRequest | None, page: Page[Any], number: int | str) -> SafeString:
    if not isinstance(number, int):
        return format_html('<li><span class="gap">{}</span></li>', number)
    if number == page.number:
        return format_html('<li><span aria-current="page">{}</span></li>', number)
    return format_html(
        '<li><a href="{}">{}</a></li>', query_with(request, page=str(number)), number
    )


def _step(request: HttpRequest | None, number: int, shape: str, word: str) -> SafeString:
    return format_html(
        '<li><a href="{}">{}<span class="sr">{}</span></a></li>',
        query_with(request, page=str(number)),
        icon(shape),
        word,
    )


def tabs(items: Iterable[Any], *, label: Text) -> SafeString:
    """Pages that belong together. Items have ``label``, ``url``, ``current`` and ``count``."""
    links = format_html_join(
        "",
        '<a href="{}"{}>{}{}</a>',
        (
            (
                item.url,
                mark_safe(' aria-current="page"') if item.current else "",
                item.label,
                format_html('<span class="count">{}</span>', item.count) if item.count else "",
            )
            for item in items
        ),
    )
    return format_html('<nav class="tabs" aria-label="{}">{}</nav>', label, links)


def crumbs(items: Sequence[tuple[Text, str]]) -> SafeString:
    """The way back: pairs of a word and an address; the page itself is not among them."""
    links = format_html_join(
        "", '<li><a href="{}">{}</a>{}</li>', ((url, word, icon("right")) for word, url in items)
    )
    return format_html(
        '<nav aria-label="{}"><ol class="crumbs">{}</ol></nav>', _("You are here"), links
    )


def steps(words: Sequence[Text], now: int, *, label: Text = "") -> SafeString:
    """Where one is in a work of several pages; ``now`` counts from 1."""
    items = format_html_join(
        "",
        "<li{}><i></i><span>{}{}</span></li>",
        (
            (
                mark_safe(' aria-current="step"')
                if number == now
                else mark_safe(' class="done"' if number < now else ""),
                word,
                format_html('<span class="sr"> ({})</span>', _("done")) if number < now else "",
            )
            for number, word in enumerate(words, 1)
        ),
    )
    return format_html('<ol class="steps" aria-label="{}">{}</ol>', label or _("Steps"), items)


def facts(items: Iterable[tuple[Text, Any]], *, cols: bool = False) -> SafeString:
    """Terms and what they are, in pairs."""
    inside = format_html_join("", "<div><dt>{}</dt><dd>{}</dd></div>", items)
    return format_html('<dl class="facts{}">{}</dl>', " cols" if cols else "", inside)
