"""`polku simulate`: the answer's form, its bytes, and what is refused with what to do."""

import argparse
import json
from typing import Any

import pytest

from polku.planning.simulation import assumptions, command, finland
from polku.planning.simulation.scenarios import SCENARIOS

NAMES = (
    "baseline", "double-inflow", "caseload-80", "caseload-150", "caseload-250", "coach-absent",
    "fixed-rhythm", "own-rhythm",
)  # fmt: skip
MEASURES = {
    "weeks_employed", "weeks_unemployed", "share_inside_window", "days_to_first_contact",
    "statutory_dates_missed", "weeks_waiting_for_place", "share_with_follow_on",
}  # fmt: skip
SMALL = ("--weeks", "30", "--clients", "200")


def simulate(*words: str) -> int:
    """Run `polku simulate` and return its exit status."""
    parser = argparse.ArgumentParser(prog="polku simulate")
    command.add_arguments(parser)
    return command.run(parser.parse_args(words))


def answered(capsys: pytest.CaptureFixture[str], *words: str) -> dict[str, Any]:
    assert simulate(*words, "--json") == 0
    told = capsys.readouterr()
    assert told.err == "" and told.out.count("\n") == 1
    found: dict[str, Any] = json.loads(told.out)
    return found


def test_the_answer_is_as_the_format_says(capsys: pytest.CaptureFixture[str]) -> None:
    found = answered(
        capsys, "--scenario", "caseload-80", "--against", "caseload-250", *SMALL, "--seed", "9"
    )
    assert (found["seed"], found["weeks"], found["clients"]) == (9, 30, 200)
    assert list(found["scenarios"]) == ["caseload-80", "caseload-250"]
    for measures in (*found["scenarios"].values(), found["difference"]):
        assert set(measures) == MEASURES
        for one in measures.values():
            assert set(one) == {"mean", "low", "high"} and one["low"] <= one["mean"] <= one["high"]
    mine, theirs = found["scenarios"].values()
    for name, one in found["difference"].items():
        assert one["mean"] == pytest.approx(mine[name]["mean"] - theirs[name]["mean"], abs=2e-6)
    assert found["difference"]["share_inside_window"]["low"] > 0


def test_the_same_seed_gives_the_same_bytes(capsys: pytest.CaptureFixture[str]) -> None:
    told = []
    for seed in ("3", "3", "4"):
        assert simulate("--scenario", "baseline", *SMALL, "--seed", seed, "--json") == 0
        told.append(capsys.readouterr().out)
    assert told[0] == told[1] and told[0].replace('"seed": 3', '"seed": 4') != told[2]


