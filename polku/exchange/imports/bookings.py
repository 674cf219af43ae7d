"""Coming appointments: each row one booking, refused where the time is taken."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from polku.clients.models import Client
from polku.contacts.booking import DoubleBooked, write_booking
from polku.contacts.models import Appointment, Purpose
from polku.exchange.imports.banned import held_back
from polku.exchange.imports.deciding import submission
from polku.exchange.imports.errand import Errand
from polku.exchange.imports.history import PURPOSES, found_people, moment, worker_of
from polku.exchange.imports.known import Known
from polku.exchange.imports.report import Outcome, Result
from polku.exchange.imports.wanted import Wanted

USUAL_MINUTES = 45
LIVE = ("proposed", "confirmed", "held")


class _Undone(Exception):
    """Ends the savepoint of a booking that was only tried."""


class Bookings:
    """Takes batches of rows of a list of appointments. Nobody is sent an invitation by it."""

    def __init__(self, errand: Errand) -> None:
        self.errand = errand
        self.shown: set[UUID] = set()
        self.fields: set[str] = set()
        self._tried: list[tuple[UUID, UUID, datetime, datetime]] = []

    def recall(self, rows: Sequence[Wanted]) -> None:
        """Nothing is to be remembered: the database knows each booking again."""

    def take(self, rows: Sequence[Wanted], writing: Callable[[], None]) -> list[Result]:
        """Return what came of each row, in order."""
        results, pairs = found_people(self.errand, rows)
        writing()
        self.shown = {one.id for _, one in pairs}
        for want, one in pairs:
            results.append(Result(want.row.line, self._book(want, one), want.problems))
        done = any(result.outcome == "created" for result in results)
        self.fields = {"appointments"} if done else set()
        return sorted(results, key=lambda result: result.line)

    def _book(self, want: Wanted, one: Known) -> Outcome:
        said = want.row.fields
        if "time" not in said:
            want.refuse("time_missing", "time")
            return "refused"
        starts = moment(want)
        worker = self._worker(want, one)
        if starts <= self.errand.at:
            want.refuse("appointment_past", "date")
            return "refused"
        if worker is None:
            want.refuse("worker_unknown", "coach")
            return "refused"
        ends = starts + timedelta(minutes=said.get("duration") or USUAL_MINUTES)
        if self._is_there(want, one, worker, starts):
            return "unchanged"
        whose = self._try(want, one, worker, starts, ends)
        if whose:
            want.refuse("worker_booked" if whose == "worker" else "client_booked", "date",
                        **({} if whose == "worker" else {"client": one.said}))  # fmt: skip
            return "refused"
        return "created"

    def _worker(self, want: Wanted, one: Known) -> UUID | None:
        coach = worker_of(self.errand, want.row.fields.get("coach", ""))
        return coach.user_id if coach else one.coach_id

    def _is_there(self, want: Wanted, one: Known, worker: UUID, starts: datetime) -> bool:
        if any(tried[:3] == (one.id, worker, starts) for tried in self._tried):
            return True
        mark = submission(one.id, "appointment", starts.isoformat(), worker)
        states = set(
            Appointment.objects.filter(
                Q(submission=mark) | Q(worker_id=worker, starts_at=starts), client_id=one.id
            ).values_list("status", flat=True)
        )
        if states and not states & set(LIVE):
            want.doubt("appointment_ended", "date")
        return bool(states)

    def _try(self, want: Wanted, one: Known, worker: UUID, starts: datetime, ends: datetime) -> str:
        """Book, in a dry run only to see; return whose time was taken, or ""."""
        for client, other, begins, until in self._tried:
            if begins < ends and starts < until and (client == one.id or other == worker):
                return "worker" if other == worker else "client"
        try:
            with transaction.atomic():
                write_booking(
                    one.client,
                    by=self.errand.by,
                    at=self.errand.at,
                    worker_id=worker,
                    starts_at=starts,
                    ends_at=ends,
                    place=want.row.fields.get("place", "")[:200],
                    submission=submission(one.id, "appointment", starts.isoformat(), worker),
                    tell=False,
                    **_more(want, one.client),
                )
                if self.errand.dry:
                    self._tried.append((one.id, worker, starts, ends))
                    raise _Undone
        except DoubleBooked as taken:
            return taken.whose
        except _Undone:
            pass
        return ""


def _more(want: Wanted, client: Client) -> dict[str, Any]:
    said = want.row.fields
    note = (said.get("notes") or said.get("subject", ""))[:400]
    if client.safety_ban:
        note = held_back(want, client, "notes", note)
    mode, wanted_language = said.get("mode") or "visit", said.get("interpreter")
    language = wanted_language if isinstance(wanted_language, str) else said.get("service_language")
    return {
        "kind": "call" if mode == "call_attempt" else mode,
        "purpose": PURPOSES.get(said.get("occasion", ""), Purpose.COACHING),
        "language": language or "fi",
        "interpreter": bool(wanted_language),
        "note": note,
    }
