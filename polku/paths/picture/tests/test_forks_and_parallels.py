"""What the lines mean: alternatives part, overlaps part and join, what was left ends short."""

from datetime import date

from polku.paths.picture import Layout, Links, Station, layout_tall, layout_wide
from polku.paths.picture.lives import FINNISH, LIVES, TODAY
from polku.paths.picture.order import overlap, zones
from polku.paths.picture.route import Aside, Block, Fold, Router, Single

MIRJA = LIVES["Mirja, 52, keittiötyöhön"]


def step(key: str, state: str = "done", theme: str = "work", **more: object) -> Station:
    return Station(key=key, label=key, theme=theme, state=state, **more)  # type: ignore[arg-type]


def route(*stations: Station) -> list[object]:
    router = Router(zones(stations, show_ended=True), FINNISH, Links(), TODAY)
    return list(router.route(Fold()))


def wide(*stations: Station, width: float = 1120, show_ended: bool = True) -> Layout:
    return layout_wide(stations, width=width, today=TODAY, words=FINNISH, show_ended=show_ended)


def height_of(layout: Layout, key: str) -> float:
    return next(mark.y for mark in layout.marks if mark.stop.key == key)


def test_steps_of_two_themes_that_overlap_run_side_by_side_and_join() -> None:
    items = route(
        step("a", starts=date(2024, 9, 1), ends=date(2024, 11, 30)),
        step("b", theme="health", starts=date(2024, 10, 1)),
        step("c", starts=date(2025, 2, 1)),
    )
    assert isinstance(items[0], Block) and not items[0].fork
    assert isinstance(items[1], Single)
    layout = wide(
        step("a", starts=date(2024, 9, 1), ends=date(2024, 11, 30)),
        step("b", theme="health", starts=date(2024, 10, 1)),
        step("c", starts=date(2025, 2, 1)),
    )
    assert height_of(layout, "a") < height_of(layout, "c") < height_of(layout, "b")
    joined = [leg for leg in layout.legs if abs(leg.segs[-1].y3 - height_of(layout, "c")) < 0.1]
    assert {leg.theme for leg in joined if not leg.segs[-1].straight} == {"work", "health"}


def test_steps_of_one_theme_never_run_side_by_side() -> None:
    items = route(
        step("a", starts=date(2024, 9, 1), ends=date(2024, 11, 30)),
        step("b", starts=date(2024, 10, 1)),
    )
    assert [type(item) for item in items] == [Single, Single]


def test_steps_without_dates_keep_their_order_and_do_not_overlap() -> None:
    a = step("a", starts=date(2024, 9, 1), ends=date(2024, 11, 30))
    b = step("b", theme="health")
    assert not overlap(a, b, TODAY)
    parts = zones((step("x"), a, b, step("c", starts=date(2024, 8, 1))), show_ended=True)
    assert [s.key for s in parts.past] == ["x", "c", "a", "b"]


def test_touching_dates_are_no_overlap_but_a_day_inside_is() -> None:
    a = step("a", starts=date(2024, 9, 1), ends=date(2024, 9, 30))
    after = step("b", theme="health", starts=date(2024, 9, 30), ends=date(2024, 10, 5))
    inside = step("c", theme="health", starts=date(2024, 9, 10))
    same_day = step("d", theme="health", starts=date(2024, 9, 10))
    other = step("e", starts=date(2024, 9, 10))
    assert not overlap(a, after, TODAY)
    assert overlap(a, inside, TODAY)
    assert not overlap(other, same_day, TODAY)


def test_a_fork_at_the_end_stays_apart() -> None:
    layout = wide(*MIRJA)
    ends = [m for m in layout.marks if m.stop.key in ("s6", "s7")]
    right = max(m.x for m in ends)
    beyond = [leg for leg in layout.legs if leg.segs[-1].x3 > right]
    assert {round(leg.segs[-1].y3) for leg in beyond} == {round(m.y) for m in ends}


