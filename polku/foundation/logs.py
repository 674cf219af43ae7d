"""What is logged of a fault: where it happened and what kind it was, and the id that a page quotes.

An exception's own words are left out: they repeat what somebody typed, or a row of the database.
"""

from __future__ import annotations

import logging
import re
import traceback
from typing import Any

_LONG = re.compile(r"/[^/\s]{16,}")
_ID = re.compile(r"/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


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
        """Return the entry as one line, whatever an address had in it, and without its key."""
        request = getattr(record, "request", None)
        return _one_line(_without_key(super().formatMessage(record), request))

    def formatException(self, ei: Any) -> str:
        """Return the frames of each exception in the chain, innermost cause first."""
        return "\n".join(_told(ei[1]))


def _without_key(text: str, request: Any) -> str:
    """Return an entry about a request without the secret of its address: that alone opens a door.

    Of an address that leads nowhere, such as a link with the full stop behind it, every long part
    is left out: it may be a secret all the same.
    """
    if request is None:
        return text
    found = getattr(request, "resolver_match", None)
    if found is None:
        return _LONG.sub(lambda part: part[0] if _ID.fullmatch(part[0]) else "/…", text)
    for name, value in found.kwargs.items():
        if name.endswith("token"):
            text = text.replace(value, "…")
    return text


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
