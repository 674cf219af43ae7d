"""Problems of any shape, drawn by hypothesis: ties, empty rows, closed places, fixed and kept."""

import numpy as np
from hypothesis import strategies as st

from polku.planning.matching.problem import Floor, Problem


def problem_of(rows: list[dict[int, int]], capacity: list[int], **more: object) -> Problem:
    """Build a problem from each client's {place: score}."""
    start = np.cumsum([0, *map(len, rows)]).astype(np.int64)
    place = np.array([j for row in rows for j in row], np.int32)
    score = np.array([s for row in rows for s in row.values()], np.int32)
    for name in ("fixed", "keep"):
        if name in more:
            more[name] = np.array(more[name], np.int32).reshape(-1, 2)
    return Problem(start, place, score, np.array(capacity, np.int32), **more)  # type: ignore[arg-type]


@st.composite
def problems(
    draw: st.DrawFn, *, floor: bool = False, most_clients: int = 14, most_places: int = 7
) -> Problem:
    """Draw a problem that is sound."""
    places = draw(st.integers(1, most_places))
    top = draw(st.sampled_from([1, 2, 4, 60, 1_000_000]))
    row = st.dictionaries(st.integers(0, places - 1), st.integers(1, top), max_size=places)
    rows = draw(st.lists(row, min_size=1, max_size=most_clients))
    capacity = draw(st.lists(st.integers(0, 4), min_size=places, max_size=places))
    pairs = [(i, j) for i, row in enumerate(rows) for j in row]
    fixed: list[tuple[int, int]] = []
    left = list(capacity)
    for i, j in draw(st.lists(st.sampled_from(pairs), max_size=4, unique=True)) if pairs else []:
        if left[j] and i not in dict(fixed):
            fixed.append((i, j))
            left[j] -= 1
    keep = draw(st.lists(st.sampled_from(pairs), max_size=5, unique=True)) if pairs else []
    more: dict[str, object] = {"fixed": fixed, "keep": keep, "keep_bonus": draw(st.integers(0, 30))}
    if floor:
        group = np.array(draw(st.lists(st.booleans(), min_size=len(rows), max_size=len(rows))))
        group[draw(st.integers(0, len(rows) - 1))] = True
        more["floor"] = Floor(group, draw(st.sampled_from([0.5, 0.9, 0.97, 1.0])))
    return problem_of(rows, capacity, **more)


def large(
    clients: int, places: int, each: int, *, levels: int | None = None, seed: int = 1
) -> Problem:
    """Draw a problem with `each` edges a client among neighbouring places (arrays, seeded)."""
    chance = np.random.default_rng(seed)
    steps = chance.integers(1, 4, (clients, each)).cumsum(axis=1)
    place = (chance.integers(0, places, (clients, 1)) + steps) % places
    score = 1 + chance.integers(0, 300, places)[place] + chance.integers(0, 700, place.shape)
    if levels:
        score = 1 + score * levels // 1_001
    seats = chance.integers(0, 2 * clients // places + 1, places)
    start = np.arange(0, clients * each + 1, each)
    return Problem(
        start, place.ravel().astype(np.int32), score.ravel().astype(np.int32),
        seats.astype(np.int32),
    )  # fmt: skip
