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
