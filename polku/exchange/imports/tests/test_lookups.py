"""Lists go to the database as one text, and come back out of it as they were."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import connection

from polku.exchange.imports.lookups import _array


@pytest.mark.parametrize(
    ("kind", "items"),
    [
        ("text[]", []),
        ("text[]", ["", "a,b", 'say "so"', "back\\slash", "{curly}", "NULL", " ä ", "%s", "it's"]),
        ("int[]", [1, -5, 100_000]),
        ("date[]", [date(1990, 5, 4), date(2026, 11, 29)]),
    ],
)
@pytest.mark.django_db
def test_an_array_is_read_as_it_was_given(kind: str, items: list[Any]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT %s::{kind}", [_array(items)])
        assert cursor.fetchone()[0] == items


@pytest.mark.django_db
def test_bytes_go_as_hexadecimal_digits() -> None:
    codes = [bytes(range(256)), b"\\x00", b""]
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s::bytea[]", [_array(f"\\x{code.hex()}" for code in codes)])
        assert [bytes(code) for code in cursor.fetchone()[0]] == codes
