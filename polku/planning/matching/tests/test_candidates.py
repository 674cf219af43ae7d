"""Three ways to the same candidates and scores: the kernel, the table, and the page's own."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from polku.planning.matching import one, rules
from polku.planning.matching.candidates import fast, table
from polku.planning.matching.rules import NO_POINT, Clients, Places
from polku.planning.matching.scores import POSSIBLE, Weights
from polku.planning.matching.tests.towns import world

POINTS = st.sampled_from([0, 60, 400])


@settings(max_examples=40, deadline=None)
@given(
    st.integers(1, 25), st.integers(1, 40), st.integers(1, 4), st.integers(0, 1_000),
    st.integers(1, 12), st.builds(Weights, travel=POINTS, wished_place=POINTS, strength=POINTS),
)  # fmt: skip
def test_the_kernel_is_the_table(
    clients: int, places: int, towns: int, seed: int, most: int, weights: Weights
) -> None:
    ours, theirs = world(clients, places, towns=towns, seed=seed)
    theirs.coarse[::7] = True
    quick, plain = (way.candidates(ours, theirs, weights, most) for way in (fast, table))
    for mine, other in zip(quick, plain, strict=True):
        assert mine.dtype == other.dtype and mine.tolist() == other.tolist()


@settings(max_examples=40, deadline=None)
@given(st.integers(1, 8), st.integers(1, 60), st.integers(1, 3), st.integers(0, 1_000))
def test_the_page_ranks_as_the_round_does(clients: int, places: int, towns: int, seed: int) -> None:
    ours, theirs = world(clients, places, towns=towns, seed=seed)
    start, place, score = fast.candidates(ours, theirs, Weights(), places)
    for client in range(clients):
        row = slice(start[client], start[client + 1])
        pairs = zip(place[row].tolist(), score[row].tolist(), strict=True)
        best = sorted(pairs, key=lambda pair: (-pair[1], pair[0]))[:10]
        told = one.ten_best(ours, client, theirs)
        assert [(each.place, each.score) for each in told] == best
        seen = one.look(ours, client, theirs)
        for each in told:
            assert sum(each.parts.values()) + POSSIBLE == each.score
            assert not seen.failed(each.place)
        assert all(seen.failed(j) for j in set(range(places)) - set(place[row].tolist()))


def alone(**client: object) -> tuple[Clients, Places]:
    """One client and two places, the second of which is far away."""
    none = np.zeros(1, np.uint64)
    whose: dict[str, object] = {
        "x": np.array([300_000]), "y": np.array([6_700_000]), "radius": np.array([10_000]),
        "hours": np.array([20], np.int32), "has": none, "rules_out": none, "strengths": none,
        "learning": none, "wished_tasks": none, "wished_kinds": none,
        "known_host": np.array([-1], np.int32), "wished": np.empty((0, 2), np.int32),
        "vetoed": np.empty((0, 2), np.int32),
    }  # fmt: skip
    word = np.zeros(2, np.uint64)
    places = Places(
        x=np.array([303_000, 390_000]), y=np.array([6_704_000, 6_700_000]),
        coarse=np.array([False, False]), hours=np.array([10, 10], np.int32), needs=word.copy(),
        traits=word.copy(), tasks=word.copy(), teaches=word.copy(), host=np.array([4, 5], np.int32),
    )  # fmt: skip
    return Clients(**{**whose, **client}), places  # type: ignore[arg-type]


def test_points_of_a_pair_by_component() -> None:
    tasks = np.array([0b111], np.uint64)
    client, places = alone(
        strengths=tasks, learning=tasks, wished_tasks=tasks, known_host=np.array([4], np.int32)
    )
    places.tasks[0], places.teaches[0] = 0b011, 0b100
    best = one.ten_best(client, 0, places)
    assert [each.place for each in best] == [0]
    # 3 km east and 4 km north is 5 km of 10.
    assert best[0].parts == {
        "wishes": 240, "strengths": 80, "learning": 40, "travel": 80, "continuity": 80
    }  # fmt: skip
    assert best[0].score == 521


@pytest.mark.parametrize(
    ("rule", "word", "number"),
    [("language", "needs", 3), ("licence", "needs", 0), ("host", "needs", 31),
     ("health", "traits", 15), ("legal", "traits", 2), ("veto", "traits", 31)],
)  # fmt: skip
def test_each_bit_names_its_rule(rule: str, word: str, number: int) -> None:
    mine = np.array([rules.bit(rule, number)], np.uint64)
    client, places = alone(**({"rules_out": mine} if word == "traits" else {}))
    getattr(places, word)[0] = mine[0]
    seen = one.look(client, 0, places)
    assert seen.failed(0).bits == {rule: (number,)} and not seen.passed[0]
    if word == "needs":
        assert one.look(alone(has=mine)[0], 0, places).passed[0]
    start, _, _ = fast.candidates(client, places, Weights())
    assert start.tolist() == [0, 0]


def test_a_veto_of_a_place_goes_before_the_wish_for_it() -> None:
    pair = np.array([[0, 0]], np.int32)
    client, places = alone(wished=pair, vetoed=pair)
    assert one.look(client, 0, places).failed(0).vetoed
    assert one.ten_best(client, 0, places) == []


def test_a_coarse_point_is_never_cut_by_travel_nor_is_a_client_without_one() -> None:
    client, places = alone()
    assert one.look(client, 0, places).failed(1).travel
    places.coarse[1] = True
    assert [each.place for each in one.ten_best(client, 0, places)] == [0, 1]
    places.coarse[1] = False
    nowhere, _ = alone(x=np.array([NO_POINT]), y=np.array([NO_POINT]))
    assert [each.place for each in one.ten_best(nowhere, 0, places)] == [0, 1]


def test_what_is_wished_for_comes_beyond_the_best_k() -> None:
    client, places = alone(radius=np.array([200_000]), wished=np.array([[0, 1]], np.int32))
    weights = Weights(wished_place=0)
    assert fast.candidates(client, places, weights, 1)[1].tolist() == [0, 1]
    without = alone(radius=np.array([200_000]))[0]
    assert fast.candidates(without, places, weights, 1)[1].tolist() == [0]


def test_only_places_with_room_are_ranked_if_that_is_asked() -> None:
    client, places = alone(radius=np.array([200_000]))
    room = np.array([False, True])
    assert [each.place for each in one.ten_best(client, 0, places, open_seats=room)] == [1]
