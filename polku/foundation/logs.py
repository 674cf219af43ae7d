"""What is logged of a fault: where it happened and what kind it was, and the id that a page quotes.

An exception's own words are left out: they repeat what somebody typed, or a row of the database.
"""

from __future__ import annotations

import logging
import traceback
from typing import Any


class WithoutWords(logging.Formatter):
    """Writes traces without the words of exceptions, and the request's id where there is one."""

    def format(self, record: logging.LogRecord) -> str:
        request = getattr(record, "request", None)
        record.request_id = getattr(request, "id", "-")
        # Another handler may have kept the trace with its words.
        kept, record.exc_text = record.exc_text, None
        try:
            return super().format(record)
        finally:
            record.exc_text = kept

    def formatMessage(self, record: logging.LogRecord) -> str:
        """Return the entry as one line, whatever an address had in it."""
        return _one_line(super().formatMessage(record))

    def formatException(self, ei: Any) -> str:
        """Return the frames of each exception in the chain, innermost cause first."""
        return "\n".join(_told(ei[1]))


def _told(error: BaseException | None) -> list[str]:
    if error is None:
        return []
    shown = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    before = _told(shown)
    frames = [line.rstrip("\n") for line in traceback.format_tb(error.__traceback__)]
    return [*before, *(["Then:"] if before else []), *frames, kind_of(error)]


def kind_of(error: BaseException) -> str:
    """Return the exception's class; of one from the database its state and constraint too."""
    name = f"{type(error).__module__}.{type(error).__qualname__}"
    diag = getattr(error, "diag", None)
    told = [getattr(diag, part, None) for part in ("sqlstate", "table_name", "constraint_name")]
    return " ".join([name, *(str(part) for part in told if part)])


def _one_line(text: str) -> str:
    return text.replace("\r", "\\r").replace("\n", "\\n")
