"""No string stands on screen outside the catalogues: all are said in Finnish and in Swedish."""

from pathlib import Path

import pytest

from tests.shape import messages


@pytest.mark.parametrize("language", messages.LANGUAGES)
@pytest.mark.parametrize("room", messages.rooms(), ids=lambda room: room.name)
def test_every_word_of_the_room_is_translated(room: Path, language: str) -> None:
    assert messages.missing(room, language) == []


def test_the_reader_finds_what_is_said() -> None:
    """The control: a reader that found nothing would pass the test above."""
    assert "Last name" in messages.said_by(messages.POLKU / "clients")
    assert len(messages.said_by(messages.POLKU / "web")) > 100


@pytest.mark.parametrize("language", messages.LANGUAGES)
def test_no_two_rooms_say_the_same_words_differently(language: str) -> None:
    assert messages.doubled(language) == []


def test_control_a_room_that_says_it_otherwise_is_found(tmp_path: Path) -> None:
    for name, said in (("here", "Haku"), ("there", "Etsi")):
        folder = tmp_path / name / "locale" / "fi" / "LC_MESSAGES"
        folder.mkdir(parents=True)
        (folder / "django.po").write_text(f'msgid "Search"\nmsgstr "{said}"\n', "utf-8")
    assert messages.doubled("fi", sorted(tmp_path.iterdir())) == ["there: Search"]
