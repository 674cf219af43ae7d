"""A machine that does anything to placements in any order; what may happen is its own table's."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from typing import Any, ClassVar

from django.db import transaction
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from polku.foundation import clock, walls
from polku.foundation.meanwhile import ChangedMeanwhile
from polku.foundation.permissions import Refused
from polku.placements import (
    agreeing,
    answering,
    calling_off,
    daily,
    following,
    opening_up,
    running,
    suggesting,
)
from polku.placements.absences import NotKnownYet
from polku.placements.answering import Gone
from polku.placements.legal import Stopped
from polku.placements.models import Placement
from polku.placements.running import NotInThePeriod
from polku.placements.seats import NoSeat
from polku.placements.states import NotNow
from polku.placements.suggesting import AlreadyThere, NotOpen
from polku.placements.tests.living import as_host
from polku.placements.tests.places import make_opening
from tests.promises import placing_truths as truths
from tests.promises.conftest import MOMENT
from tests.promises.house import COACH
from tests.promises.placing_table import AFTER, MAY, OTHERWISE, SAID
from tests.promises.wholeness import Watch, changed

# What an action may refuse with; anything else is a fault.
REFUSALS = (
    NotNow, ChangedMeanwhile, NoSeat, NotInThePeriod, AlreadyThere, NotOpen, Refused, Stopped,
    agreeing.TermsMissing, running.TooEarly, NotKnownYet,
)  # fmt: skip
# Mostly who may.
WHO = ("own", "own", "own", "aino", "devi", "host")
DAYS = st.sampled_from((-30, -1, 0, 1, 7, 45))


class Places(RuleBasedStateMachine):
    """Two openings of three seats, two clients, their coaches, a workplace, and the mornings."""

    world: ClassVar[Any]
    # What was done and refused in all runs, to see that the machine got somewhere.
    done: ClassVar[dict[str, int]]
    refused: ClassVar[dict[str, int]]

    def __init__(self) -> None:
        super().__init__()
        self.aside = transaction.atomic()
        self.aside.__enter__()
        self.now = MOMENT
        self.versions: dict[Any, int] = {}
        self.states: dict[Any, str] = {}
        # What a worker said has not begun after all.
        self.taken_back: set[Any] = set()
        self.watch = Watch(self.world, ("lake",))
        self.base: Any = None

    @initialize()
    def begin(self) -> None:
        self.world.enter()
        self.openings = [make_opening(self.world, seats=n) for n in (1, 2)]

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.aside.__exit__(None, None, None)

    # Doing.

    def _do(self, what: str, who: str, act: Callable[..., Any], one: Any = None) -> Any:
        """Do one thing; what is refused leaves no trace. Return what was made, or None."""
        before = self.base = self.watch.state(self.base)
        with clock.at(self.now):
            by = self._as(who, one)
            try:
                made = act(by=by, at=self.now)
            except Gone:
                return None
            except REFUSALS as error:
                kind = f"{what}: {type(error).__name__}"
                self.refused[kind] = self.refused.get(kind, 0) + 1
                left = changed(before, self.watch.state(before))
                assert left == [], f"{kind} leaves {left}"
                return None
        self.done[what] = self.done.get(what, 0) + 1
        return made

    def _as(self, who: str, one: Any) -> Any:
        if who == "host":
            return as_host(self.world, one)
        if who == "own":
            names = {client.pk: name for name, client in self.world.clients.items()}
            who = COACH[names[one.client_id]]
        return self.world.enter_as(who)

    def _one(self, nth: int) -> Placement:
        self.world.enter()
        return Placement.objects.get(pk=list(self.states)[nth % len(self.states)])

    def _step(self, what: str, who: str, one: Placement, act: Callable[..., Any]) -> None:
        """Do a deed to a placement, and hold its next state to the table."""
        state = self.states[one.pk]
        made = self._do(what, who, act, one)
        if made is None:
            return
        may = state in MAY[what] or SAID.get(what) == state
        if one.ends_early:
            may = (may or what == "go_on") and what != "extend"
        assert may, f"{what} was done to what is {state}"
        stored = self._one(list(self.states).index(one.pk))
        after = stored.state
        if what in ("interrupt", "end"):
            assert stored.ends_early == (stored.ended_on > self._day(0)), "runs on, or ended early"
            assert (after == "ended") == (what == "end" and not one.ends_early)
        expected = {AFTER.get(what, state)} | OTHERWISE.get(what, set())
        assert after in expected, f"{what}: {state} became {after}"
        self.states[one.pk] = after
        (self.taken_back.add if what == "not_begun" else self.taken_back.discard)(one.pk)

    def _day(self, days: int) -> date:
        return clock.local(self.now).date() + timedelta(days=days)

    # What happens.

    @rule(whose=st.sampled_from(("devi", "stranger")), where=st.integers(0, 1), begins=DAYS,
          lasts=st.sampled_from((0, 6, 55)))  # fmt: skip
    def suggest(self, whose: str, where: int, begins: int, lasts: int) -> None:
        start = self._day(begins)
        client = self.world.clients[whose]
        self.world.enter()
        self.openings[where].refresh_from_db()
        act = partial(
            suggesting.suggest, client, self.openings[where], kind="work_trial", starts_on=start,
            ends_on=start + timedelta(days=lasts), despite="Perusteltu ja kirjattu.",
        )  # fmt: skip
        made = self._do("suggest", COACH[whose], act)
        if made is not None:
            self.states[made.pk] = "suggested"

    @precondition(lambda self: self.states)
    @rule(nth=st.integers(0, 3), said=st.sampled_from(("yes", "yes", "not_now", "no")),
          who=st.sampled_from(WHO), stale=st.booleans())  # fmt: skip
    def answer(self, nth: int, said: str, who: str, stale: bool) -> None:
        one = self._one(nth)
        version = one.version - 1 if stale else None
        self._step(said, who, one, partial(answering.answer, one, answer=said, version=version))

    @precondition(lambda self: self.states)
    @rule(nth=st.integers(0, 3), what=st.sampled_from(("withdraw", "refuse")),
          who=st.sampled_from(WHO))  # fmt: skip
    def call_off(self, nth: int, what: str, who: str) -> None:
        one = self._one(nth)
        self._step(what, who, one, partial(getattr(calling_off, what), one, ending="other"))

    @precondition(lambda self: self.states)
    @rule(nth=st.integers(0, 3), begins=st.one_of(st.none(), DAYS), who=st.sampled_from(WHO))
    def again(self, nth: int, begins: int | None, who: str) -> None:
        one = self._one(nth)
        start = None if begins is None else self._day(begins)
        self._step("again", who, one, partial(suggesting.suggest_again, one, starts_on=start))

    @precondition(lambda self: self.states)
    @rule(nth=st.integers(0, 3), longer=st.sampled_from((0, 0, -3, 20)),
          hours=st.sampled_from((4, 5)), who=st.sampled_from(WHO), stale=st.booleans())  # fmt: skip
    def terms(self, nth: int, longer: int, hours: int, who: str, stale: bool) -> None:
        one = self._one(nth)
        last = max(one.starts_on, one.ends_on + timedelta(days=longer))
        act = partial(
            agreeing.write_terms, one, version=one.version - stale, ends_on=last, known_as="D.",
            hours_a_day=Decimal(hours), days_a_week=4, despite="Perusteltu ja kirjattu.",
        )  # fmt: skip
        self._step("terms", who, one, act)

    @precondition(lambda self: self.states)
    @rule(nth=st.integers(0, 3), steps=st.sampled_from((5, 4, 4, 1)),
          then=st.sampled_from(("end", "interrupt", "extend", "not_begun", "again")))  # fmt: skip
    def onward(self, nth: int, steps: int, then: str) -> None:
        """Do what comes next, so that what is far from a suggestion is reached too."""
        for _ in range(steps):
            state = self._one(nth).state
            if state in {"suggested", "put_off", "declined"}:
                self.answer(nth, "yes", "own", stale=False)
            elif state == "accepted":
                self.terms(nth, 0, 5, "own", stale=False)
                self.all_sign(nth, stale=False)
            elif state == "agreed":
                self.move(nth, "start", "own", stale=False)
            elif state == "running":
                self._after_it_began(nth, then)
            elif state in {"ended", "interrupted"}:
                self.move(nth, "go_on", "own", stale=False)

    def _after_it_began(self, nth: int, then: str) -> None:
        if then in {"end", "interrupt"}:
            self.over(nth, None if then == "end" else 0, "own")
        elif then == "extend":
            self.change(nth, 45, hours=False, stale=False)
        elif then == "not_begun":
            self.move(nth, "not_begun", "own", stale=False)

    @precondition(lambda self: self.states)
    @rule(nth=st.integers(0, 3), stale=st.sampled_from((False, False, True)))
    def all_sign(self, nth: int, stale: bool) -> None:
        for party in ("client", "host", "organiser"):
            one = self._one(nth)
            terms = "x" * 64 if stale else agreeing.terms_hash(one)
            act = partial(agreeing.sign, one, party=party, how="paper", name="N", terms=terms)
            self._step("sign", "own", one, act)

    @precondition(lambda self: self.states)
    @rule(nth=st.integers(0, 3), what=st.sampled_from(("start", "start", "not_begun", "go_on")),
          who=st.sampled_from(WHO), stale=st.booleans())  # fmt: skip
    def move(self, nth: int, what: str, who: str, stale: bool) -> None:
        one = self._one(nth)
        verb = {"not_begun": "take_back_start"}.get(what, what)
        act = partial(getattr(running, verb), one, version=one.version - stale)
        self._step(what, who, one, act)

    @precondition(lambda self: self.states)
    @rule(nth=st.integers(0, 3), on=st.one_of(st.none(), DAYS), who=st.sampled_from(WHO))
    def over(self, nth: int, on: int | None, who: str) -> None:
        one = self._one(nth)
        if on is None:
            self._step("end", who, one, partial(running.end, one))
            return
        act = partial(running.interrupt, one, on=self._day(on), ending="health", initiative="host")
        self._step("interrupt", who, one, act)

    @precondition(lambda self: self.states)
    @rule(nth=st.integers(0, 3), until=DAYS, hours=st.booleans(), stale=st.booleans())
    def change(self, nth: int, until: int, hours: bool, stale: bool) -> None:
        one = self._one(nth)
        terms: dict[str, Any] = {"hours_a_day": Decimal(6)}
        if not hours:
            terms = {"ends_on": self._day(until)}
        act = partial(
            agreeing.change, one, what="hours" if hours else "extension", initiative="host",
            version=one.version - stale, despite="Perusteltu ja kirjattu.", **terms,
        )  # fmt: skip
        self._step("hours" if hours else "extend", "own", one, act)

    @precondition(lambda self: self.states)
    @rule(nth=st.integers(0, 3), on=DAYS, who=st.sampled_from(WHO))
    def tell(self, nth: int, on: int, who: str) -> None:
        one, day = self._one(nth), self._day(on)
        absent = partial(following.note_absence, one, on=day, reason="ill")
        self._step("absence", who, one, absent)
        one = self._one(nth)
        came = partial(
            following.record_outcome, one, when="end", what="study", on=day, told_by="client"
        )
        self._step("outcome", who, one, came)
        one = self._one(nth)
        plan = partial(following.plan_follow_on, one, kind="study", text="Opinnot",
                       version=one.version)  # fmt: skip
        self._step("follow_on", who, one, plan)

    @rule(where=st.integers(0, 1), verb=st.sampled_from(("close", "resume", "resume", "keep back")))
    def turn(self, where: int, verb: str) -> None:
        opening = self.openings[where]
        act = partial(opening_up.turn, opening, verb=verb)
        if verb == "keep back":
            days = {"starts_on": self._day(0), "ends_on": self._day(5)}
            act = partial(opening_up.keep_back, opening, number=2, **days)
        self._do(verb, "aino", act)

    @rule(days=st.sampled_from((1, 1, 8, 40)))
    def morning(self, days: int) -> None:
        """So many days later the software does its morning's work, twice as after a failure."""
        self.now += timedelta(days=days)
        register = self.world.areas["lake"].id
        self.base = self.watch.state(self.base)
        with clock.at(self.now):
            daily.run(register, at=self.now)
            once = self.watch.state(self.base)
            daily.run(register, at=self.now)
            again = changed(once, self.watch.state(once))
            assert again == [], f"the morning's work is done twice: {again}"
        self.world.enter()
        for one in Placement.objects.all():
            self._in_the_morning(one)

    def _in_the_morning(self, one: Placement) -> None:
        was, now = self.states[one.pk], one.state
        self.states[one.pk] = now
        if was == now:
            return
        # Begun and over in one night, after a long silence.
        over = "interrupted" if one.ending else "ended"
        assert (was, now) in {("agreed", "running"), ("running", over), ("agreed", "ended")}
        assert one.pk not in self.taken_back, "what a worker took back began by itself"

    # What must hold.

    @invariant()
    def all_holds(self) -> None:
        self.world.enter()
        truths.versions_grow(self.states, self.versions)
        truths.seats_are_used_once()
        truths.each_has_the_seat_that_it_needs()
        truths.what_is_agreed_is_signed_by_all()
        truths.nobody_is_twice_in_one_place()
        walls.enter(register=None)
