"""What is logged of a fault tells where and of which kind, and none of its words."""

from __future__ import annotations

import logging
import sys
from types import SimpleNamespace

from polku.foundation.logs import WithoutWords, kind_of

WORD = "Koivunen"
FORM = WithoutWords("%(levelname)s %(request_id)s %(message)s")


def entry(message: str = "broke", **more: object) -> logging.LogRecord:
    record = logging.LogRecord("polku", logging.ERROR, __file__, 1, message, (), sys.exc_info())
    record.__dict__.update(more)
    return record


def test_a_trace_has_its_frames_and_its_class_and_no_words() -> None:
    try:
        try:
            int(WORD)
        except ValueError as error:
            raise LookupError(WORD) from error
    except LookupError:
        said = FORM.format(entry())
    assert "test_logs.py" in said and said.endswith("builtins.LookupError")
    assert "builtins.ValueError\nThen:" in said
    assert WORD not in said


def test_what_another_handler_wrote_is_neither_used_nor_lost() -> None:
    try:
        int(WORD)
    except ValueError:
        record = entry()
    plain = logging.Formatter("%(message)s").format(record)
    assert WORD in plain and WORD not in FORM.format(record)
    assert record.exc_text is not None and WORD in record.exc_text


def test_the_request_s_id_is_told_where_there_is_one() -> None:
    assert FORM.format(entry(request=SimpleNamespace(id="ab12"))).startswith("ERROR ab12 broke")
    assert FORM.format(entry()).startswith("ERROR - broke")


def test_an_entry_is_one_line() -> None:
    assert FORM.format(entry("Not Found: /x\r\nERROR forged")).count("\n") == 0


def test_of_a_database_s_error_its_state_and_constraint_are_told() -> None:
    error = RuntimeError(WORD)
    error.diag = SimpleNamespace(  # type: ignore[attr-defined]
        sqlstate="23505", table_name="clients_client", constraint_name="one_client"
    )
    assert kind_of(error) == "builtins.RuntimeError 23505 clients_client one_client"
