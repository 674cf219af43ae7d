"""What a web worker may load of the week stays light; the heavy parts come when they are asked."""

import subprocess
import sys

HEAVY = ("numba", "llvmlite", "polars", "ortools", "scipy", "pandas")
LIGHT = ("problem", "openings", "rows", "checker", "telling", "standing", "helping", "reasons",
         "document", "earliest")  # fmt: skip


def loaded_by(*modules: str, of: tuple[str, ...] = HEAVY) -> set[str]:
    """Return which libraries a fresh process has loaded after importing modules of the week."""
    names = ", ".join(f"polku.planning.week.{module}" for module in modules)
    program = f"import sys, {names}\nprint([m for m in {of} if m in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    return set(eval(done.stdout))


def test_pages_load_numpy_at_most() -> None:
    assert loaded_by(*LIGHT) == set()


def test_the_search_loads_numba_alone() -> None:
    assert loaded_by("solving") == {"numba", "llvmlite"}
    assert loaded_by("command") == {"numba", "llvmlite"}


def test_control_the_bound_is_heavy() -> None:
    assert "ortools" in loaded_by("bound")


def test_the_kernel_knows_no_framework() -> None:
    assert loaded_by("solving", "command", of=("django", "psycopg", "polku.foundation")) == set()
