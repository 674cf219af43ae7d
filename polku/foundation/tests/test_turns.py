"""Turns: one place for their numbers, and nobody waits for a turn that is another's."""

import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from django.db import OperationalError, connection, connections, transaction

from polku.foundation import turns
from polku.foundation.turns import Turn

POLKU = Path(__file__).parents[2]
# The plugin that makes the tests' databases works before Django does, and on a server of its own.
ELSEWHERE = {"foundation/turns.py", "launch/for_tests.py"}


def waits(what: Turn, of: UUID | bytes | None) -> bool:
    """Return whether somebody else would wait for this turn now."""

    def other() -> bool:
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute("SET LOCAL lock_timeout = '100ms'")
                turns.take(what, of)
        except OperationalError:
            return True
        finally:
            connections.close_all()
        return False

    with ThreadPoolExecutor(1) as pool:
        return pool.submit(other).result()


def rooms_that_number_their_own(files: dict[str, str]) -> set[str]:
    return {name for name, text in files.items() if re.search(r"pg_\w*advisory", text)} - ELSEWHERE


def test_no_room_numbers_a_turn_of_its_own() -> None:
    files = {
        str(path.relative_to(POLKU)): path.read_text()
        for path in [*POLKU.rglob("*.py"), *POLKU.rglob("*.sql")]
        if "tests" not in path.parts
    }
    assert rooms_that_number_their_own(files) == set()
    files["placements/seats.py"] = "SELECT pg_advisory_xact_lock(715520, 1)"
    assert rooms_that_number_their_own(files) == {"placements/seats.py"}


@pytest.mark.django_db(transaction=True)
def test_each_turn_is_waited_for_by_its_own_alone() -> None:
    one = uuid4()
    for taken in Turn:
        with transaction.atomic():
            turns.take(taken, one)
            assert [what for what in Turn if waits(what, one)] == [taken]
            assert not waits(taken, uuid4())
    assert not any(waits(what, one) for what in Turn)


@pytest.mark.django_db(transaction=True)
def test_a_turn_of_nobody_and_of_a_bucket() -> None:
    for of in (None, b"\x00\xff" * 16):
        with transaction.atomic():
            turns.take(Turn.TRIES, of)
            assert waits(Turn.TRIES, of)


@pytest.mark.django_db(transaction=True)
def test_a_turn_held_alone_waits_for_nobody_and_is_given_back() -> None:
    one = uuid4()

    def other() -> bool:
        with turns.alone(Turn.IMPORTS, one) as ours:
            held = ours
        connections.close_all()
        return held

    with ThreadPoolExecutor(1) as pool:
        with turns.alone(Turn.IMPORTS, one) as ours:
            assert ours
            assert pool.submit(other).result() is False
            # Who did not get it gave nothing back.
            assert pool.submit(other).result() is False
        assert pool.submit(other).result() is True
