"""What a client looks for in a place and rules out. The wishes are the client's own words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from polku.clients.models import Client
from polku.foundation import audit, clock, turns
from polku.foundation.meanwhile import ChangedMeanwhile
from polku.foundation.permissions import check
from polku.foundation.turns import Turn
from polku.foundation.viewer import Viewer
from polku.placements import places_of
from polku.placements.models import Search, SearchWord

FIELDS = (
    "kinds",
    "from_on",
    "hours_at_most",
    "days_at_most",
    "limits",
    "cards",
    "mode",
    "minutes_at_most",
)
Kind = SearchWord.Kind


class NoSuchPlace(ValueError):
    """No town or village of this name is known near the client's municipality."""


def search_of(client: Client, *, at: datetime) -> Search:
    """Return the client's search, begun now (as version 0) when there is none."""
    found = Search.objects.select_for_update(of=("self",)).filter(client=client).first()
    if found:
        return found
    try:
        with transaction.atomic():
            return Search.objects.create(
                register_id=client.register_id, client=client, version=0, changed_at=at
            )
    except IntegrityError:
        return Search.objects.select_for_update(of=("self",)).get(client=client)


@transaction.atomic
def write_search(
    client: Client,
    *,
    by: Viewer,
    at: datetime,
    version: int,
    waits: bool,
    starts_from: str | None = None,
    **fields: Any,
) -> Search:
    """Write what a client looks for, and whether they wait for a place now.

    `fields` are those of FIELDS; `version` is 0 where there was no search; `starts_from` names a
    town or village, None leaves it as it is. The same sent twice is one.
    Raises ChangedMeanwhile, NoSuchPlace.
    """
    check(by, "placements.search", client)
    unknown = fields.keys() - set(FIELDS)
    if unknown:
        raise TypeError(f"not a field of it: {', '.join(sorted(unknown))}")
    stored = search_of(client, at=at)
    if version != stored.version:
        if _says(stored, waits, starts_from, fields):
            return stored
        raise ChangedMeanwhile(stored)
    for name, value in fields.items():
        setattr(stored, name, value)
    if starts_from is not None:
        _start(stored, client, starts_from.strip())
    if not waits or client.closed_on:
        stored.waiting_since = None
    elif stored.waiting_since is None:
        stored.waiting_since = clock.local(at).date()
    stored.version += 1
    stored.changed_at = at
    stored.save()
    audit.record(by, "placements.write_search", client=client.id, fields=["search", *fields])
    return stored


def _start(stored: Search, client: Client, place: str) -> None:
    """Write where the client's way begins: a place, never an address; nothing under a ban."""
    if not place or client.safety_ban:
        stored.lat, stored.lon, stored.starts_from = None, None, ""
        return
    about = places_of.point_named(place, client.municipality_id or "")
    if about is None:
        raise NoSuchPlace(place)
    stored.lat, stored.lon, stored.starts_from = about.lat, about.lon, place[:80]


def _says(stored: Search, waits: bool, starts_from: str | None, fields: dict[str, Any]) -> bool:
    same = all(getattr(stored, name) == value for name, value in fields.items())
    there = starts_from is None or stored.starts_from == starts_from.strip()
    return same and there and bool(stored.waiting_since) == waits


@transaction.atomic
def say(
    client: Client,
    *,
    by: Viewer,
    at: datetime,
    kind: str,
    work_code: str = "",
    worksite: UUID | None = None,
    opening: UUID | None = None,
    text: str = "",
    rank: int = 1,
) -> SearchWord:
    """Write down a wish, a skill or a veto about a kind of work, a worksite or an opening.

    A veto rules out, whatever else speaks for it, and needs no reason. Said twice it is one.
    """
    check(by, "placements.wish", client)
    turns.take(Turn.WORDS, client.id)
    about = {"work_code": work_code, "worksite_id": worksite, "opening_id": opening}
    same = SearchWord.objects.filter(client=client, kind=kind, ended_on__isnull=True, **about)
    word = same.first()
    if word is None:
        word = SearchWord.objects.create(
            register_id=client.register_id,
            client=client,
            kind=kind,
            rank=rank,
            text=text[:200],
            told_on=clock.local(at).date(),
            **about,
        )
    audit.record(by, "placements.say_wish", client=client.id, fields=["search_words", kind])
    return word


@transaction.atomic
def unsay(word: SearchWord, *, by: Viewer, at: datetime) -> SearchWord:
    """End a wish, a skill or a veto: it stands no more."""
    check(by, "placements.wish", word.client)
    if word.ended_on is None:
        word.ended_on = clock.local(at).date()
        word.save(update_fields=["ended_on"])
    audit.record(by, "placements.unsay_wish", client=word.client_id, fields=["ended_on"])
    return word


@transaction.atomic
def tell_wishes(
    client: Client, *, by: Viewer, at: datetime, wishes: Sequence[str], vetoes: Sequence[str]
) -> bool:
    """Let the client say which kinds of work they would like, the dearest first, and which not.

    What was said before and is left out ends. Return whether anything changed.
    """
    check(by, "placements.wish", client)
    turns.take(Turn.WORDS, client.id)
    changed = [
        _say_all(client, Kind.WISH, [code for code in wishes if code not in vetoes], at),
        _say_all(client, Kind.VETO, vetoes, at),
    ]
    audit.record(by, "placements.tell_wishes", client=client.id, fields=["search_words"])
    return any(changed)


def _say_all(client: Client, kind: str, codes: Sequence[str], at: datetime) -> bool:
    today = clock.local(at).date()
    rows = SearchWord.objects.filter(client=client, kind=kind, ended_on__isnull=True)
    before = {row.work_code: row for row in rows.exclude(work_code="")}
    wanted = dict.fromkeys(code for code in codes if code)
    changed = False
    for code, row in before.items():
        if code not in wanted:
            row.ended_on, changed = today, True
            row.save(update_fields=["ended_on"])
    for rank, code in enumerate(wanted, 1):
        row = before.get(code)
        if row is None:
            changed = True
            SearchWord.objects.create(
                register_id=client.register_id,
                client=client,
                kind=kind,
                rank=rank,
                work_code=code,
                told_on=today,
            )
        elif row.rank != rank:
            row.rank, changed = rank, True
            row.save(update_fields=["rank"])
    return changed


def said(client_id: UUID) -> list[SearchWord]:
    """Return what stands of the client's wishes, skills and vetoes, by kind and rank."""
    return list(
        SearchWord.objects.filter(client_id=client_id, ended_on__isnull=True).order_by(
            "kind", "rank", "told_on"
        )
    )
