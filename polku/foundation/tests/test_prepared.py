"""Reads that are worded once: what is handed to the database is what Django would hand it."""

import pytest
from django.db import connection

from polku.foundation import prepared


@pytest.mark.django_db
def test_a_numbered_statement_says_what_django_would_say() -> None:
    sql = "SELECT %s::text, 'a%%b' LIKE %s, 7 %% 4, %s::int"
    given = ["%s", "a\\%%", 3]
    with connection.cursor() as cursor:
        cursor.execute(sql, given)
        expected = cursor.fetchall()
    with prepared.cursor(prepared._Numbered) as cursor:
        cursor.execute(sql, given)
        assert cursor.fetchall() == expected == [("%s", True, 3, 3)]


def test_a_place_of_another_kind_is_refused() -> None:
    with pytest.raises(KeyError):
        prepared._numbered("SELECT %d")
