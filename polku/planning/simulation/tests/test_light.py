"""What is read without running stays light."""

from polku.planning.matching.tests.test_light import loaded_by

LIGHT = tuple(
    f"polku.planning.simulation{name}"
    for name in (
        "", ".world", ".policy", ".scenarios", ".finland", ".assumptions", ".people", ".calendars",
        ".columns", ".measures", ".planner", ".reference", ".expected", ".areas", ".command",
        ".whatif",
    )
)  # fmt: skip


def test_numpy_at_most() -> None:
    assert loaded_by(*LIGHT) == set()


def test_control_running_is_heavy() -> None:
    assert loaded_by("polku.planning.simulation.running") == {"numba", "llvmlite"}
