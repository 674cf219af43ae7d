"""Rows about places and placements, of which addresses hold the ids."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from polku.foundation import clock

Make = Callable[[Any, Any], Any]


def opening_at(register_id: Any) -> Any:
    """Return an opening of the register, with a worksite, made once; it tells of nobody."""
    from polku.placements.models import Host, Opening, Worksite

    found = Opening.objects.filter(register_id=register_id).select_related("worksite").first()
    if found:
        return found
    now, own = clock.now(), {"register_id": register_id}
    host = Host.objects.create(
        **own, name="Testilä", sort_key="testilä", legal_form="municipality", changed_at=now
    )
    site = Worksite.objects.create(
        **own, host=host, name="Testilän koulu", sort_key="testilän koulu",
        search_name="testilän koulu", municipality_id="316", created_at=now, changed_at=now,
    )  # fmt: skip
    return Opening.objects.create(
        **own, worksite=site, kinds=["work_trial"], title="Keittiöapulainen", seats=20,
        confirmed_on=clock.today(), created_at=now, changed_at=now,
    )  # fmt: skip


def _of_placement(client: Any, worker: Any) -> Any:
    """Return the client's placement, made once: under way, in a seat of its own."""
    from polku.placements.models import Placement

    found = Placement.objects.filter(client=client).first()
    if found:
        return found
    opening, now = opening_at(client.register_id), clock.now()
    return Placement.objects.create(
        register_id=client.register_id, client=client, opening=opening,
        worksite=opening.worksite, host_id=opening.worksite.host_id, kind="work_trial",
        state="running", title="SENTINEL-TITLE", place="SENTINEL-WORKSITE", known_as="D.",
        starts_on=clock.today() - timedelta(days=9), ends_on=clock.today() + timedelta(days=40),
        hours_a_day=5, days_a_week=4, reasons=["SENTINEL-REASON"], word="SENTINEL-WORD",
        suggested_at=now, suggested_by=worker, changed_at=now,
    )  # fmt: skip


def _goes_with(placement: Any) -> dict[str, Any]:
    return {
        "register_id": placement.register_id, "client_id": placement.client_id,
        "placement": placement, "worksite_id": placement.worksite_id,
    }  # fmt: skip


def _placement(client: Any, worker: Any) -> Any:
    return _of_placement(client, worker).id


def _assessment(client: Any, worker: Any) -> Any:
    from polku.placements.models import Assessment

    return Assessment.objects.create(
        **_goes_with(_of_placement(client, worker)), party="client", moment="final",
        due_on=clock.today(), word="SENTINEL-ASSESSMENT",
    ).id  # fmt: skip


def _absence(client: Any, worker: Any) -> Any:
    from polku.placements.models import Absence

    return Absence.objects.create(
        **_goes_with(_of_placement(client, worker)), on=clock.today(), reason="ill",
        told_by="client", word="SENTINEL-ABSENCE", told_at=clock.now(),
    ).id  # fmt: skip


def _search_word(client: Any, worker: Any) -> Any:
    from polku.placements.models import SearchWord

    return SearchWord.objects.create(
        register_id=client.register_id, client=client, kind="wish", work_code="9412",
        text="SENTINEL-WISH", told_on=clock.today(),
    ).id  # fmt: skip


def _round(client: Any, worker: Any) -> Any:
    from polku.placements.models import Round, RoundPair

    found, _made = Round.objects.get_or_create(
        register_id=client.register_id, name=f"Kierros {client.id}",
        defaults={
            "municipalities": ["316"], "starts_on": clock.today() + timedelta(days=20),
            "ends_on": clock.today() + timedelta(days=90), "created_at": clock.now(),
            "created_by": worker, "run_at": clock.now(),
        },
    )  # fmt: skip
    RoundPair.objects.get_or_create(
        register_id=client.register_id, round=found, client=client,
        defaults={"opening": opening_at(client.register_id)},
    )  # fmt: skip
    return found.id


def _at_worksite(client: Any, worker: Any, make: Callable[[Any, Any], Any]) -> Any:
    return make(opening_at(client.register_id), worker)


def _supervisor(opening: Any, worker: Any) -> Any:
    from polku.placements.models import Supervisor

    return Supervisor.objects.create(
        register_id=opening.register_id, worksite=opening.worksite, name="Sanni Esihenkilö"
    ).id


def _talk(opening: Any, worker: Any) -> Any:
    from polku.placements.models import HostContact

    return HostContact.objects.create(
        register_id=opening.register_id, worksite=opening.worksite, at=clock.now(), by=worker,
        how="call", result="talked", next_on=clock.today(), next_by=worker,
    ).id  # fmt: skip


def _kept_back(opening: Any, worker: Any) -> Any:
    from polku.placements import seats

    return seats.hold(
        opening, at=clock.now(), starts_on=clock.today(), ends_on=None, how="kept_back"
    ).id


OF_A_CLIENT: dict[str, Make] = {
    "placement_id": _placement,
    "assessment_id": _assessment,
    "absence_id": _absence,
    "word_id": _search_word,
    "round_id": _round,
}
OF_A_REGISTER: dict[str, Make] = {
    "opening_id": lambda client, worker: opening_at(client.register_id).id,
    "worksite_id": lambda client, worker: opening_at(client.register_id).worksite_id,
    "host_id": lambda client, worker: opening_at(client.register_id).worksite.host_id,
    "supervisor_id": lambda client, worker: _at_worksite(client, worker, _supervisor),
    "talk_id": lambda client, worker: _at_worksite(client, worker, _talk),
    "use_id": lambda client, worker: _at_worksite(client, worker, _kept_back),
}
