"""What comes to nothing before it begins: taken back by the organiser, or the workplace said no."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from polku.foundation import audit
from polku.foundation.permissions import check
from polku.foundation.viewer import Viewer
from polku.placements import notices, ports, stepping
from polku.placements.models import Placement
from polku.placements.promising import give_back
from polku.placements.terms import Party
from polku.placements.writing import by_the_house, give_turn, keep, locked, step_to, within


@transaction.atomic
def withdraw(
    placement: Placement,
    *,
    by: Viewer,
    at: datetime,
    ending: str = Placement.Ending.OTHER,
    word: str = "",
    version: int | None = None,
) -> Placement:
    """Take a suggestion or an agreement back before it begins, with a reason."""
    return _call_off(placement, "withdraw", Party.ORGANISER, by, at, ending, word, version)


@transaction.atomic
def refuse(
    placement: Placement,
    *,
    by: Viewer,
    at: datetime,
    ending: str,
    word: str = "",
    version: int | None = None,
) -> Placement:
    """Write down that the workplace said no, and why: for learning, never held against the client.

    A host may say so by their own link.
    """
    return _call_off(placement, "refuse", Party.HOST, by, at, ending, word, version)


def _call_off(
    placement: Placement,
    verb: str,
    party: str,
    by: Viewer,
    at: datetime,
    ending: str,
    word: str,
    version: int | None,
) -> Placement:
    host_says_no = verb == "refuse" and by.kind == "host"
    check(by, "placements.tell" if host_says_no else "placements.suggest", placement)
    with within(placement, by=by):
        stored = locked(placement, version=version)
        step_to(stored, verb)
        stored.ending, stored.ending_by, stored.ending_word = ending, party, word[:300]
        give_turn(stored, Party.ORGANISER if host_says_no else "", at)
        with by_the_house(stored) as house:
            give_back(stored, at=at)
            keep(stored, at)
            stepping.follow(stored, by=house, at=at)
            notices.tell_client(stored, by=house, at=at, what="over")
            if host_says_no:
                notices.tell_coach(stored, at)
            else:
                ports.tell_host(stored, "over", at)
    audit.record(by, f"placements.{verb}", client=stored.client_id, fields=["state", "ending"])
    return stored
