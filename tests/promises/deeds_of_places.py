"""Deeds of the placement map, of placements and of rounds, each by who does it in life.

A place goes through states that no page reaches by itself: each deed finds its placement in the
state before it. And the coordinator's hand, the workplace's and the client's own at a time.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any
from uuid import uuid4

from polku.clients import lifecycle
from polku.clients.models import Client
from polku.contacts.models import Appointment
from polku.foundation import clock
from polku.placements.models import (
    Assessment,
    Opening,
    OrientationItem,
    Placement,
    Round,
    RoundPair,
    SeatUse,
    Worksite,
)
from polku.placements.tests import living
from polku.placements.tests.places import make_opening, make_supervisor
from polku.placements.tests.rounds import waits
from tests.promises.house import House

Post = tuple[str, Any]
Ready = Callable[[House], Post]


def _of(house: House, path: str = "") -> str:
    return f"/clients/{house.ids['devi']['client_id']}/{path}"


def _page(placement: Placement) -> str:
    return f"/clients/{placement.client_id}/placements/{placement.id}/"


def _enter(house: House) -> dict[str, Any]:
    """Name the lake's register, and return the ids of Devi and of what stands there."""
    house.world.enter()
    return house.ids["devi"]


# A placement, from the suggestion on: Aino's deeds.


def _suggestion(house: House) -> Post:
    _enter(house)
    start = living.monday()
    fields = {
        "kind": "work_trial", "starts_on": start, "ends_on": start + timedelta(days=55),
        "reasons": "Keittiö", "submission": uuid4(),
    }  # fmt: skip
    return _of(house, f"placements/new/?opening={make_opening(house.world).id}"), fields


def _suggested(world: Any) -> Placement:
    world.enter()
    return living.suggested(world)


def _put_off(world: Any) -> Placement:
    return living.answered(world, _suggested(world), "not_now")


def _accepted(world: Any) -> Placement:
    return living.answered(world, _suggested(world))


def _agreed(world: Any) -> Placement:
    world.enter()
    return living.agreed(world, starts_on=clock.today())


def _past_its_last_day(world: Any) -> Placement:
    world.enter()
    first, last = clock.today() - timedelta(days=63), clock.today() - timedelta(days=7)
    return living.begun(world, starts_on=first, ends_on=last)


def _over(world: Any) -> Placement:
    world.enter()
    return living.over(world)


def _at(state: Callable[[Any], Placement], verb: str, **fields: Any) -> Ready:
    """Return what posts a form of a placement's page, when it has come to a state."""

    def ready(house: House) -> Post:
        placement = state(house.world)
        placement.refresh_from_db()
        return f"{_page(placement)}{verb}/", fields | {"version": placement.version}

    return ready


def _terms(house: House) -> Post:
    placement = _accepted(house.world)
    placement.refresh_from_db()
    supervisor = make_supervisor(placement.worksite)
    return f"{_page(placement)}terms/", {
        "starts_on": placement.starts_on, "ends_on": placement.ends_on, "hours_a_day": "5",
        "days_a_week": "4", "known_as": "Devi K.", "supervisor": supervisor.id,
        "version": placement.version,
    }  # fmt: skip


def _outcome(house: House) -> Post:
    placement = _over(house.world)
    on = placement.ended_on
    fields = {"when": "end", "what": "study", "on": on, "told_by": "client", "word": "Sana"}
    return f"{_page(placement)}outcome/", fields


def _search(house: House) -> Post:
    return _of(house, "search/"), {"version": "0", "limits": "cold", "waits": "on"}


def _wish(house: House) -> Post:
    return _of(house, "search/words/"), {"kind": "wish", "work_code": "4411", "text": "Sana"}


def _under_a_ban(house: House) -> Post:
    """Set a ban and open what it hides, for an absence in the place that it hides."""
    aino, devi = house.world.enter_as("aino"), house.ids["devi"]["client_id"]
    lifecycle.set_ban(Client.objects.get(pk=devi), by=aino, at=clock.now())
    opened = house.ask("aino", _of(house, "placements/open/"), {"purpose": "Soitan päivästä."})
    assert opened.status_code == 302, opened.status_code
    url = _of(house, f"placements/{house.ids['devi']['placement_id']}/absence/")
    on = clock.today() - timedelta(days=1)
    return url, {"on": on, "reason": "ill", "told_by": "client", "word": "Sana"}


