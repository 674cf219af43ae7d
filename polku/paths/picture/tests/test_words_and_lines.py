"""Labels: measured, broken where Finnish breaks, at most three rows, nothing lost from the list."""

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polku.paths.picture import as_list
from polku.paths.picture.lives import FINNISH, LIVES, TODAY
from polku.paths.picture.metrics import char_width, text_width
from polku.paths.picture.wrap import shorten, wrap


@pytest.mark.parametrize(
    ("word", "rows"),
    [
        ("Hygieniapassi", ("Hygieniapassi",)),
        ("Ensimmäinen soitto", ("Ensimmäinen", "soitto")),
        ("Työllistymissuunnitelmaneuvottelu", ("Työllistymis-", "suunnitelma-", "neuvottelu")),
        ("Ravintola-alan osatutkinto", ("Ravintola-alan", "osatutkinto")),
        ("Ammatinvalinnanohjauskeskustelu", ("Ammatinvalin-", "nanohjaus-", "keskustelu")),
    ],
)
def test_long_words_break_at_their_seams(word: str, rows: tuple[str, ...]) -> None:
    assert wrap(word, 112, 14.5) == (rows, False)


def test_what_does_not_fit_three_rows_is_cut_and_says_so() -> None:
    rows, cut = wrap("Työhönvalmentajan tuella järjestetty oppisopimuskoulutus kunnassa", 100, 14.5)
    assert len(rows) == 3 and cut and rows[-1].endswith("…") and "-…" not in rows[-1]


@given(text=st.text(max_size=120), width=st.floats(80, 400))
def test_no_row_is_wider_than_asked(text: str, width: float) -> None:
    rows, _ = wrap(text, width, 14.5)
    assert len(rows) <= 3
    assert all(text_width(row, 14.5) <= width + 0.01 for row in rows)


@given(words=st.lists(st.sampled_from(["työ", "osatutkinto", "CV", "palkkatuki"]), max_size=5))
def test_nothing_but_hyphens_is_added(words: list[str]) -> None:
    rows, cut = wrap(" ".join(words), 120, 14.5, most=99)
    assert not cut
    assert "".join(rows).replace("-", "").replace(" ", "") == "".join(words)


def test_letters_with_marks_are_as_wide_as_their_letters_and_strangers_the_widest() -> None:
    assert char_width("ä") == char_width("a") and char_width("Å") == char_width("A")
    assert char_width("\u0301") == 0
    assert char_width("ش") >= char_width("m")
    assert char_width("漢") > char_width("W")


def test_shorten_keeps_what_fits() -> None:
    assert shorten("Mirjan vuoro", 200, 12.5) == "Mirjan vuoro"
    assert shorten("Velkaneuvojan vuoro", 60, 12.5).endswith("…")


def test_the_list_holds_every_step_in_order_with_its_words() -> None:
    items = as_list(LIVES["Mirja, 52, keittiötyöhön"], words=FINNISH, today=TODAY)
    assert [item.key for item in items] == [f"s{n}" for n in range(8)]
    assert items[2].beside == ("Työkyvyn arviointi",)
    assert items[6].instead == ("Ravintola-alan osatutkinto",)
    assert (items[5].theme_word, items[5].state_word, items[5].turn) == (
        "Työ",
        "meneillään",
        "Mirjan vuoro",
    )


def test_the_list_folds_nothing_and_leaves_out_only_what_was_asked() -> None:
    long = LIVES["Raija, 49, pitkä historia"]
    assert len(as_list(long, words=FINNISH, today=TODAY)) == len(long) == 21
    assert len(as_list(long, words=FINNISH, today=TODAY, show_ended=False)) == 19


def test_the_kernel_knows_no_framework() -> None:
    code = "import sys, polku.paths.picture.gallery; print('django' in sys.modules)"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "False"
