"""Finding a client among those whom the viewer may see."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from polku.clients.finding import Found, find, looks_like_identity
from polku.desk.addresses import address, client_page
from polku.desk.my_day.rows import NOTHING
from polku.foundation import audit, clock
from polku.foundation.door.pages import staff
from polku.foundation.viewer import Viewer
from polku.web import dates, people
from polku.web.parts.words import tag

FRAGMENT = "X-Polku-Fragment"
WHILE_TYPING, ON_PAGE = 8, 50


@dataclass(frozen=True, slots=True)
class FoundRow:
    """One client found, ready to show."""

    id: UUID
    name: str
    url: str
    about: str
    tag: SafeString


@require_http_methods(["GET", "HEAD", "POST"])
@staff("clients.list")
def search(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Show whom the text finds. A whole identity code goes straight to its client.

    An identity code is posted where script runs, and never stands in an answer: it would stay in
    the browser's history. The entry names the clients shown and how was looked, not the text.
    """
    text = (request.POST if request.method == "POST" else request.GET).get("q", "").strip()
    typing = FRAGMENT in request.headers
    if looks_like_identity(text) and request.method != "POST" and typing:
        text = ""
    by, found = find(viewer, text, at_most=WHILE_TYPING if typing else ON_PAGE)
    audit.record(viewer, "desk.search", shown=[one.id for one in found], reason=by)
    if by == "identity" and found:
        return HttpResponseRedirect(client_page(found[0].id))
    if by == "identity" and request.method != "POST":
        return HttpResponseRedirect(f"{address('search')}?none=identity")
    secret = by == "identity" or request.GET.get("none") == "identity"
    context = {
        "rows": found_rows(found, clock.today()),
        "search_value": "" if secret else text,
        "secret": secret,
        "full": len(found) == ON_PAGE,
    }
    return render(request, "desk/found.html" if typing else "desk/search.html", context)


def found_rows(found: list[Found], today: date) -> list[FoundRow]:
    """Return the rows with what tells two of one name apart: age, town, office number."""
    swedish = (get_language() or "").startswith("sv")
    rows = []
    for one in found:
        town = one.municipality_sv if swedish else one.municipality_fi
        words = (people.age(one.born, today), town, one.office_number)
        rows.append(
            FoundRow(
                id=one.id,
                name=people.name(one),
                url=client_page(one.id),
                about=" · ".join(word for word in words if word),
                tag=_tag(one, today),
            )
        )
    return rows


def _tag(one: Found, today: date) -> SafeString:
    if one.safety_ban:
        return tag(_("safety ban"), "late", "lock")
    if one.closed_on:
        return tag(_("closed %(day)s") % {"day": dates.short(one.closed_on, today)})
    return NOTHING