# What the workplace tells by its link.


def _ticked(house: House) -> Post:
    ids = _enter(house)
    OrientationItem.objects.create(
        register_id=ids["register_id"], worksite_id=ids["worksite_id"], text="Avain", position=1
    )
    return "/host/placement/tick/", {"text": "Avain", "done": "on"}


def _asked_no_more(house: House) -> Post:
    ids = _enter(house)
    Assessment.objects.filter(pk=ids["assessment_id"]).update(party="host")
    return "/host/placement/assess/final/", {"stop": "1"}


def _says_no(house: House) -> Post:
    ids = _enter(house)
    Placement.objects.filter(pk=ids["placement_id"]).update(state="accepted")
    return "/host/placement/refuse/", {"ending": "host_changes", "word": "Sana"}


# Worksites, employers and openings: the coordinator's.


SITE = {"municipality": "316", "readiness": "ready", "languages": "fi"}


def _new_worksite(house: House) -> Post:
    fields = {"name": "Uusi koulu", "host": "Uusila", "legal_form": "municipality", "person": "S."}
    return "/places/worksites/new/", SITE | fields


def _worksite(house: House, path: str, **fields: Any) -> Post:
    site = Worksite.objects.get(pk=_enter(house)["worksite_id"])
    fields = {"name": site.name, "version": site.version} | fields
    return f"/places/worksites/{site.id}/{path}/", SITE | fields


def _employer(house: House) -> Post:
    site = Worksite.objects.select_related("host").get(pk=_enter(house)["worksite_id"])
    fields = {"legal_form": site.host.legal_form, "version": site.host.version}
    return f"/places/hosts/{site.host_id}/", {"name": "Testilän kunta"} | fields


def _question(house: House) -> Post:
    """Ask a workplace that nobody has asked lately, as Devi's may have been."""
    _enter(house)
    site = make_opening(house.world).worksite
    make_supervisor(site)
    return f"/places/worksites/{site.id}/ask/", {}


OPENING = {
    "kinds": "work_trial", "title": "Siivous", "seats": "30", "days_a_week": "5",
    "confirm_every_days": "90",
}  # fmt: skip


def _new_opening(house: House) -> Post:
    url = f"/places/worksites/{house.ids['devi']['worksite_id']}/openings/new/"
    return url, OPENING | {"submission": uuid4()}


def _opening(house: House) -> str:
    return f"/places/openings/{_enter(house)['opening_id']}/"


def _changed_opening(house: House) -> Post:
    url = _opening(house)
    version = Opening.objects.get(pk=house.ids["devi"]["opening_id"]).version
    return f"{url}change/", OPENING | {"version": version}


def _given_back(house: House) -> Post:
    url, ids = _opening(house), house.ids["devi"]
    last = clock.today() + timedelta(days=9)
    before = set(SeatUse.objects.filter(opening=ids["opening_id"]).values_list("pk", flat=True))
    fields = {"number": "1", "starts_on": clock.today(), "ends_on": last, "submission": uuid4()}
    house.ask("konsta", f"{url}keep-back/", fields)
    _enter(house)
    kept = SeatUse.objects.exclude(pk__in=before).get(opening=ids["opening_id"])
    return f"{url}kept/{kept.pk}/back/", {}


def _unconfirmed(house: House) -> Post:
    url = _opening(house)
    long_ago = clock.today() - timedelta(days=80)
    Opening.objects.filter(pk=house.ids["devi"]["opening_id"]).update(confirmed_on=long_ago)
    house.ask("konsta", f"{url}confirm/", {})
    return f"{url}confirm/?undo=1", {}


# A matching round, which only a coordinator runs.


def _new_round(house: House) -> Post:
    first = living.monday()
    return "/places/rounds/", {
        "name": "Kierros", "towns": "316", "starts_on": first, "submission": uuid4(),
        "ends_on": first + timedelta(days=60),
    }  # fmt: skip


def _round(house: House, path: str) -> Post:
    return f"/places/rounds/{house.ids['devi']['round_id']}/{path}/", {}


