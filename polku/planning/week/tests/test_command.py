"""`polku week`: what is answered, and what is refused with its place in the file."""

import json
from pathlib import Path
from typing import Any

import pytest

from polku.planning.faults import MOST
from polku.planning.tests.commanding import asked, is_refused, leaves_nothing
from polku.planning.week import command
from polku.planning.week.tests.asking import ask

ONE: dict[str, Any] = {
    "id": "c1", "slots": 2, "must": True, "promised": False,
    "starts": [[0, 4, 310], [0, 5, 300]], "keep": [0, 4],
}  # fmt: skip
TWO: dict[str, Any] = {"id": "c2", "slots": 1, "starts": [[0, 5, 90], [1, 0, 40]]}
SOUND: dict[str, Any] = {
    "format": "polku-week/1", "days": 5, "slots_per_day": 24, "slot_minutes": 15,
    "busy": [[0, 0, 4]], "meetings": [ONE, TWO], "keep_bonus": 300,
}  # fmt: skip


def answered(
    folder: Path, change: dict[str, Any], capsys: pytest.CaptureFixture[str], *words: str
) -> dict[str, Any]:
    status, written, said = asked(ask, folder, SOUND | change, capsys, *words)
    assert (status, said) == (0, "")
    return dict(json.loads(written))


