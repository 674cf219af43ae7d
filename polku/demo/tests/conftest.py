"""One small world for all tests of this room: built once, and rolled back after the last."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from polku.demo import build as builder
from polku.foundation import clock
from polku.foundation.clock import HELSINKI


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what says nothing of the database's version: the rows are the same on every one."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.pages)


TUESDAY = datetime(2026, 11, 24, 10, 20, tzinfo=HELSINKI)


@pytest.fixture(scope="module")
def built(django_db_setup: None, django_db_blocker: Any) -> Iterator[builder.Report]:
    """The demo world as of a Tuesday morning. Do not use `db` beside it."""
    with django_db_blocker.unblock(), clock.at(TUESDAY), transaction.atomic():
        yield builder.build(password="vain testejä varten")
        transaction.set_rollback(True)