@pytest.mark.parametrize("name", [*NAMES, *(one for one in SCENARIOS if one not in NAMES)])
def test_every_scenario_runs(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    found = answered(capsys, "--scenario", name, *SMALL)
    assert list(found["scenarios"]) == [name] and found["difference"] == {}


def test_scenarios_and_measures_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert simulate("--list") == 0
    told = capsys.readouterr().out
    assert all(name in told for name in (*NAMES, *MEASURES))
    found = answered(capsys, "--list")
    assert set(found["measures"]) == MEASURES and set(NAMES) <= set(found["scenarios"])


def test_every_input_is_told_with_its_range_and_source(capsys: pytest.CaptureFixture[str]) -> None:
    found = {
        one["name"]: one
        for one in answered(capsys, "--scenario", "baseline", *SMALL)["assumptions"]
    }
    missing = [
        f"{part}.{name}" if part else name
        for part, holder in (("", finland.WORLD), *vars(finland.WORLD).items())
        if hasattr(holder, "__dataclass_fields__")
        for name, value in vars(holder).items()
        if not hasattr(value, "__dataclass_fields__")
        and (f"{part}.{name}" if part else name) not in found
    ]
    assert missing == []
    for one in found.values():
        assert len(one["source"]) > 20
        if isinstance(one["value"], int | float):
            assert one["low"] <= one["value"] <= one["high"], one["name"]
    assumed = [one for one in found.values() if assumptions.ASSUMED in one["source"]]
    assert 10 < len(assumed) < len(found)


def test_an_area_brings_its_caseload(capsys: pytest.CaptureFixture[str]) -> None:
    words = ("--scenario", "baseline", "--weeks", "20")
    lahti = answered(capsys, *words, "--area", "19")
    assert lahti == answered(capsys, *words, "--area", "398")
    plain = answered(capsys, *words, "--clients", str(lahti["clients"]))
    inside = [one["scenarios"]["baseline"]["share_inside_window"]["mean"] for one in (lahti, plain)]
    assert inside[0] < inside[1]
    assert any("20,000" in one["source"] for one in lahti["assumptions"])
    assert answered(capsys, *words, "--area", "316")["clients"] == 250
    assert answered(capsys, *words, "--area", "316", "--clients", "90")["clients"] == 90


def test_the_fewest_clients_are_met_at_all(capsys: pytest.CaptureFixture[str]) -> None:
    found = answered(capsys, "--scenario", "caseload-250", "--clients", "20", "--weeks", "60")
    assert found["scenarios"]["caseload-250"]["days_to_first_contact"]["mean"] < 30


def test_people_get_a_table(capsys: pytest.CaptureFixture[str]) -> None:
    assert simulate("--scenario", "baseline", "--against", "double-inflow", *SMALL) == 0
    told = capsys.readouterr().out
    assert all(measure in told for measure in MEASURES) and "difference" in told
    assert "assumptions" in told and "Not a forecast" in told


REFUSED = [
    ([], "--scenario is missing", "--list"),
    (["--scenario", "baselin"], "'baselin' is not known", "Choose one of baseline"),
    (["--scenario", "baseline", "--against", "x"], "--against: 'x' is not known", "own-rhythm"),
    (["--scenario", "baseline", "--weeks", "0"], "--weeks", "from 1 to 520"),
    (["--scenario", "baseline", "--weeks", "10000"], "--weeks", "not 10,000"),
    (["--scenario", "baseline", "--clients", "0"], "--clients", "from 20 to 500,000"),
    (["--scenario", "baseline", "--clients", "19"], "--clients", "not 19"),
    (["--scenario", "baseline", "--clients", "-5"], "--clients", "not -5"),
    (["--scenario", "baseline", "--clients", "9000000"], "--clients", "from 20 to 500,000"),
    (["--scenario", "baseline", "--seed", "-1"], "--seed", "from 0"),
    (["--scenario", "baseline", "--seed", str(2**63)], "--seed", "from 0"),
    (["--scenario", "baseline", "--area", "99"], "--area", "such as 19"),
    (["--scenario", "baseline", "--area", "T-LAHTI"], "--area", "such as 398"),
    (["--scenario", "x", "--weeks", "0", "--seed", "-1"], "--weeks", "--seed"),
]


@pytest.mark.parametrize(("words", "named", "to_do"), REFUSED)
def test_bad_input_is_refused_in_words(
    words: list[str], named: str, to_do: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert simulate(*words) == 1
    told = capsys.readouterr()
    assert told.out == "" and named in told.err and to_do in told.err


def test_what_is_no_number_is_wrong_usage() -> None:
    with pytest.raises(SystemExit) as stopped:
        simulate("--scenario", "baseline", "--weeks", "many")
    assert stopped.value.code == 2


def test_the_week_in_the_loop_gives_the_same_bytes_and_is_named(
    capsys: pytest.CaptureFixture[str],
) -> None:
    asked = ("--scenario", "coach-absent", "--against", "baseline", "--weeks", "12",
             "--clients", "150")  # fmt: skip
    told = [answered(capsys, *asked, "--planner", "week") for _ in range(2)]
    assert told[0] == told[1] and "polku week" in told[0]["planner"]
    assert "over 4 runs" in told[0]["interval"]
    plain = answered(capsys, *asked)
    assert "planner" not in plain and "over 20 runs" in plain["interval"]
    assert plain["scenarios"] != told[0]["scenarios"]


def test_an_unknown_planner_is_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        simulate("--scenario", "baseline", "--planner", "guess")
    assert ended.value.code == 2 and "deadline" in capsys.readouterr().err
