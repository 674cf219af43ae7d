"""Templates keep the strict policy, and every icon they name is drawn."""

import re
from pathlib import Path

import pytest

from polku.web import icons

POLKU = Path(__file__).parents[2]
FORBIDDEN = {
    "a style attribute": re.compile(r"\sstyle\s*="),
    "an event handler": re.compile(r"<[^>]*\son[a-z]+\s*="),
    "an inline script": re.compile(r"<script(?![^>]*\bsrc=)"),
    "an inline style sheet": re.compile(r"<style\b"),
    "an address elsewhere": re.compile(r"""(src|href)=["']https?://"""),
}
NAMED = re.compile(r"""{%\s*icon\s+"([\w-]+)"|\bicon="([\w-]+)"|\bicon\("([\w-]+)"\)""")


def templates() -> list[Path]:
    return sorted((POLKU / "web" / "templates").rglob("*.html"))


def wrongs(text: str) -> list[str]:
    return [name for name, pattern in FORBIDDEN.items() if pattern.search(text)]


@pytest.mark.parametrize("path", templates(), ids=lambda path: path.name)
def test_a_template_keeps_the_policy(path: Path) -> None:
    assert wrongs(path.read_text("utf-8")) == []


@pytest.mark.parametrize(
    "path", sorted((POLKU / "web" / "parts").glob("*.py")), ids=lambda p: p.name
)
def test_a_part_keeps_the_policy(path: Path) -> None:
    assert wrongs(path.read_text("utf-8")) == []


def test_the_policy_is_seen_to_be_broken() -> None:
    assert wrongs('<i style="x"></i>') == ["a style attribute"]
    assert wrongs('<a onclick="x">') == ["an event handler"]
    assert wrongs("<script>x</script>") == ["an inline script"]
    assert wrongs('<script type="module" src="x"></script>') == []


def test_every_named_icon_is_drawn() -> None:
    pages = [*POLKU.rglob("templates/**/*.html"), *(POLKU / "web" / "parts").glob("*.py")]
    named = {
        next(filter(None, groups))
        for path in pages
        for groups in NAMED.findall(path.read_text("utf-8"))
    }
    assert len(named) > 15
    assert named - icons.names() == set()


def test_every_kind_has_a_shape_of_its_own() -> None:
    assert set(icons.OF_KIND.values()) <= icons.names()
    assert len(set(icons.OF_KIND.values())) == len(icons.OF_KIND)


def test_a_missing_icon_is_refused_by_name() -> None:
    with pytest.raises(icons.NoSuchIcon, match="unicorn"):
        icons.icon("unicorn")


def test_the_sprite_draws_with_the_colour_of_the_text() -> None:
    sprite = icons.SPRITE.read_text("utf-8")
    assert "style=" not in sprite and "#" not in re.sub(r"xmlns=\S+", "", sprite)
    assert len(icons.names()) >= 30
