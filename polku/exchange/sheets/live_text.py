"""Text that a spreadsheet program might run, and the apostrophe that keeps it from doing so.

Such a text begins, perhaps after spaces, control signs or a byte order mark, with = + - @ | or a
wide form of them. A phone number (+358…) and a number as text (-5) begin so and are harmless.
"""

from __future__ import annotations

import re

# Leading apostrophes count, so that taking one off always gives back what was there.
_LIVE = re.compile(r"'*[\s\ufeff\u200b\x00-\x1f]*[=+\-@＝＋－＠|]|'*[\t\r\n\ufeff\x00-\x1f]")
_PHONE = re.compile(r"\+\d{1,3}[\d \u00a0]{4,17}")
_NUMBER = re.compile(r"[+-]?\d{1,15}(?:[.,]\d{1,10})?")


def plain_number_or_phone(text: str) -> bool:
    return bool(_PHONE.fullmatch(text) or _NUMBER.fullmatch(text))


def could_run(text: str) -> bool:
    """Whether a spreadsheet program might take the text for a formula or a command."""
    return bool(_LIVE.match(text)) and not plain_number_or_phone(text)


def defused(text: str) -> str:
    """The text for a CSV cell: with an apostrophe before it where it could run."""
    return f"'{text}" if could_run(text) else text


def restored(text: str) -> str:
    """A CSV cell's text without the apostrophe that `defused`, or a careful user, put there."""
    return text[1:] if text.startswith("'") and _LIVE.match(text, 1) else text
