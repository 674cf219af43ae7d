"""What may happen to a placement when, written by hand: the product's own table could be wrong."""

from __future__ import annotations

BEFORE = {"suggested", "put_off", "accepted", "agreed"}
LIVE = {*BEFORE, "running"}
BEGAN = {"running", "ended", "interrupted"}
# deed -> the states in which it may be done
MAY: dict[str, set[str]] = {
    "yes": {"suggested", "put_off", "declined"},
    "not_now": {"suggested", "accepted"},
    "no": {"suggested", "put_off", "accepted"},
    "again": {"put_off", "declined", "withdrawn"},
    "withdraw": BEFORE,
    "refuse": BEFORE,
    "terms": {"accepted", "agreed"},
    "sign": {"accepted", "agreed", "running"},
    "start": {"agreed"},
    "not_begun": {"running"},
    "end": {"running"},
    "interrupt": {"running"},
    "go_on": {"ended", "interrupted"},
    "extend": {"running"},
    "hours": {"running"},
    "absence": BEGAN,
    "follow_on": {"agreed", *BEGAN},
    "outcome": {"ended", "interrupted"},
}
# Said twice it is one: the answer that was given already.
SAID = {"yes": "accepted", "not_now": "put_off", "no": "declined"}
# deed -> the state after it; a deed that is not here leaves it, but for the last signature and for
# other terms than were signed.
AFTER = {
    "yes": "accepted", "not_now": "put_off", "no": "declined", "again": "suggested",
    "withdraw": "withdrawn", "refuse": "refused", "start": "running", "end": "ended",
    "interrupt": "interrupted", "go_on": "running",
}  # fmt: skip
# Interrupted for a day to come it runs until then, and comes to that end afterwards.
OTHERWISE = {"sign": {"agreed"}, "terms": {"accepted"}, "not_begun": {"agreed", "accepted"},
             "interrupt": {"running"}, "end": {"interrupted"}}  # fmt: skip
