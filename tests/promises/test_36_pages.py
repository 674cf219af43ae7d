"""Pages do not slow with data: `polku bench pages` works, and what it counts holds.

That statements do not grow from one client to two hundred is also held beside the pages
(polku/desk/tests/test_budget.py). The times are for a quiet machine, and for `polku bench pages`.
"""

import json
import os
import subprocess
import sys

import pytest

from bench import report
from polku.launch import for_tests, places
from tests.promises.promise import Promise, reached

PROMISE = Promise(
    36,
    "Pages do not slow with data",
    "at most 12 statements a page, the same at 1 and at 200 rows; no page reads a whole table",
    "3 000 clients with 30 000 contacts, measured by the benchmark itself",
)
FULL = 300_000


def _bench(clients, env, *words):
    command = [sys.executable, "-m", "polku", "bench", "pages", "--json", "--clients", str(clients)]
    done = subprocess.run(
        [*command, *words], cwd=places.CHECKOUT, env=env, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return json.loads(done.stdout)


def _counts_hold(found):
    for page, counts in found["statements"].items():
        assert max(counts.values()) <= 12, page
        assert counts["one"] == counts["many"], page
        # Whoever counted nothing would find nothing: session, user, role, register, entry.
        assert counts["one"] > 5, page


@pytest.fixture
def database(django_db_setup):
    """An empty database of this run, with all tables."""
    name = f"{os.environ['POLKU_DB_NAME']}_bench"
    for_tests.make_template()
    for_tests.clone(name)
    yield name
    for_tests.drop(name)


@pytest.mark.database
def test_the_benchmark_measures_the_pages_and_its_counts_hold(database):
    found = _bench(
        3_000, {**os.environ}, "--database", database,
        "--rounds", "2", "--each", "2", "--http", "1", "--seconds", "0.3",
    )  # fmt: skip
    assert (found["clients"], found["contacts"] >= 30_000) == (3_000, True)
    _counts_hold(found)
    assert all(timing["p50"] > 0 for timing in found["pages"].values())
    assert all(row["pages"] > 0 for row in found["http"].values())
    assert all(w["first"] <= 100_000 and w["rest"] <= 250_000 for w in found["first_load"].values())


def test_what_grows_or_reads_a_whole_table_is_told():
    found = {
        "pages": {"My day": {"times_bare": 4.5}, "client page": {"times_bare": 2.9}},
        "statements": {"My day": {"one": 7, "many": 206, "usual": 11}},
        "wide": {"My day": ["Seq Scan of contacts_contact: 3000000 rows"], "client page": []},
    }
    assert report.missed(found) == [
        "My day: 4.5 bare pages, asked 4",
        "My day: 206 statements, asked 12",
        "My day: 7 statements at one row, 206 at many",
        "My day: Seq Scan of contacts_contact: 3000000 rows",
    ]


@pytest.mark.torture(promise=36)
def test_no_page_reads_a_whole_table_at_full_size():
    outside = {k: v for k, v in os.environ.items() if not k.startswith(("POLKU_", "PYTEST_"))}
    found = _bench(FULL, {**outside, "POLKU_ENV": "demo"}, "--http", "0")
    _counts_hold(found)
    assert not any(found["wide"].values()), found["wide"]
    slowest = max(t["times_bare"] for t in found["pages"].values())
    reached(36, f"{max(max(c.values()) for c in found['statements'].values())} statements, "
                f"{slowest} bare pages, {found['contacts']} contacts")  # fmt: skip
