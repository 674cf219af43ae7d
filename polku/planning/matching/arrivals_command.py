"""`polku match --arrivals`: a first line, then a batch a line, answered before the next is read.

A line that is refused ends the stream with status 1; what was answered before it stands.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, BinaryIO, TextIO

import numpy as np

from polku.planning.faults import Refused, listed, shown, whole
from polku.planning.files import value_of
from polku.planning.matching import document
from polku.planning.matching.arrivals import Batch, Stream
from polku.planning.matching.document import Reading

FORMAT = "polku-arrivals/1"
FIELDS = ("format", "places", "horizon", "history")
MOST_BATCHES = 10_000


def run(args: argparse.Namespace) -> int:
    """Answer the stream and return the exit status. Raises Refused."""
    if args.why_not is not None:
        raise Refused(["--why-not is for one problem, not for arrivals."])
    with _opened(args) as (source, target):
        first = source.readline()
        places, stream = _begun(_value(first, 1))
        for number, line in enumerate(source, start=2):
            if not line.strip():
                continue
            reading, batch = _batch(_value(line, number), places, f"line {number}")
            reading.faults.refuse()
            placed = stream.place(batch).tolist()
            names = list(places)
            answer = {
                "batch": stream.at,
                "pairs": [
                    [client, names[place]]
                    for client, place in zip(reading.clients, placed, strict=True)
                    if place >= 0
                ],
            }
            target.write(json.dumps(answer, ensure_ascii=False) + "\n")
            target.flush()
    return 0


@contextmanager
def _opened(args: argparse.Namespace) -> Iterator[tuple[BinaryIO, TextIO]]:
    """Open what is read and written; a line is readable as soon as it is written."""
    source = target = None
    try:
        source = sys.stdin.buffer if args.problem == "-" else open(args.problem, "rb")  # noqa: SIM115
        target = sys.stdout if args.out == "-" else open(args.out, "w", encoding="utf-8")  # noqa: SIM115
        yield source, target
    except OSError as error:
        raise Refused([f"{error.filename} can't be used: {error.strerror}."]) from None
    finally:
        for one, standard in ((source, sys.stdin.buffer), (target, sys.stdout)):
            if one is not None and one is not standard:
                one.close()


def _value(line: bytes, number: int) -> Any:
    return value_of(line, f"line {number}", f"line {number}")


def _begun(header: Any) -> tuple[dict[str, int], Stream]:
    """Return the places by name and the stream that the first line begins. Raises Refused."""
    reading = Reading()
    faults = reading.faults
    if not isinstance(header, dict) or header.get("format") != FORMAT:
        faults.add("line 1", f'must be an object with "format": "{FORMAT}".')
        faults.refuse()
    for name in header:
        if name not in FIELDS:
            faults.add(f"line 1: {name}", "is not a field of this format.")
    document.read_places(reading, listed(faults, header, "places", required=True))
    horizon = header.get("horizon")
    if not whole(horizon) or not 1 <= horizon <= MOST_BATCHES:
        faults.add("line 1: horizon", f"must be a whole number from 1 on, not {shown(horizon)}.")
    history = []
    for at, year in enumerate(listed(faults, header, "history")):
        if not isinstance(year, list):
            faults.add(f"history[{at}]", "must be a list of batches.")
            continue
        batches = []
        for week, entry in enumerate(year):
            found, batch = _batch(entry, reading.places, f"history[{at}][{week}]")
            for sentence in found.faults.told:
                where, _, what = sentence.partition(": ")
                faults.add(where, what)
            batches.append(batch)
        history.append(batches)
    faults.refuse()
    return reading.places, Stream(np.array(reading.capacity, np.int32), horizon, history)


def _batch(entry: Any, places: dict[str, int], where: str) -> tuple[Reading, Batch]:
    """Return the names of a batch and its rows; what is wrong is told in the reading."""
    reading = Reading(places=places)
    faults = reading.faults
    if not isinstance(entry, dict) or set(entry) != {"clients", "edges"}:
        faults.add(where, 'must be {"clients": […], "edges": […]}.')
        entry = {}
    clients, edges = (listed(faults, entry, name) for name in ("clients", "edges"))
    document.read_clients(reading, clients, f"{where}.clients")
    found = document.read_edges(reading, edges, f"{where}.edges")
    rows = document.in_rows(
        {pair: score for pair, score in found.items() if pair[0] >= 0},
        len(reading.clients), [0] * len(places),
    )  # fmt: skip
    return reading, Batch(rows.start, rows.place, rows.score)
