"""Each part renders, escapes what it is given, and never lets a colour speak alone."""

import re
from collections.abc import Iterator
from datetime import date

import pytest
from django.core.paginator import Paginator
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import translation
from django.utils.safestring import mark_safe

from polku.web.context import NavItem
from polku.web.parts import actions, boxes, drawn, lists, words

EVIL = '<b onclick="x">&'


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with translation.override("en"):
        yield


def draw(source: str, **values: object) -> str:
    return Template("{% load ui %}" + source).render(Context(values))


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ('{% tag "agreed" "ok" %}', "agreed</span>"),
        ("{% clock 3 %}", "3 days"),
        ('{% avatar "Mirja Esimerkki" %}', ">ME</span>"),
        ('{% key "c" %}', "<kbd>c</kbd>"),
        ('{% icon "phone" %}', "#phone"),
        ('{% icon "close" label="Close" %}', "Close</span>"),
        ('{% button "Save" kind="main" %}', 'type="submit"'),
        ('{% button "Go" href="/x/" key="c" panel=True %}', 'data-shortcut="c"'),
        ('{% copy_box "text" label="Register" id="r" %}', "data-copy-button"),
        ("{% window 31 10 18 %}", "31 days gone"),
        ('{% meter 112 100 label="Clients" %}', "over the limit"),
        ('{% progress 3 10 label="Rows" %}', 'value="3"'),
        ('{% card "Today" meta="free" %}in{% endcard %}', "<h2>Today</h2>"),
        ('{% notice "Hi" kind="late" %}in{% endnotice %}', 'role="alert"'),
        ('{% turn "Your turn" %}in{% endturn %}', "Your turn"),
        ('{% more "Why?" %}in{% endmore %}', "<summary>"),
        ('{% table "Clients" %}in{% endtable %}', "<caption>Clients</caption>"),
        ('{% empty "No one" %}in{% endempty %}', "<h2>No one</h2>"),
        ('{% dialog "Hand over" id="d" %}in{% enddialog %}', 'aria-labelledby="d-h"'),
        ('{% sort "name" "Name" %}', 'scope="col"'),
        ("{% steps names 2 %}", 'aria-current="step"'),
        ("{% facts pairs %}", "<dt>a</dt><dd>b</dd>"),
        ("{% crumbs pairs %}", 'href="b"'),
        ('{% tabs items label="Views" %}', 'aria-current="page"'),
        ("{% toast_list %}", ""),
    ],
)
def test_a_part_renders(source: str, expected: str) -> None:
    html = draw(
        source,
        names=["one", "two"],
        pairs=[("a", "b")],
        items=[NavItem("All", "/all/", current=True, count=2)],
    )
    assert expected in html
    assert "style=" not in html


@pytest.mark.parametrize(
    "source",
    [
        '{% tag evil "ok" %}',
        "{% clock 3 label=evil %}",
        "{% avatar evil %}",
        "{% key evil %}",
        "{% button evil %}",
        '{% button "x" href=evil %}',
        '{% button "x" value=evil %}',
        '{% copy_box evil label=evil id="r" %}',
        "{% window 1 2 3 label=evil %}",
        "{% meter 1 2 label=evil unit=evil %}",
        "{% progress 1 2 label=evil %}",
        "{% card evil meta=evil id=evil %}{{ evil }}{% endcard %}",
        "{% notice evil %}{{ evil }}{% endnotice %}",
        "{% turn evil %}{% endturn %}",
        "{% more evil %}{% endmore %}",
        "{% table evil meta=evil %}{% endtable %}",
        "{% empty evil %}{% endempty %}",
        "{% dialog evil id=evil %}{% enddialog %}",
        "{% sort evil evil %}",
        "{% facts pairs %}",
        "{% crumbs pairs %}",
        "{% steps names 1 %}",
    ],
)
def test_a_part_escapes_what_it_is_given(source: str) -> None:
    html = draw(source, evil=EVIL, pairs=[(EVIL, EVIL)], names=[EVIL])
    assert "<b onclick" not in html
    assert 'onclick="x"' not in html


@pytest.mark.parametrize("kind", sorted(words.KINDS))
def test_a_tag_has_a_word_and_a_shape(kind: str) -> None:
    html = words.tag("word", kind)
    assert "word" in html and f"#{kind}" in html


def test_an_unknown_kind_is_refused() -> None:
    with pytest.raises(words.NoSuchKind, match="purple"):
        words.tag("word", "purple")
    with pytest.raises(LookupError, match="huge"):
        actions.button("word", kind="huge")


@pytest.mark.parametrize(
    ("days", "state", "said"),
    [(9, "ok", "9 days"), (1, "warn", "1 day"), (0, "warn", "today"), (-2, "late", "2 days over")],
)
def test_a_clock_changes_its_shape_with_its_state(days: int, state: str, said: str) -> None:
    html = words.clock(days)
    assert f"clock {state}" in html and said in html
    assert ("#late" in html) == (days < 0)


@pytest.mark.parametrize(
    ("days", "state"), [(0, "early"), (10, "inside"), (18, "inside"), (19, "late")]
)
def test_the_window_has_two_sides(days: int, state: str) -> None:
    html = drawn.window(days, 10, 18)
    assert f'class="window {state}"' in html
    assert ('<path class="at"' in html) == (state == "late")


@pytest.mark.parametrize("values", [(0, 0, 0), (10_000, 1, 2), (-3, 5, 5)])
def test_the_window_stays_inside_its_picture(values: tuple[int, int, int]) -> None:
    xs = [float(x) for x in re.findall(r'(?:cx="|M|H)(-?[\d.]+)', drawn.window(*values))]
    assert xs and all(0 <= x <= 128 for x in xs)


@pytest.mark.parametrize(
    ("name", "letters"),
    [("Mirja Esimerkki", "ME"), ("Åsa", "Å"), ("", "?"), ("Anna-Liisa von Koe", "AK"), ("—", "?")],
)
def test_initials_come_from_any_name(name: str, letters: str) -> None:
    assert words.initials(name) == letters


def test_sorting_turns_around_and_keeps_the_filters() -> None:
    request = RequestFactory().get("/", {"sort": "name", "town": "Kärkölä", "page": "3"})
    html = lists.sort(request, "name", "Name")
    assert 'aria-sort="ascending"' in html
    assert "sort=-name" in html and "town=K" in html and "page=" not in html
    assert "aria-sort" not in lists.sort(request, "days", "Days")


def test_pages_say_how_many_there_are() -> None:
    html = lists.pages(RequestFactory().get("/", {"q": "a"}), Paginator(range(250), 50).page(2))
    assert "51–100 of 250" in html
    assert "?q=a&amp;page=3" in html and 'aria-current="page">2<' in html


def test_one_page_needs_no_ways() -> None:
    html = lists.pages(None, Paginator(range(3), 50).page(1))
    assert "1–3 of 3" in html and "<nav" not in html
    assert "nothing to show" in lists.pages(None, Paginator([], 50).page(1))


def test_a_disabled_link_is_no_link() -> None:
    assert "href" not in actions.button("x", href="/x/", disabled=True)


def test_a_turn_is_drawn_for_each_side() -> None:
    drawings = [boxes.turn(mark_safe(""), "who", whose=whose) for whose in boxes.TURNS]
    assert len({tuple(re.findall(r"#\w+", drawing)) for drawing in drawings}) == 3


def test_dates_in_facts_are_shown_as_given() -> None:
    assert "2025" in lists.facts([("Date", date(2025, 11, 24))])
