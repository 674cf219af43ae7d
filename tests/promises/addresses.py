"""Every address of the house, and how to fill the ids in it, for the tests made from the list.

A page that is added later is met by these tests by itself; a new kind of id in an address has to
be told here, or the tests fail and say so.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.urls import URLPattern, URLResolver, get_resolver

from polku.foundation import clock, crypto

_PLACE = re.compile(r"<(?:(\w+):)?(\w+)>")


@dataclass(frozen=True)
class Address:
    """One address: its route as in the URL list, its name, and the names of its ids."""

    route: str
    name: str
    places: tuple[str, ...]

    def filled(self, ids: dict[str, Any]) -> str:
        """Return the address with these ids. Raises KeyError for an id nobody has told of."""
        return "/" + _PLACE.sub(lambda m: str(ids[m[2]]), self.route)


def _walk(patterns: list[Any], before: str, space: str) -> Iterator[Address]:
    for pattern in patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from _walk(pattern.url_patterns, route, inner)
        elif isinstance(pattern, URLPattern):
            places = tuple(m[1] for m in _PLACE.findall(route))
            yield Address(route, f"{space}{pattern.name}", places)


def addresses() -> list[Address]:
    """Return every address, by route."""
    found = _walk(get_resolver().url_patterns, "", "")
    return sorted(found, key=lambda one: (one.route, one.name))


def _contact(client: Any, worker: Any) -> Any:
    from polku.contacts.models import Contact

    now = clock.now()
    return Contact.objects.create(
        register_id=client.register_id, client=client, worker=worker, at=now, kind="call",
        agreed="SENTINEL-AGREED", created_at=now, changed_at=now,
    ).id  # fmt: skip


def _appointment(client: Any, worker: Any) -> Any:
    from polku.contacts.models import Appointment

    start = clock.now() + timedelta(days=3)
    return Appointment.objects.create(
        register_id=client.register_id, client=client, worker=worker, starts_at=start,
        ends_at=start + timedelta(minutes=30), place="SENTINEL-PLACE", created_at=clock.now(),
    ).id  # fmt: skip


def _offer(client: Any, worker: Any) -> Any:
    from polku.contacts.models import TimeOffer

    start, mark = clock.now() + timedelta(days=4), uuid4()
    offer, _made = TimeOffer.objects.get_or_create(
        client=client, ended_at__isnull=True,
        defaults={
            "register_id": client.register_id, "worker": worker, "token_hash": mark.bytes * 2,
            "starts": [start], "minutes": 45, "place": "SENTINEL-PLACE", "made_at": clock.now(),
            "expires_at": start, "submission": mark,
        },
    )  # fmt: skip
    return offer.id


def _reminder(client: Any, worker: Any) -> Any:
    from polku.contacts.models import Reminder

    return Reminder.objects.create(
        register_id=client.register_id, client=client, worker=worker, on=clock.today(),
        text="SENTINEL-REMINDER", created_at=clock.now(),
    ).id  # fmt: skip


def _draft(client: Any, worker: Any) -> Any:
    from polku.contacts import drafts
    from polku.contacts.models import Draft

    row = Draft(
        register_id=client.register_id, client=client, author=worker, form="contact",
        saved_at=clock.now(),
    )  # fmt: skip
    row.cipher = crypto.seal(
        client.register_id, '[["agreed", "SENTINEL-DRAFT"]]', about=drafts.bound_to(row)
    )
    row.save(force_insert=True)
    return row.id


def _fact(client: Any, worker: Any) -> Any:
    from polku.clients.models import Fact

    return Fact.objects.create(
        register_id=client.register_id, client=client, kind="wish", text="SENTINEL-FACT",
        told_on=clock.today(), written_by=worker,
    ).id  # fmt: skip


def _consent(client: Any, worker: Any) -> Any:
    from polku.clients.models import Consent

    return Consent.objects.create(
        register_id=client.register_id, client=client, kind="email", how="spoken",
        given_at=clock.now(), recorded_by=worker,
    ).id  # fmt: skip


def _plan(client: Any) -> Any:
    from polku.paths.models import Plan

    plan, _made = Plan.objects.get_or_create(
        client=client, closed_on=None,
        defaults={"register_id": client.register_id, "started_on": clock.today(),
                  "changed_at": clock.now()},
    )  # fmt: skip
    return plan


def _goal(client: Any, worker: Any) -> Any:
    from polku.paths.models import Goal

    return Goal.objects.create(
        register_id=client.register_id, client=client, plan=_plan(client), theme="work",
        text="SENTINEL-GOAL",
    ).id  # fmt: skip


def _step(client: Any, worker: Any) -> Any:
    from polku.paths.models import Step

    now = clock.now()
    return Step.objects.create(
        register_id=client.register_id, client=client, plan=_plan(client), theme="work",
        title="SENTINEL-STEP", state="proposed", created_at=now, changed_at=now,
    ).id  # fmt: skip


def _hand_over(client: Any, worker: Any) -> Any:
    from polku.teamwork.models import HandOver

    return HandOver.objects.create(
        register_id=client.register_id, client=client, to_user=worker, by=worker,
        note="SENTINEL-NOTE", at=clock.now(), batch=uuid4(),
    ).id  # fmt: skip


def _batch(client: Any, worker: Any) -> Any:
    from polku.teamwork.models import HandOver

    return HandOver.objects.get(pk=_hand_over(client, worker)).batch


def _recusal(client: Any, worker: Any) -> Any:
    from polku.foundation.models import Recusal

    return Recusal.objects.create(
        register_id=client.register_id, client=client, user=worker, ground="other",
        starts_at=clock.now() - timedelta(days=9), ends_at=clock.now() - timedelta(days=8),
    ).id  # fmt: skip


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


def _proposal(client: Any, worker: Any) -> Any:
    from polku.contacts.weeks.tables import WeekProposal

    now = clock.now()
    return WeekProposal.objects.get_or_create(
        register_id=client.register_id, client=client, user=worker,
        monday=clock.today() - timedelta(days=clock.today().weekday()),
        defaults={
            "state": "omitted", "need": "law", "due_on": clock.today(), "kind": "visit",
            "purpose": "discussion", "minutes": 45, "raised_at": now, "why": {"why": "no_starts"},
        },
    )[0].id  # fmt: skip


def _away(client: Any, worker: Any) -> Any:
    from polku.contacts.weeks.tables import TimeAway

    return TimeAway.objects.create(
        register_id=client.register_id, user=worker, kind="holiday", told_at=clock.now(),
        first_on=clock.today() + timedelta(days=300), last_on=clock.today() + timedelta(days=301),
    ).id  # fmt: skip


# What hangs on a client: made for each client of the test's world.
OF_A_CLIENT: dict[str, Callable[[Any, Any], Any]] = {
    "client_id": lambda client, worker: client.id,
    "contact_id": _contact,
    "appointment_id": _appointment,
    "reminder_id": _reminder,
    "offer_id": _offer,
    "draft_id": _draft,
    "fact_id": _fact,
    "consent_id": _consent,
    "goal_id": _goal,
    "step_id": _step,
    "hand_over_id": _hand_over,
    "batch": _batch,
    "recusal_id": _recusal,
    "placement_id": _placement,
    "assessment_id": _assessment,
    "absence_id": _absence,
    "word_id": _search_word,
    "round_id": _round,
    "proposal_id": _proposal,
    "away_id": _away,
}


def _agreement(client: Any, worker: Any) -> Any:
    from polku.foundation.models import Municipality, Register
    from polku.teamwork.models import Agreement

    return Agreement.objects.create(
        register_id=client.register_id, municipality=Municipality.objects.get(code="316"),
        task="coaching", organisation=Register.objects.get(pk=client.register_id).controller,
        valid_from=clock.today() - timedelta(days=9), note="SENTINEL-AGREEMENT",
    ).id  # fmt: skip


def _kept_value(client: Any, worker: Any) -> Any:
    from polku.law.models import KeptValue

    return KeptValue.objects.create(
        register_id=client.register_id, parameter="work_trial_length",
        value={"in_all": 12, "at_host": 6, "at_municipality": 12, "in_task_at_municipality": 6},
        valid_from=clock.today() - timedelta(days=9), source="SENTINEL-LAW",
        decided_at=clock.now(), decided_by=worker,
    ).id  # fmt: skip


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


def _what_if(client: Any, worker: Any) -> Any:
    from polku.insight.tests.counting import asked

    return asked(client.register_id, worker).id


# What belongs to a register as a whole: its workers may see it, nobody else.
OF_A_REGISTER: dict[str, Callable[[Any, Any], Any]] = {
    "register_id": lambda client, worker: client.register_id,
    "agreement_id": _agreement,
    "value_id": _kept_value,
    "opening_id": lambda client, worker: opening_at(client.register_id).id,
    "worksite_id": lambda client, worker: opening_at(client.register_id).worksite_id,
    "host_id": lambda client, worker: opening_at(client.register_id).worksite.host_id,
    "supervisor_id": lambda client, worker: _at_worksite(client, worker, _supervisor),
    "talk_id": lambda client, worker: _at_worksite(client, worker, _talk),
    "use_id": lambda client, worker: _at_worksite(client, worker, _kept_back),
    "what_if_id": _what_if,
}
# What hangs on a worker: only an administrator's pages have these.
OF_A_WORKER = ("user_id", "role_id", "agreement_id", "value_id", "run_id")
# Words and keys that name nobody.
WORDS = {
    "status": "cancelled",
    "key": "coaching",
    "language": "fi",
    "turn": "status",
    "kind": "not_found",
    "token": "x" * 43,
    "choice_token": "x" * 32,
    "verb": "start",
    "what": "done",
    "moment": "final",
    "rule": "initial_interview_due",
    "parameter": "work_trial_length",
    "act": "decline",
}


def untold() -> list[str]:
    """Return the ids in addresses that nobody has told the tests how to fill."""
    told = {*OF_A_CLIENT, *OF_A_REGISTER, *OF_A_WORKER, *WORDS}
    return sorted({place for one in addresses() for place in one.places} - told)
