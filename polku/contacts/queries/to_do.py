"""What waits for a worker: reminders, half-written notes, what clients said of their times."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import (
    Case,
    CharField,
    F,
    IntegerField,
    OuterRef,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce, Concat, TruncDate

from polku.clients.queries import seen
from polku.contacts.left_behind import left_behind
from polku.contacts.models import Appointment, Draft, Reminder, TimeOffer
from polku.contacts.queries.columns import NAMES
from polku.foundation import clock
from polku.foundation.access import in_force
from polku.foundation.models import Relation
from polku.foundation.viewer import Viewer

NO_VERSION = Value(0, IntegerField())


class ToDo(NamedTuple):
    """Something to do: `what` is "reminder", "draft" (half-written), or what a client has said of a
    time that the viewer booked ("moved", "another", "cannot" or "chose", with `id` the
    appointment's). "offered", "none" and "lapsed" tell of times that the viewer has offered, with
    `id` the offer's: the client has not chosen yet, none suits, nobody answered in time.

    Two tell of a time that a hand-over left behind: "left" that it still stands with the former
    coach, whose name `text` is, and "kept" that it is still the viewer's, of a client whom they
    have handed over; that row names nobody but the present coach. `version` is the appointment's, 0
    for what is none.
    """

    what: str
    id: UUID
    client_id: UUID
    first_names: str
    call_name: str
    last_name: str
    text: str
    on: date
    version: int


COLUMNS = ("what", "id", "client_id", *NAMES, "words", "day", "of_version")


def to_do_rows(viewer: Viewer, *, until: date, drafts_since: datetime) -> QuerySet[Any, Any]:
    """Return the viewer's open reminders up to a day, what is half-written, what clients have said
    of their times, and times that a hand-over left behind: rows of ToDo, in no order.

    Worded, not asked: `statements.summaries.to_do` asks for it together with its own.
    """
    reminders = Reminder.objects.filter(
        seen(viewer, few=True),
        register_id=viewer.register_id,
        worker_id=viewer.user_id,
        done_at__isnull=True,
        on__lte=until,
    ).annotate(
        what=Value("reminder", CharField()), words=F("text"), day=F("on"), of_version=NO_VERSION
    )
    drafts = Draft.objects.filter(
        seen(viewer, few=True),
        author_id=viewer.user_id,
        saved_at__gte=drafts_since,
        discarded_at__isnull=True,
    ).annotate(
        what=Value("draft", CharField()),
        words=F("form"),
        day=TruncDate("saved_at", tzinfo=clock.HELSINKI),
        of_version=NO_VERSION,
    )
    told = Appointment.objects.filter(
        seen(viewer, few=True),
        worker_id=viewer.user_id,
        said__in=("moved", "another", "cannot", "chose"),
        said_read_at__isnull=True,
    ).annotate(
        what=F("said"),
        words=F("said_word"),
        day=TruncDate("said_at", tzinfo=clock.HELSINKI),
        of_version=F("version"),
    )
    starts = TruncDate("starts_at", tzinfo=clock.HELSINKI)
    standing = left_behind(viewer.at)
    left = (
        standing.filter(seen(viewer, own=True, one_each=True))
        .exclude(worker_id=viewer.user_id)
        .annotate(
            what=Value("left", CharField()),
            words=Concat("worker__first_name", Value(" "), "worker__last_name"),
            day=starts,
            of_version=F("version"),
        )
    )
    rest = (drafts, told, left, _offered(viewer))
    return reminders.values_list(*COLUMNS).union(
        *(one.values_list(*COLUMNS) for one in rest), _kept(viewer, standing), all=True
    )


def _offered(viewer: Viewer) -> QuerySet[Any, Any]:
    """Return times that the viewer has offered, and of which there is nothing read yet."""
    how = Case(
        When(end="none", then=Value("none")),
        When(expires_at__lte=viewer.at, then=Value("lapsed")),
        default=Value("offered"),
        output_field=CharField(),
    )
    since = Case(
        When(end="", expires_at__lte=viewer.at, then=F("expires_at")),
        default=Coalesce(F("ended_at"), F("made_at")),
    )
    return TimeOffer.objects.filter(
        seen(viewer, few=True),
        worker_id=viewer.user_id,
        register_id=viewer.register_id,
        read_at__isnull=True,
        end__in=("", "none"),
    ).annotate(
        what=how,
        words=F("word"),
        day=TruncDate(since, tzinfo=clock.HELSINKI),
        of_version=NO_VERSION,
    )


def _kept(viewer: Viewer, standing: QuerySet[Any, Any]) -> QuerySet[Any, Any]:
    """Return the viewer's own times that stayed behind, as rows of to_do without the client."""
    present = Relation.objects.filter(
        in_force(viewer), client=OuterRef("client"), kind="own"
    ).annotate(name=Concat("user__first_name", Value(" "), "user__last_name"))
    nobody = Value("", CharField())
    return (
        standing.filter(worker_id=viewer.user_id, register_id=viewer.register_id)
        .annotate(
            what=Value("kept", CharField()),
            first=nobody,
            call=nobody,
            last=nobody,
            words=Coalesce(Subquery(present.values("name")[:1]), nobody),
            day=TruncDate("starts_at", tzinfo=clock.HELSINKI),
            of_version=F("version"),
        )
        .values_list(
            "what", "id", "client_id", "first", "call", "last", "words", "day", "of_version"
        )
    )