def _floor_taken_away(house: House) -> Post:
    ids = _enter(house)
    Round.objects.filter(pk=ids["round_id"]).update(floor_group="under_30", floor_heads=5)
    return _round(house, "floor")


def _pair(house: House, do: str, **fields: Any) -> Post:
    ids = house.ids["devi"]
    return _round(house, f"pairs/{ids['client_id']}")[0], {"do": do} | fields


def _refused(house: House) -> Post:
    opening = house.ids["devi"]["opening_id"]
    return _pair(house, "refuse", opening=opening, why="other", word="Sana")


def _moved(house: House) -> Post:
    _enter(house)
    waits(house.world, house.world.clients["devi"])
    other = make_opening(house.world, seats=2)
    return _pair(house, "move", opening=other.id)


def _taken_in(house: House) -> Post:
    ids = _enter(house)
    pairs = RoundPair.objects.filter(round=ids["round_id"], client=ids["client_id"])
    pairs.update(state="left_out", opening=None)
    return _pair(house, "take_in")


# A time, and the calendar that reads it.


def _time(house: House, **fields: Any) -> tuple[Appointment, str]:
    ids = _enter(house)
    Appointment.objects.filter(pk=ids["appointment_id"]).update(**fields)
    booked = Appointment.objects.get(pk=ids["appointment_id"])
    return booked, f"/me/times/{booked.pk}/say/"


def _suits(house: House) -> Post:
    booked, url = _time(house, status="proposed")
    return url, {"what": "suits", "version": booked.version}


def _word_read(house: House) -> Post:
    booked, _url = _time(house, said="another", said_word="Sana", said_at=clock.now())
    url = _of(house, f"appointments/{booked.pk}/said/?version={booked.version}")
    return url, {}


def _calendar_ended(house: House) -> Post:
    house.ask("aino", "/calendar/", {"submission": str(uuid4())})
    return "/calendar/end/", {}


AINO: dict[str, Ready] = {
    "suggest a place": _suggestion,
    "suggest it anew": _at(_put_off, "again"),
    "take a suggestion back": _at(_suggested, "withdraw", ending="wishes", word="Sana"),
    "the workplace's no": _at(_suggested, "refuse", ending="host_changes", word="Sana"),
    "an answer seen": _at(_accepted, "seen"),
    "terms": _terms,
    "a placement begins": _at(_agreed, "start"),
    "a placement ends": _at(_past_its_last_day, "end"),
    "a placement goes on": _at(_over, "go-on"),
    "an outcome": _outcome,
    "an absence under a ban": _under_a_ban,
    "a search": _search,
    "a wish": _wish,
    "what a client said is read": _word_read,
    "a calendar's address ended": _calendar_ended,
}
HOST: dict[str, Ready] = {
    "a line ticked": _ticked,
    "asked no more": _asked_no_more,
    "a workplace says no": _says_no,
}
KONSTA: dict[str, Ready] = {
    "a new worksite": _new_worksite,
    "another note on a worksite": partial(_worksite, path="change", note="Sana"),
    "a worksite on the map": partial(_worksite, path="map", lat="60.98", lon="25.66"),
    "another name of an employer": _employer,
    "a question to a workplace": _question,
    "a new opening": _new_opening,
    "another opening": _changed_opening,
    "a seat given back": _given_back,
    "a confirmation taken back": _unconfirmed,
    "a new round": _new_round,
    "a round worked out again": partial(_round, path="ask"),
    "a floor taken away": _floor_taken_away,
    "a pair fixed": partial(_pair, do="fix"),
    "a pair moved": _moved,
    "a pair refused": _refused,
    "a client left out": partial(_pair, do="leave_out"),
    "a client taken in": _taken_in,
    "a round closed": partial(_round, path="close"),
}
PLACES: dict[tuple[str, str], Ready] = {
    **{(name, "aino"): ready for name, ready in AINO.items()},
    **{(name, "host"): ready for name, ready in HOST.items()},
    **{(name, "konsta"): ready for name, ready in KONSTA.items()},
    ("a time that suits", "devi"): _suits,
}

__all__ = ["PLACES"]
