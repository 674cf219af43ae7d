"""A place is judged by the law as its own register's administrator decided it, and no other's."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.utils import translation

from polku.foundation import clock
from polku.law import actions, in_force
from polku.law.tests.deciding import SOURCE, decide
from polku.placements import legal
from polku.placements.legal import Finding, Wanted
from polku.placements.round import lawful, laws_asked
from polku.placements.tests.living import monday
from polku.placements.tests.places import make_worksite
from polku.rules import packaged_law

TERMS = "work_trial_terms"
WITHOUT = "work_trial_allowed"


def terms(hours_at_most: int) -> dict[str, Any]:
    latest = packaged_law()[TERMS].values[-1].value
    return {**latest, "hours_at_most": hours_at_most}


def asked(world: Any) -> dict[str, Finding]:
    """Six hours a day in a work trial, where the law that is packaged allows eight."""
    world.enter()
    host = make_worksite(world).host
    ends = monday() + timedelta(days=30)
    wanted = Wanted("work_trial", host, "9412", monday(), ends, Decimal(6), 4)
    return {one.rule: one for one in legal.findings(world.clients["devi"].id, wanted)}


@translation.override("en")
def test_what_was_decided_stops_what_was_allowed_and_says_by_whom(world: Any) -> None:
    assert asked(world)[WITHOUT].level == "fine"
    kept = decide(world, terms(5), parameter=TERMS, valid_from=date(2025, 1, 1))
    found = asked(world)[WITHOUT]
    assert (found.level, found.source, found.verified) == ("stops", SOURCE, True)
    assert any("Gus Esimerkki" in reason for reason in found.because)
    actions.withdraw(kept.id, by=world.viewers["gus"], at=clock.now())
    assert asked(world)[WITHOUT].level == "fine"


def test_what_another_register_decided_stops_nothing(world: Any) -> None:
    gus = world.viewers["gus"]
    world.viewers["gus"] = replace(gus, register_id=world.areas["river"].id)
    decide(world, terms(5), parameter=TERMS, valid_from=date(2025, 1, 1))
    assert asked(world)[WITHOUT].level == "fine"


@translation.override("en")
def test_the_record_of_a_round_says_what_was_decided_and_when(world: Any) -> None:
    law = in_force.of(world.areas["lake"].id)
    assert "decided" not in lawful.versions(monday(), law)
    kept = decide(world, terms(5), parameter=TERMS, valid_from=date(2025, 1, 1))
    law = in_force.of(world.areas["lake"].id)
    record = lawful.versions(monday(), law)
    assert f"{TERMS} 2025-01-01 decided {clock.today()}" in record
    told = {one.names.partition(":")[0]: one for one in laws_asked.laws(record, monday(), law)}
    assert told[WITHOUT].verified
    assert told[WITHOUT].since.endswith("1 Jan 2025 on")
    actions.withdraw(kept.id, by=world.viewers["gus"], at=clock.now())
    later = in_force.of(world.areas["lake"].id)
    told = {one.names.partition(":")[0]: one for one in laws_asked.laws(record, monday(), later)}
    assert not told[WITHOUT].verified
    assert told[WITHOUT].since.endswith("1 Jan 2025 on")
