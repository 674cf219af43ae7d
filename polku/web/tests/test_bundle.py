"""One style sheet, small enough for a slow phone, from tokens alone."""

import gzip
import re
from pathlib import Path

import pytest

from polku.web import bundle

BUDGET = 36_500
COMPRESSED = 9_000
# Literal colours live in the tokens; paper is always black on white.
MAY_NAME_COLOURS = {"tokens", "dark", "print"}
PHYSICAL = re.compile(
    r"(?<![\w-])(margin|padding|border)-(left|right|top|bottom)\b|text-align:\s*(left|right)"
    r"|(?<![\w-])(left|right|top|bottom|width|height|max-width|min-width|max-height):"
)
COLOUR = re.compile(r"#[0-9a-fA-F]{3,8}\b|(?<![\w-])(rgb|hsl)a?\(")


def sources() -> list[Path]:
    return sorted(bundle.SOURCES.glob("*.css"))


def test_the_sheet_keeps_its_budget() -> None:
    css = bundle.text().encode()
    assert len(css) <= BUDGET
    assert len(gzip.compress(css)) <= COMPRESSED


def test_every_source_but_the_living_page_is_in_it() -> None:
    assert {path.stem for path in sources()} - set(bundle.ORDER) == {"design"}


def test_a_chosen_theme_and_the_systems_are_the_same() -> None:
    css = bundle.text()
    dark = re.search(r':root\[data-theme="dark"\]\{(.*?)\}', css)
    asked = re.search(
        r'prefers-color-scheme: dark\)\{:root:not\(\[data-theme="light"\]\)\{(.*?)\}', css
    )
    assert dark and asked and dark[1] == asked[1]
    assert "prefers-contrast: more){:root:root{" in css


def test_minifying_keeps_what_matters() -> None:
    css = "/* why */ a:hover > b ,\n c { inset: calc(1px + 2px) ; color : red; }"
    assert bundle.minify(css) == "a:hover>b,c{inset:calc(1px + 2px);color : red}"


def test_nothing_is_fetched_from_elsewhere() -> None:
    css = bundle.text()
    assert "@import" not in css
    addresses = re.findall(r"url\((.*?)\)", css)
    assert addresses and all(a.startswith("../vendor/fonts/") for a in addresses)


@pytest.mark.parametrize("path", sources(), ids=lambda path: path.stem)
def test_properties_are_logical(path: Path) -> None:
    css = re.sub(r"@media[^{]*", "", path.read_text("utf-8"))
    css = re.sub(r"@container[^{]*", "", css)
    assert not [m.group() for m in PHYSICAL.finditer(css)]


@pytest.mark.parametrize(
    "path",
    [path for path in sources() if path.stem not in MAY_NAME_COLOURS],
    ids=lambda path: path.stem,
)
def test_colours_come_from_tokens(path: Path) -> None:
    css = re.sub(r"::backdrop \{.*?\}", "", path.read_text("utf-8"))
    assert not [m.group() for m in COLOUR.finditer(css)]


def test_the_physical_check_sees_a_physical_property() -> None:
    assert PHYSICAL.search("a { margin-left: 1px; }")
    assert PHYSICAL.search("a { width: 1px; }")
    assert not PHYSICAL.search(
        "a { margin-inline-start: 1px; max-inline-size: 2px; border-width: 1px }"
    )


def test_a_changed_source_makes_the_sheet_stale(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bundle, "TARGET", tmp_path / "polku.css")
    assert bundle.stale()
    bundle.build()
    assert not bundle.stale()
    assert (tmp_path / "polku.css").read_text("utf-8") == bundle.text()
    assert [path.name for path in tmp_path.iterdir()] == ["polku.css"]
