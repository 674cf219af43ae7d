"""Many tries at one moment do not slip past the count. On real connections."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from polku.foundation.door import limits
from polku.foundation.models import SignInTry
from polku.foundation.tests.coming_in import WRONG, password

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(times: int) -> None:
    """Guess Aino's password from as many addresses at the same moment."""

    def one(n: int) -> None:
        try:
            password(Client(REMOTE_ADDR=f"10.2.0.{n}"), "aino@example.org", WRONG)
        finally:
            connection.close()

    with ThreadPoolExecutor(times) as pool:
        list(pool.map(one, range(times)))


def counted() -> int:
    return SignInTry.objects.filter(bucket=limits.account("aino@example.org")).count()


def test_twelve_at_once_are_five(world: Any) -> None:
    at_once(12)
    assert counted() == limits.TRIES


def test_control_without_waiting_for_each_other_more_get_through(
    world: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "one_at_a_time", lambda _name: None)
    at_once(12)
    assert counted() > limits.TRIES
