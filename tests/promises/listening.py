"""Hears what is logged, at the level of production. For promise 49."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TypeVar

Heard = TypeVar("Heard", bound=logging.Handler)


@contextmanager
def listening(handler: Heard) -> Iterator[Heard]:
    """Let the handler hear everything that production would write, refusals too."""
    loggers = (logging.getLogger(), logging.getLogger("django.request"))
    before = [logger.level for logger in loggers]
    loggers[0].addHandler(handler)
    for logger in loggers:
        logger.setLevel(logging.INFO)
    try:
        yield handler
    finally:
        loggers[0].removeHandler(handler)
        for logger, level in zip(loggers, before, strict=True):
            logger.setLevel(level)
