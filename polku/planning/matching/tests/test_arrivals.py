"""Arrivals: answered batch by batch, and nearly as well as if the year were known."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from polku.planning.matching import solving
from polku.planning.matching.arrivals import Stream, joined
from polku.planning.matching.problem import Problem
from polku.planning.matching.tests import years
from polku.planning.matching.tests.asking import match

FIRST = {
    "format": "polku-arrivals/1",
    "places": [{"id": "p", "capacity": 1}],
    "horizon": 2,
    "history": [
        [
            {"clients": [{"id": "a"}], "edges": [["a", "p", 5]]},
            {"clients": [{"id": "b"}], "edges": [["b", "p", 900]]},
        ]
    ],
}


def batch(client: str, score: int) -> dict[str, Any]:
    return {"clients": [{"id": client}], "edges": [[client, "p", score]]}


def test_shadow_prices_come_near_the_optimum_in_hindsight() -> None:
    size = {"weeks": 16, "a_week": 12, "places": 24}
    past = [years.year(seed, world=2, **size) for seed in range(1, 5)]
    now, seats = years.year(99, world=2, **size), years.seats(share=0.6, **size)
    whole = joined(now)
    best = solving.solve(Problem(whole.start, whole.place, whole.score, seats)).objective
    priced = years.played(Stream(seats, 16, past, samples=6), now)
    greedy = years.played(Stream(seats, 16, past, samples=0), now)
    assert priced > 0.97 * best and greedy < 0.94 * best


def test_each_batch_is_answered_before_the_next_is_read() -> None:
    """A real pipe: the second batch is written only when the first was answered."""
    words = [sys.executable, "-m", "polku", "match", "--arrivals"]
    with subprocess.Popen(
        words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as running:
        assert running.stdin is not None and running.stdout is not None
        answers = []
        for line in (FIRST, batch("x", 10), batch("y", 800)):
            running.stdin.write(json.dumps(line) + "\n")
            running.stdin.flush()
            if line is not FIRST:
                answers.append(json.loads(running.stdout.readline()))
        running.stdin.close()
        assert running.wait(60) == 0
    # The seat waits for somebody for whom it is worth more, as in the year before.
    assert answers == [{"batch": 1, "pairs": []}, {"batch": 2, "pairs": [["y", "p"]]}]


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ([{}], "line 1"),
        ([FIRST | {"horizon": 0}], "horizon"),
        ([FIRST | {"history": [[batch("a", 0)]]}], "history[0][0].edges[0]"),
        ([FIRST, {"clients": []}], "line 2"),
        ([FIRST, batch("x", 10), {"clients": [], "edges": [["x", "p", 1]]}], "line 3.edges[0]"),
    ],
)
def test_a_line_that_is_wrong_is_named(
    lines: list[Any], said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = tmp_path / "stream"
    source.write_text("".join(json.dumps(line) + "\n" for line in lines))
    assert match("--arrivals", "--problem", str(source)) == 1
    told = capsys.readouterr()
    assert said in told.err
    assert len(told.out.splitlines()) == max(len(lines) - 2, 0)
