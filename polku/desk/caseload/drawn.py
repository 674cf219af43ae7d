"""Draws the list's rows: plain strings, since fifty rows have a thousand small texts."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from polku.desk.caseload.rows import ClientRow


def rows_drawn(rows: Iterable[ClientRow], *, choose: bool, coach: bool) -> SafeString:
    """Return the rows of the table's body; every text is escaped, tags are drawn already.

    `choose` puts a box before each row, `coach` a column at its end.
    """
    words = {
        "choose": escape(_("Choose")),
        "last": escape(_("Last contact")),
        "next": escape(_("Next contact")),
        "due": escape(_("Date by law")),
        "why": escape(_("why, of")),
        "turn": escape(_("Turn")),
        "coach": escape(_("Coach")),
    }
    return mark_safe("".join(_row(row, words, choose, coach) for row in rows))


def _row(row: ClientRow, words: dict[str, str], choose: bool, coach: bool) -> str:
    name = escape(row.name)
    box = (
        f'<td class="sel"><label><input type="checkbox" name="client" value="{row.id}" data-choose>'
        f'<span class="sr">{words["choose"]} {name}</span></label></td>'
        if choose
        else ""
    )
    note = f"<small>{escape(row.last_note)}</small>" if row.last_note else ""
    due = escape(row.due)
    if row.due_url:
        why = f'<span class="sr">, {words["why"]} {name}</span>'
        due = f'<a href="{escape(row.due_url)}">{due}{why}</a>'
    whose = f'<td data-label="{words["coach"]}">{escape(row.coach)}</td>' if coach else ""
    return (
        f'<tr>{box}<th scope="row"><a class="who" href="{escape(row.url)}">{name}</a>{row.state}'
        f'<small class="about">{escape(row.about)}</small></th>'
        f'<td data-label="{words["last"]}"><span>{escape(row.last)}{note}</span></td>'
        f'<td data-label="{words["next"]}">{escape(row.next)}</td>'
        f'<td data-label="{words["due"]}"><span>{due} {row.due_tag}</span></td>'
        f'<td data-label="{words["turn"]}">{escape(row.turn)}</td>{whose}</tr>'
    )
