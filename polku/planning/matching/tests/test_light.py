"""What a web worker loads stays light."""

import subprocess
import sys

HEAVY = ("numba", "llvmlite", "polars", "ortools", "scipy", "pandas")
LIGHT = (
    "polku.planning.matching",
    "polku.planning.matching.one",
    "polku.planning.matching.rules",
    "polku.planning.matching.scores",
    "polku.planning.matching.problem",
    "polku.planning.matching.checker",
    "polku.planning.matching.audit",
)


def loaded_by(*modules: str) -> set[str]:
    """Return which heavy libraries a fresh process has loaded after importing modules."""
    program = f"import sys, {', '.join(modules)}\nprint([m for m in {HEAVY} if m in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    return set(eval(done.stdout))


def test_pages_load_numpy_at_most() -> None:
    assert loaded_by(*LIGHT) == set()


def test_control_the_solver_is_heavy() -> None:
    assert {"numba", "ortools"} <= loaded_by(
        "polku.planning.matching.solving", "polku.planning.matching.reference"
    )


def test_a_round_loads_or_tools_only_when_it_hands_over() -> None:
    assert loaded_by("polku.planning.matching.solving") == {"numba", "llvmlite"}