def test_the_answer_is_as_the_format_says(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    answer = answered(tmp_path, {}, capsys)
    assert answer["format"] == "polku-week-result/1"
    assert answer["bookings"] == [["c1", 0, 4], ["c2", 1, 0]]
    assert (answer["missed_musts"], answer["missed_promised"]) == (0, 0)
    assert (answer["value"], answer["value_with_keep"]) == (350, 650)
    assert answer["seconds"] >= 0 and answer["why_not"] == [] and "bound" not in answer
    assert [one["id"] for one in answer["why"]] == ["c1", "c2"]
    assert answer["why"][1] == {
        "id": "c2", "reason": "benefit", "kept": False, "below_best": 50, "instead": ["must"]
    }  # fmt: skip


def test_the_bound_is_told_where_it_is_asked_for(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    answer = answered(tmp_path, {}, capsys, "--bound")
    assert answer["bound"] == 650 and answer["bound_missed_musts"] == 0
    assert answer["seconds_bound"] >= 0


def test_what_is_not_booked_has_its_reason(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    three = {"id": "c3", "slots": 2, "promised": True, "starts": [[0, 5, 900], [0, 2, 1]]}
    answer = answered(tmp_path, {"meetings": [ONE, TWO, three], "days": 2}, capsys)
    assert answer["missed_promised"] == 1
    told = answer["why_not"][0]
    assert (told["id"], told["reason"], told["to"], told["short"]) == ("c3", "lost", "must", None)
    assert told["starts"] == {"busy": 1, "must": 1}
    assert told["would_help"] == [
        {"code": "free", "slots": 2, "day": 0, "slot": 2, "what": ["busy"]},
        {"code": "other_time", "slots": 2, "day": 0, "slot": 6},
    ]


HANDLED: list[tuple[dict[str, Any], list[list[Any]], dict[str, str]]] = [
    # Absences that overlap, and one that reaches past the day.
    ({"busy": [[0, 0, 5], [0, 3, 9], [0, 20, 40]]}, [["c2", 1, 0]], {"c1": "no_free_start"}),
    # A calendar of zero hours, in three ways.
    ({"days": 0}, [], {"c1": "no_free_start", "c2": "no_free_start"}),
    ({"slots_per_day": 0, "busy": []}, [], {"c1": "no_free_start", "c2": "no_free_start"}),
    ({"busy": [[day, 0, 24] for day in range(5)]}, [],
     {"c1": "no_free_start", "c2": "no_free_start"}),
    # A client with no free time.
    ({"meetings": [ONE | {"starts": []}, TWO]}, [["c2", 0, 5]], {"c1": "no_starts"}),
    ({"meetings": []}, [], {}),
    # What was proposed is a start no more.
    ({"meetings": [ONE | {"keep": [3, 3]}]}, [["c1", 0, 4]], {}),
    # A start at which the meeting would end after the day.
    ({"meetings": [TWO | {"slots": 2, "starts": [[0, 23, 900]]}]}, [], {"c2": "no_free_start"}),
    # Focus, notes, a resource, a person's gap, a confirmed booking.
    ({"focus": [[0, 4, 1]]}, [["c1", 0, 5], ["c2", 1, 0]], {}),
    ({"buffer": 1, "meetings": [ONE, TWO | {"starts": [[0, 6, 9], [0, 7, 1]]}]},
     [["c1", 0, 4], ["c2", 0, 7]], {}),
    ({"buffer": 1, "meetings": [ONE | {"buffer": 0}, TWO | {"starts": [[0, 6, 9], [0, 7, 1]]}]},
     [["c1", 0, 4], ["c2", 0, 6]], {}),
    ({"resources": [{"id": "r", "busy": [[0, 4, 1]]}], "meetings": [ONE | {"needs": ["r"]}, TWO]},
     [["c1", 0, 5], ["c2", 1, 0]], {}),
    ({"meetings": [ONE | {"person": "x"}, TWO | {"person": "x", "gap_days": 2}]},
     [["c1", 0, 4]], {"c2": "lost"}),
    ({"meetings": [ONE, TWO | {"gap_days": 7, "last_day": -6}]}, [["c1", 0, 4], ["c2", 1, 0]], {}),
    ({"meetings": [ONE | {"fixed": [0, 5]}, TWO]}, [["c1", 0, 5], ["c2", 1, 0]], {}),
]  # fmt: skip


@pytest.mark.parametrize(("change", "bookings", "reasons"), HANDLED)
def test_odd_weeks_are_handled_and_explained(
    change: dict[str, Any], bookings: list[list[Any]], reasons: dict[str, str], tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    answer = answered(tmp_path, change, capsys)
    assert answer["bookings"] == bookings
    assert {one["id"]: one["reason"] for one in answer["why_not"]} == reasons


REFUSED: list[tuple[dict[str, Any] | str, list[str]]] = [
    ("{", ["line 1, column 2"]),
    ("[]", ["the file:"]),
    ('{"format": "polku-week/1", "days": NaN}', ["NaN"]),
    ("[" * 100_000, ["nested too deeply"]),
    ({"format": "polku-week/2"}, ["format:"]),
    ({"meetings": None}, ["meetings:"]),
    ({"days": -1, "slots_per_day": 1.0}, ["days:", "slots_per_day:"]),
    ({"slot_minutes": 0, "keep_bonus": -1, "buffer": True}, ["slot_m", "keep_bonus:", "buffer:"]),
    ({"holidays": []}, ["holidays: is not a field"]),
    ({"busy": {}}, ["busy: must be a list"]),
    ({"busy": [[0, -1, 4], [0, 0, 0], [9, 0, 1], [0, 0]]},
     ["busy[0]: [0, -1] is outside", "busy[1]: must take 1 slot", "busy[2]:", "busy[3]: must be"]),
    ({"meetings": [ONE, ONE]}, ['meetings[1]: the id "c1" is there already']),
    ({"meetings": [{"id": 7}, "c", {"id": ""}]}, ["meetings[0]:", "meetings[1]:", "meetings[2]:"]),
    ({"meetings": [{"id": "a"}]}, ["meetings[0]: slots: is missing", "starts: is missing"]),
    ({"meetings": [ONE | {"slots": 0}]}, ["meetings[0]: slots: must be"]),
    ({"meetings": [ONE | {"slots": -2}]}, ["meetings[0]: slots: must be"]),
    ({"meetings": [ONE | {"must": 1}]}, ["meetings[0]: must: must be true or false"]),
    ({"meetings": [ONE | {"mode": "visit"}]}, ["meetings[0]: mode: is not a field"]),
    ({"meetings": [TWO | {"starts": [[0, -4, 1], [0, 24, 1], [5, 0, 1], [0, 0, 1.5], [0, 1]]}]},
     ["meetings[0].starts[0]: [0, -4] is outside", "starts[1]:", "starts[2]:",
      "starts[3]: the value", "starts[4]: must be [day, slot, value]"]),
    ({"meetings": [TWO | {"starts": [[0, 5, 1], [0, 5, 2]]}]},
     ["meetings[0].starts[1]: the start is there already"]),
    ({"meetings": [TWO | {"starts": [[0, 5, 10**7]]}]}, ["meetings[0].starts[0]: the value"]),
    ({"meetings": [ONE | {"keep": [0]}]}, ["meetings[0]: keep: must be [day, slot]"]),
    ({"meetings": [ONE | {"keep": [0, -1]}]}, ["meetings[0]: keep: [0, -1] is outside"]),
    ({"meetings": [ONE | {"fixed": [0, 7]}]}, ["meetings[0]: fixed: is none of"]),
    ({"meetings": [ONE | {"fixed": [0, 5]}, TWO | {"fixed": [0, 5]}]},
     ["meetings[1]: fixed: can't stay: the coach is not free"]),
    ({"busy": [[0, 5, 1]], "meetings": [ONE | {"fixed": [0, 5]}]}, ["meetings[0]: fixed: can't"]),
    ({"meetings": [TWO | {"needs": ["nobody"]}]}, ['meetings[0].needs[0]: the resource "nobody"']),
    ({"resources": [{"id": "r"}, {"id": "r"}, {"id": "s", "busy": [[0, 0, -1]]}]},
     ["resources[1]: the id", "resources[2].busy[0]: must take 1 slot"]),
    ({"meetings": [TWO | {"person": 7, "gap_days": -1, "last_day": 0}]},
     ["meetings[0]: person:", "meetings[0]: gap_days:", "meetings[0]: last_day:"]),
]  # fmt: skip


@pytest.mark.parametrize(("change", "named"), REFUSED)
def test_bad_input_is_refused_with_its_place(
    change: dict[str, Any] | str, named: list[str], tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    problem = change if isinstance(change, str) else SOUND | change
    is_refused(ask, tmp_path, problem, named, capsys)


def test_all_faults_are_told_up_to_a_bound(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, _, said = asked(ask, tmp_path, SOUND | {"busy": [[0, 0, 0]] * 500}, capsys)
    assert status == 1 and len(said.strip().splitlines()) == MOST + 1
    assert "busy[49]" in said and f"and {500 - MOST} more" in said


def test_a_missing_file_and_wrong_usage() -> None:
    assert ask("--problem", "no such file") == 1
    with pytest.raises(SystemExit) as stopped:
        ask("--nonsense")
    assert stopped.value.code == 2


def test_a_result_that_cannot_be_written_leaves_nothing(tmp_path: Path) -> None:
    leaves_nothing(ask, tmp_path, SOUND)


def test_a_plan_that_breaks_a_rule_is_not_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(command.checker, "problems_of", lambda problem, booked: ["overlaps"])
    with pytest.raises(RuntimeError, match="overlaps"):
        asked(ask, tmp_path, SOUND, capsys)
    assert [path.name for path in tmp_path.iterdir()] == ["problem.json"]


def test_the_same_file_gives_the_same_bytes(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """All but the times."""
    texts = []
    for _ in range(2):
        answer = answered(tmp_path, {}, capsys)
        texts.append({key: value for key, value in answer.items() if "seconds" not in key})
    assert json.dumps(texts[0]) == json.dumps(texts[1])
