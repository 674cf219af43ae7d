"""`polku match`: what is answered, and what is refused with its place in the file."""

import json
import time
from pathlib import Path
from typing import Any

import pytest

from polku.planning.faults import MOST
from polku.planning.matching import command
from polku.planning.matching.tests.asking import match
from polku.planning.tests.commanding import asked, is_refused, leaves_nothing

SOUND: dict[str, Any] = {
    "format": "polku-match/1",
    "places": [{"id": "p1", "capacity": 2}, {"id": "p2", "capacity": 1}],
    "clients": [{"id": "c1", "group": "g"}, {"id": "c9"}, {"id": "c3"}],
    "edges": [["c1", "p1", 730], ["c9", "p1", 510], ["c3", "p1", 400], ["c1", "p2", 700]],
    "fixed": [["c9", "p1"]],
    "keep": [["c1", "p1"]],
    "keep_bonus": 20,
}


def test_the_answer_is_as_the_format_says(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, written, said = asked(match, tmp_path, SOUND, capsys)
    answer = json.loads(written)
    assert (status, said) == (0, "")
    assert answer["format"] == "polku-match-result/1"
    assert sorted(answer["pairs"]) == [["c1", "p2"], ["c3", "p1"], ["c9", "p1"]]
    assert answer["objective"] == answer["objective_with_keep"] == answer["bound"] == 1_610
    assert answer["status"] == "optimal" and answer["solver"].startswith("polku-auction")
    assert answer["prices"] == {"p1": 50, "p2": 0}
    assert answer["seconds"] >= 0 and answer["seconds_reading"] >= 0


def test_why_not_tells_codes_and_points(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    problem = SOUND | {"keep": [], "edges": [*SOUND["edges"], ["c3", "p2", 100]]}
    status, written, _ = asked(match, tmp_path, problem, capsys, "--why-not", "c3")
    told = json.loads(written)["why_not"]
    assert status == 0 and (told["client"], told["place"]) == ("c3", "p1")
    by_place = {one["place"]: one for one in told["places"]}
    assert by_place["p1"]["reasons"] == [{"code": "proposed", "points": 0}]
    # 700 + 400 + 510 against 730 + 100 + 510.
    assert by_place["p2"]["lost_if_forced"] == 270
    assert {one["code"] for one in by_place["p2"]["reasons"]} == {"full", "higher"}


def test_why_not_tells_the_score_apart_from_the_bonus_for_keeping(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, written, _ = asked(match, tmp_path, SOUND, capsys, "--why-not", "c1")
    by_place = {one["place"]: one for one in json.loads(written)["why_not"]["places"]}
    assert status == 0
    assert (by_place["p1"]["score"], by_place["p1"]["keep_bonus"]) == (730, 20)
    assert (by_place["p2"]["score"], by_place["p2"]["keep_bonus"]) == (700, 0)


@pytest.mark.parametrize("clients", [[], [{"id": "c1"}]])
def test_a_seat_that_nobody_wants_costs_nothing(
    clients: list[Any], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    problem = {
        "format": "polku-match/1", "clients": clients, "edges": [],
        "places": [{"id": "p1", "capacity": 2}, {"id": "p2", "capacity": 0}],
    }  # fmt: skip
    status, written, _ = asked(match, tmp_path, problem, capsys)
    answer = json.loads(written)
    assert (status, answer["status"], answer["bound"]) == (0, "optimal", 0)
    assert answer["prices"] == {"p1": 0, "p2": 0}


def test_reading_is_told_without_the_start_of_the_solver(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(command, "warm_solver", lambda: time.sleep(0.3))
    status, written, _ = asked(match, tmp_path, SOUND, capsys)
    assert status == 0 and json.loads(written)["seconds_reading"] < 0.2


def test_a_floor_comes_with_its_price(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    problem = {
        "format": "polku-match/1",
        "places": [{"id": "p", "capacity": 1}],
        "clients": [{"id": "a", "group": "g"}, {"id": "b"}],
        "edges": [["a", "p", 60], ["b", "p", 90]],
        "floor": {"group": "g", "share_of_overall": 0.97},
    }
    status, written, _ = asked(match, tmp_path, problem, capsys)
    answer = json.loads(written)
    assert status == 0 and answer["pairs"] == [["a", "p"]]
    assert answer["status"] == "feasible" and answer["floor"]["price"] > 0
    assert answer["objective"] == 60 <= answer["bound"]


REFUSED: list[tuple[dict[str, Any] | str, list[str]]] = [
    ("{", ["line 1, column 2"]),
    ("[]", ["the file:"]),
    ('{"format": "polku-match/1", "places": [], "clients": [], "edges": NaN}', ["NaN"]),
    ("[" * 100_000, ["nested too deeply"]),
    ({"format": "polku-match/2"}, ["format:"]),
    ({"edges": None}, ["edges:"]),
    ({"edges": {}}, ["edges:"]),
    ({"places": [{"id": "p1", "capacity": -1}, {"id": "p2"}]}, ["places[0]:", "places[1]:"]),
    ({"places": [{"id": "p1", "capacity": 1.0}, "p2"]}, ["places[0]:", "places[1]:"]),
    ({"places": [{"id": "p1", "capacity": 1}] * 2}, ["places[1]:"]),
    ({"clients": [{"id": "c1"}, {"id": "c1"}, {"id": 7}]}, ["clients[1]:", "clients[2]:"]),
    ({"edges": [["c1", "p1", 1], ["c1", "p1", 2]]}, ["edges[1]: the pair has an edge already"]),
    ({"edges": [["c1", "p7", 1]]}, ['edges[0]: the place "p7" is not known']),
    ({"edges": [["c7", "p1", 1]]}, ['edges[0]: the client "c7" is not known']),
    ({"edges": [["c1", ["p1"], 1]]}, ["edges[0]:"]),
    ({"edges": [["c1", "p1"]]}, ["edges[0]: must be [client, place, score]"]),
    ({"edges": [["c9", "p1", 0], ["c1", "p1", 1.5], ["c1", "p2", 10**7], ["c3", "p1", True]]},
     ["edges[0]: the score", "edges[1]: the score", "edges[2]: the score", "edges[3]: the score"]),
    ({"fixed": [["c3", "p2"]]}, ["fixed[0]: the pair has no edge"]),
    ({"fixed": [["c1", "p1"], ["c1", "p2"]]}, ["fixed[1]: the client is fixed"]),
    ({"fixed": [["c1", "p1"], ["c9", "p1"], ["c3", "p1"]]}, ["fixed[2]: the place has 2 seats"]),
    ({"keep": [["c1", "nowhere"]]}, ["keep[0]:"]),
    ({"keep_bonus": -1}, ["keep_bonus:"]),
    ({"floor": {"group": "h", "share_of_overall": 0.9}}, ["floor:"]),
    ({"floor": {"group": "g", "share_of_overall": 2}}, ["floor:"]),
    ({"kept": []}, ["kept: is not a field"]),
    ('{"format": "polku-match/1", "places": [{"id": "p1", "capacity": 1, "capacity": 2}], '
     '"clients": [], "clients": [], "edges": []}',
     ['places[0]: the key "capacity" is there twice', 'the file: the key "clients" is there']),
]  # fmt: skip


@pytest.mark.parametrize(("change", "named"), REFUSED)
def test_bad_input_is_refused_with_its_place(
    change: dict[str, Any] | str, named: list[str], tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    problem = change if isinstance(change, str) else SOUND | change
    is_refused(match, tmp_path, problem, named, capsys)


def test_all_faults_are_told_up_to_a_bound(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    problem = SOUND | {"edges": [["c1", "p1", 0]] * 500, "fixed": [], "keep": []}
    status, _, said = asked(match, tmp_path, problem, capsys)
    assert status == 1 and len(said.strip().splitlines()) == MOST + 1
    assert "edges[49]" in said and f"and {500 - MOST} more" in said


def test_an_unknown_client_and_a_missing_file_are_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert asked(match, tmp_path, SOUND, capsys, "--why-not", "c7")[0] == 1
    assert match("--problem", str(tmp_path / "none.json")) == 1
    with pytest.raises(SystemExit) as stopped:
        match("--nonsense")
    assert stopped.value.code == 2


def test_a_result_that_cannot_be_written_leaves_nothing(tmp_path: Path) -> None:
    leaves_nothing(match, tmp_path, SOUND)
