"""The furnished house for the tests that go over all pages."""

import logging
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import cache
from typing import Any

import pytest

from polku.foundation import clock, crypto
from tests.promises.browsing import browser, engine, lodge, lodging, look
from tests.promises.house import House

__all__ = ["browser", "engine", "house", "lodge", "lodging", "look", "moment"]

# What these show is what pages and rules of ours do with an answer of the database, whichever
# version gives it: they go over everything once a run, on the embedded PostgreSQL, not on the
# oldest one too. Walls, races, backups and killed workers are tried on both, and every migration
# goes forward on both before the first test.
OF_PAGES = {
    "test_01_isolation", "test_05_permission_table", "test_06_fields",
    "test_07_no_mass_assignment", "test_11_places_looked_at", "test_12_no_script_runs",
    "test_13_policy", "test_15_imports", "test_22_places", "test_23_places_in_any_order",
    "test_24_all_or_nothing", "test_32_time_is_one", "test_33_appointments_dst",
    "test_33_places_dst", "test_34_calendar_edges", "test_36_pages", "test_40_migrations",
    "test_45_on_record", "test_49_faults_and_browser", "test_49_no_person_in_logs",
    "test_50_places", "test_50_safety_ban", "test_58_errors",
}  # fmt: skip


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what goes over pages alone."""
    for item in items:
        if item.path.parent.name == "promises" and item.path.stem in OF_PAGES:
            item.add_marker(pytest.mark.pages)


# A weekday morning in Helsinki, so that nothing depends on the hour of the run.
MOMENT = datetime(2026, 5, 12, 6, 0, tzinfo=UTC)


@pytest.fixture
def moment() -> Iterator[datetime]:
    """Stop the clock, so that two runs of the same thing write the same times."""
    with clock.at(MOMENT):
        yield MOMENT


@cache
def _printing_once() -> Callable[[str], bytes]:
    # Heavy: loaded where pages are gone through, and not for the other tests here.
    from polku.paths import printing

    return cache(printing.printed)


@pytest.fixture
def house(moment: datetime, world: Any, settings: Any, monkeypatch: pytest.MonkeyPatch) -> House:
    """Return the house with everything in it, and with the pages that only the demo shows."""
    settings.DEMO = True
    # Each way through all pages meets the same papers, and setting one takes half a second.
    monkeypatch.setattr("polku.paths.printing.printed", _printing_once())
    # Answers are judged by the tests; what is logged of refusals would fill the screen.
    logging.getLogger("django.request").setLevel(logging.CRITICAL)
    crypto.forget_keys()
    return House(world)
