"""The clients' list."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import get_language

from polku.desk.addresses import address
from polku.desk.caseload.drawn import rows_drawn
from polku.desk.caseload.reading import PAGE, languages_and_towns, listed
from polku.desk.caseload.rows import client_rows
from polku.desk.caseload.wanted import COACHES, STATES, TURNS, Wanted, wanted
from polku.foundation import audit, clock
from polku.foundation.door.pages import staff
from polku.foundation.permissions import can
from polku.foundation.viewer import Viewer
from polku.teamwork.queries import coaches_of_team
from polku.web import people
from polku.web.parts.lists import query_with


@dataclass(frozen=True, slots=True)
class Filter:
    """One choice above the list: its name in the address, its word, and pairs to choose from."""

    name: str
    chosen: str
    options: tuple[tuple[str, Any], ...]


class Counted(Paginator):
    """Pages of a list whose length is already known and whose rows are already here."""

    def __init__(self, count: int) -> None:
        super().__init__(range(count), PAGE)


@staff("clients.list")
def client_list(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Show one page of the list; beyond the last page lies the last page."""
    lead = can(viewer, "teamwork.caseloads")
    wish = wanted(request.GET, lead=lead)
    found = listed(viewer, wish)
    if not found and wish.page > 1:
        return HttpResponseRedirect(query_with(request, page=None))
    total = found[0].total if found else 0
    audit.record(viewer, "clients.list", shown=[one.id for one in found], reason=_asked(wish))
    bulk_url = address("team_bulk")
    choose = bool(bulk_url) and can(viewer, "teamwork.hand_over")
    show_coach = wish.coach != "me"
    rows = client_rows(found, clock.today())
    context = {
        "rows": rows_drawn(rows, choose=choose, coach=show_coach),
        "total": total,
        "wish": wish,
        "page_obj": Counted(total).page(wish.page) if total else None,
        "filters": filters(viewer, wish, lead),
        "bulk_url": bulk_url,
        "choose": choose,
        "may_assign": can(viewer, "teamwork.assign"),
        "show_coach": show_coach,
    }
    return render(request, "desk/client_list.html", context)


def _asked(wish: Wanted) -> str:
    return f"state={wish.state} coach={'me' if wish.coach == 'me' else 'other'} page={wish.page}"


def filters(viewer: Viewer, wish: Wanted, lead: bool) -> list[Filter]:
    """Return the filters with their choices; of languages and towns only those that occur."""
    languages, towns = languages_and_towns(viewer)
    coaches = list(COACHES.items())
    if lead:
        coaches += [(str(user_id), name) for user_id, name in coaches_of_team(viewer)]
    swedish = (get_language() or "").startswith("sv")
    spoken = sorted((people.language(code), code) for code in languages)
    found = [
        Filter("state", wish.state, tuple(STATES.items())),
        Filter("coach", wish.coach, tuple(coaches)),
        Filter("turn", wish.turn, (("", ""), *TURNS.items())),
    ]
    if len(languages) > 1:
        options = (("", ""), *((code, name) for name, code in spoken))
        found.append(Filter("language", wish.language, options))
    if len(towns) > 1:
        named = tuple((code, sv if swedish else fi) for code, fi, sv in towns)
        found.append(Filter("town", wish.town, (("", ""), *named)))
    return found