def test_a_common_step_after_a_fork_joins_its_arms() -> None:
    items = route(
        step("a", "planned", branch="f"),
        step("b", "planned", "health", branch="f"),
        step("c", "planned"),
    )
    assert isinstance(items[1], Block) and items[1].fork
    assert isinstance(items[2], Single)


def test_one_alternative_alone_is_no_fork() -> None:
    items = route(step("now", "now"), step("a", "planned", branch="f"))
    assert all(isinstance(item, Single) for item in items)


def test_steps_of_one_arm_follow_each_other() -> None:
    items = route(
        step("a", "planned", branch="f", arm="1"),
        step("b", "planned", branch="f", arm="1"),
        step("c", "planned", branch="f", arm="2"),
    )
    fork = items[-1]
    assert isinstance(fork, Block)
    assert [[stop.key for stop in ln] for ln in fork.lines] == [["a", "b"], ["c"]]


def test_more_alternatives_than_lines_stand_behind_one_stop_that_counts_them() -> None:
    items = route(*(step(f"k{n}", "planned", branch="f") for n in range(7)))
    fork = items[-1]
    assert isinstance(fork, Block)
    assert [ln[0].title for ln in fork.lines] == ["k0", "k1", "k2", "ja 4 muuta"]


def test_what_was_left_ends_short_and_the_line_goes_on() -> None:
    life = (
        step("a", starts=date(2024, 1, 1)),
        step("left", "dropped", starts=date(2024, 2, 1)),
        step("b", starts=date(2024, 3, 1)),
    )
    items = route(*life)
    assert [type(item) for item in items] == [Single, Aside, Single]
    layout = wide(*life)
    mark = next(m for m in layout.marks if m.stop.key == "left")
    assert "jätettiin pois" in mark.stop.sub
    assert any(leg.way == "ended" for leg in layout.legs)
    assert height_of(layout, "a") == height_of(layout, "b") != mark.y


def test_what_was_left_can_be_kept_out_of_the_picture() -> None:
    life = (step("a"), step("left", "declined"))
    assert {m.stop.key for m in wide(*life).marks} == {"a", "left"}
    assert {m.stop.key for m in wide(*life, show_ended=False).marks} == {"a"}


def test_what_goes_on_beside_finished_steps_keeps_its_own_line() -> None:
    items = route(
        step("a", starts=date(2026, 9, 1), ends=date(2026, 9, 20)),
        step("long", "now", "health", starts=date(2026, 8, 1)),
    )
    assert len(items) == 1 and isinstance(items[0], Block) and items[0].live


def test_without_a_now_today_stands_between_behind_and_ahead() -> None:
    items = route(step("a"), step("b", "planned"))
    assert [item.stop.kind for item in items if isinstance(item, Single)] == [
        "done",
        "today",
        "planned",
    ]


def test_what_lies_ahead_is_dotted_and_what_lies_behind_is_solid() -> None:
    layout = wide(*MIRJA)
    today = next(m.x for m in layout.marks if m.stop.kind == "now")
    for leg in layout.legs:
        assert (leg.way == "ahead") == (leg.segs[0].x0 > today)


def test_long_histories_fold_and_every_step_is_counted() -> None:
    life = tuple(step(f"k{n}") for n in range(40)) + (step("now", "now"),)
    for layout in (
        wide(*life),
        wide(*life, width=320),
        layout_tall(life, width=328, today=TODAY, words=FINNISH),
    ):
        first, *rest = layout.marks
        assert first.stop.kind == "fold"
        assert first.stop.title == f"{41 - len(rest)} aiempaa askelta"
        assert rest[-1].stop.key == "now"


def test_a_single_step_is_never_folded_alone() -> None:
    for count in range(1, 30):
        life = tuple(step(f"k{n}") for n in range(count))
        for width in (320, 500, 800, 1120):
            titles = [m.stop.title for m in wide(*life, width=width).marks]
            assert "1 aiempaa askelta" not in titles
