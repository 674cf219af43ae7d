"""What is signed never changes; a correction is a new version, and the old one is kept."""

from __future__ import annotations

from typing import Any
from unittest import mock

import pytest
from django.db import IntegrityError, transaction

from polku.foundation import clock
from polku.foundation.meanwhile import ChangedMeanwhile
from polku.foundation.models import AuditEntry
from polku.statements import deciding, presenters, sending, states, wording
from polku.statements.models import Sending, Statement
from polku.statements.tests.conftest import TEXT, put, sent, signed, whole, written


def test_a_correction_is_a_new_version_beside_the_old_one(world: Any, official: Any) -> None:
    matter = put(world, "sent")
    by = world.enter_as("aino")
    for _again in range(2):
        deciding.correct(matter, by=by, at=clock.now(), version=matter.version, because="Päivä")
    matter.refresh_from_db()
    assert (matter.state, matter.turn) == ("correcting", "coach")
    written(world, matter, text="Korjattu teksti", because="Väärä päivä")
    signed(world, matter)
    first, second = whole(world, matter).signed
    assert (first.text, second.text, second.number) == (TEXT, "Korjattu teksti", 2)
    assert first.seal != second.seal
    text = wording.register_text(second, matter, whole(world, matter).clarifications)
    assert "Korjaa versiota 1: Väärä päivä" in text
    sent(world, matter)
    assert Sending.objects.filter(statement=first).count() == 1


def test_a_dropped_correction_leaves_what_was(world: Any, official: Any) -> None:
    matter = put(world, "sent")
    by = world.enter_as("aino")
    deciding.correct(matter, by=by, at=clock.now(), version=matter.version, because="Päivä")
    matter.refresh_from_db()
    deciding.drop(matter, by=by, at=clock.now(), version=matter.version)
    matter.refresh_from_db()
    assert (matter.state, matter.turn) == ("sent", "")
    assert [one.number for one in whole(world, matter).versions] == [1]


def test_who_read_something_else_signs_nothing(world: Any, official: Any) -> None:
    matter = put(world, "drafted")
    read = presenters.seal(whole(world, matter))
    written(world, matter, text="Toinen teksti")
    with pytest.raises(ChangedMeanwhile):
        deciding.sign(matter, by=world.enter_as("lahja"), at=clock.now(), seal=read)
    world.enter()
    assert not Statement.objects.filter(signed_at__isnull=False).exists()


def test_an_answer_after_reading_makes_the_official_read_again(world: Any, official: Any) -> None:
    matter = put(world, "drafted")
    read = presenters.seal(whole(world, matter))
    whole(world, matter).clarifications[0]
    world.enter()
    matter.clarifications.update(answer="Muuta kuin ennen")
    with pytest.raises(ChangedMeanwhile):
        deciding.sign(matter, by=world.enter_as("lahja"), at=clock.now(), seal=read)


def test_a_draft_given_back_waits_for_the_coach_and_is_not_signed(
    world: Any, official: Any
) -> None:
    matter = put(world, "drafted")
    by = world.enter_as("lahja")
    deciding.give_back(matter, by=by, at=clock.now(), version=matter.version, word="Tarkenna")
    matter.refresh_from_db()
    assert (matter.turn, matter.word) == ("coach", "Tarkenna")
    with pytest.raises(states.NotNow):
        signed(world, matter)
    written(world, matter)
    assert signed(world, matter).number == 1


@pytest.mark.parametrize(
    "broken",
    [{"text": ""}, {"basis": ""}, {"signer": ""}, {"seal": ""}, {"signed_by": None}],
    ids=lambda broken: next(iter(broken)),
)
def test_the_database_keeps_no_signature_without_what_it_needs(
    world: Any, official: Any, broken: dict[str, Any]
) -> None:
    put(world, "signed")
    world.enter()
    with pytest.raises(IntegrityError), transaction.atomic():
        Statement.objects.update(**broken)


def test_it_was_not_sent_before_it_was_signed(world: Any, official: Any) -> None:
    from datetime import timedelta

    matter = put(world, "signed")
    one = whole(world, matter).signed[0]
    one.matter = matter
    for days in (-1, 1):
        with pytest.raises(ValueError):
            sending.note_sent(
                one, by=world.enter_as("aino"), at=clock.now(), near=True, to="kela",
                how="letter", on=clock.today() + timedelta(days=days),
            )  # fmt: skip
    world.enter()
    assert not Sending.objects.exists()


def test_signing_is_whole_or_not_at_all(world: Any, official: Any) -> None:
    matter = put(world, "drafted")
    with (
        mock.patch("polku.foundation.audit.record", side_effect=RuntimeError),
        pytest.raises(RuntimeError),
        transaction.atomic(),
    ):
        signed(world, matter)
    world.enter()
    matter.refresh_from_db()
    assert matter.state == "drafted"
    assert not Statement.objects.filter(signed_at__isnull=False).exists()
    assert not AuditEntry.objects.filter(action="statements.sign").exists()
