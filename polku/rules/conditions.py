"""Conditions of a yes or no: each holds or not, and says so in a sentence."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from polku.rules.hosts import HOSTS
from polku.rules.reason import Reason, because

Terms = Mapping[str, Any]


class Condition(NamedTuple):
    holds: bool
    reason: Reason


def host_may(kind: str, terms: Terms) -> Condition:
    """Whether the law names this kind among the `hosts` of its terms."""
    if kind in terms["hosts"]:
        return Condition(
            True, because("The host is %(host)s, which may arrange this.", host=HOSTS[kind])
        )
    msgid = "The host is %(host)s, which may not arrange this."
    return Condition(False, because(msgid, host=HOSTS[kind]))


def hours_fit(hours: Decimal, terms: Terms) -> Condition:
    least, most = terms["hours_at_least"], terms["hours_at_most"]
    if least <= hours <= most:
        msgid = "%(given)s hours a day is within the %(least)s to %(most)s that the law allows."
    else:
        msgid = "%(given)s hours a day is outside the %(least)s to %(most)s that the law allows."
    return Condition(least <= hours <= most, because(msgid, given=hours, least=least, most=most))


def days_fit(days: int, terms: Terms) -> Condition:
    most = terms["days_at_most"]
    if 1 <= days <= most:
        msgid = "%(given)s days a week is within the 1 to %(most)s that the law allows."
    else:
        msgid = "%(given)s days a week is outside the 1 to %(most)s that the law allows."
    return Condition(1 <= days <= most, because(msgid, given=days, most=most))


def yet_to_come(day: date, on: date) -> tuple[Reason, ...]:
    """Says so where an event that is counted from lies after the day asked about."""
    if day <= on:
        return ()
    return (because("%(day)s is yet to come: the answer holds if it does.", day=day),)
