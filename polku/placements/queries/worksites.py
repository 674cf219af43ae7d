"""Worksites: the list with who was talked to last, and everything about one on one page."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db import connection
from django.db.models import Count, F, OuterRef, Q, QuerySet
from django.db.models.functions import JSONObject

from polku.clients.names import sort_key
from polku.clients.queries import seen
from polku.foundation import clock
from polku.foundation.prepared import prepared
from polku.foundation.viewer import Viewer
from polku.placements import states
from polku.placements.models import (
    Host,
    HostContact,
    Opening,
    OrientationItem,
    Placement,
    SeatUse,
    Supervisor,
    Worksite,
)
from polku.placements.queries.choosing import (
    FREE_NOW,
    HERE,
    PLACE_SAID,
    USED,
    Condition,
    add_search,
)

PAGE = 50


class WorksiteRow(NamedTuple):
    """One worksite of the list, with its openings counted and the last and the next talk."""

    id: UUID
    name: str
    unit: str
    host: str
    legal_form: str
    readiness: str
    precision: str
    closed_on: date | None
    town_fi: str
    town_sv: str
    openings: int
    free: int
    last_at: datetime | None
    last_result: str | None
    last_reason: str | None
    last_by: str | None
    next_on: date | None
    next_by_id: UUID | None
    next_by: str | None
    total: int


_LISTED = f"""
WITH {USED}, open AS (
  SELECT o.worksite_id, count(*) AS openings, sum({FREE_NOW})::int AS free
  FROM placements_opening o JOIN placements_worksite w ON w.id = o.worksite_id
  LEFT JOIN used u ON u.opening_id = o.id
  WHERE o.register_id = %(register)s AND o.state = 'open' GROUP BY o.worksite_id
), page AS (
  SELECT w.id, w.name, w.unit, w.host_id, w.readiness, w.precision, w.closed_on,
    w.municipality_id, w.sort_key, coalesce(p.openings, 0) AS openings,
    coalesce(p.free, 0) AS free, count(*) OVER () AS total
  FROM placements_worksite w LEFT JOIN open p ON p.worksite_id = w.id
  WHERE {HERE}
  ORDER BY w.sort_key, w.id LIMIT %(most)s OFFSET %(first)s
)
SELECT w.id, w.name, w.unit, h.name, h.legal_form, w.readiness, w.precision, w.closed_on,
  m.name_fi, m.name_sv, w.openings, w.free, l.at, l.result, l.reason, l.by,
  n.next_on, n.next_by_id, n.by, w.total
FROM page w
JOIN placements_host h ON h.id = w.host_id
JOIN foundation_municipality m ON m.code = w.municipality_id
LEFT JOIN LATERAL (
  SELECT c.at, c.result, c.reason, a.first_name || ' ' || a.last_name AS by
  FROM placements_hostcontact c JOIN foundation_user a ON a.id = c.by_id
  WHERE c.worksite_id = w.id ORDER BY c.at DESC LIMIT 1
) l ON true
LEFT JOIN LATERAL (
  SELECT c.next_on, c.next_by_id, a.first_name || ' ' || a.last_name AS by
  FROM placements_hostcontact c JOIN foundation_user a ON a.id = c.next_by_id
  WHERE c.worksite_id = w.id AND c.next_done_at IS NULL AND c.next_on IS NOT NULL
  ORDER BY c.next_on LIMIT 1
) n ON true
ORDER BY w.sort_key, w.id
"""


def worksites(
    viewer: Viewer,
    *,
    q: str = "",
    town: str = "",
    readiness: str = "",
    show: str = "",
    page: int = 1,
) -> list[WorksiteRow]:
    """Return one page of worksites; empty beyond the last. `show`: without, unplaced or closed.

    One statement; a search that finds nothing is asked once more, with words that are like.
    """
    for tolerant in (False, True):
        found = Condition()
        found.add(
            "w.register_id = %(register)s", register=viewer.register_id,
            today=clock.today(), now=viewer.at, most=PAGE, first=(page - 1) * PAGE,
        )  # fmt: skip
        found.add(f"w.closed_on IS {'NOT ' if show == 'closed' else ''}NULL")
        if town:
            found.add("w.municipality_id = %(town)s", town=town)
        if readiness:
            found.add("w.readiness = %(readiness)s", readiness=readiness)
        if show == "without":
            found.add("p.openings IS NULL")
        if show == "unplaced":
            found.add("w.lat IS NULL")
        add_search(found, q, PLACE_SAID, tolerant=tolerant)
        with connection.cursor() as cursor:
            cursor.execute(_LISTED.replace(HERE, found.sql), found.values)
            rows = [WorksiteRow._make(row) for row in cursor.fetchall()]
        if rows or not q or page > 1:
            break
    return rows


def worksite(viewer: Viewer, worksite_id: UUID) -> Worksite:
    """Return a worksite with its host and municipality. Raises Worksite.DoesNotExist."""
    return Worksite.objects.select_related("host", "municipality").get(
        pk=worksite_id, register_id=viewer.register_id
    )


def whole(viewer: Viewer, worksite_id: UUID) -> Worksite:
    """Return a worksite as `worksite` does, with `the_people` there and `the_lines` to go through.

    People are mappings of id, name, title, phone, email and decides, those who decide first.
    """
    people = Supervisor.objects.filter(worksite=OuterRef("pk"), ended_on__isnull=True)
    lines = OrientationItem.objects.filter(worksite=OuterRef("pk"), ended_on__isnull=True)
    said = {name: F(name) for name in ("id", "name", "title", "phone", "email", "decides")}
    return (
        Worksite.objects.select_related("host", "municipality")
        .annotate(
            the_people=ArraySubquery(
                people.order_by("-decides", "name").annotate(row=JSONObject(**said)).values("row")
            ),
            the_lines=ArraySubquery(lines.order_by("position").values("text")),
        )
        .get(pk=worksite_id, register_id=viewer.register_id)
    )


def host(viewer: Viewer, host_id: UUID) -> Host:
    """Return a host. Raises Host.DoesNotExist, foreign and absent alike."""
    return Host.objects.get(pk=host_id, register_id=viewer.register_id)


def opening(viewer: Viewer, opening_id: UUID) -> Opening:
    """Return an opening with its worksite. Raises Opening.DoesNotExist."""
    return Opening.objects.select_related("worksite", "worksite__municipality", "supervisor").get(
        pk=opening_id, register_id=viewer.register_id
    )


def kept_back(viewer: Viewer, opening_id: UUID, use_id: UUID) -> SeatUse:
    """Return a seat that the host keeps back and nobody is behind. Raises SeatUse.DoesNotExist.

    A seat under a safety ban looks the same and is nobody's to give back here: it is not found.
    """
    return SeatUse.objects.get(
        pk=use_id,
        register_id=viewer.register_id,
        opening_id=opening_id,
        how=SeatUse.How.KEPT_BACK,
        over_at__isnull=True,
    )


def supervisors(viewer: Viewer, worksite_id: UUID) -> list[Supervisor]:
    """Return the people of a worksite who are there now, those who decide first."""
    rows = Supervisor.objects.filter(
        register_id=viewer.register_id, worksite_id=worksite_id, ended_on__isnull=True
    )
    return list(rows.order_by("-decides", "name"))


def supervisor(viewer: Viewer, worksite_id: UUID, supervisor_id: UUID) -> Supervisor:
    """Return one of a worksite's people. Raises Supervisor.DoesNotExist."""
    return Supervisor.objects.get(
        pk=supervisor_id, worksite_id=worksite_id, register_id=viewer.register_id
    )


def orientation(viewer: Viewer, worksite_id: UUID) -> list[str]:
    """Return the lines of the worksite's checklist for a newcomer, in order."""
    rows = OrientationItem.objects.filter(
        register_id=viewer.register_id, worksite_id=worksite_id, ended_on__isnull=True
    )
    return list(rows.order_by("position").values_list("text", flat=True))


class There(NamedTuple):
    """A placement at a worksite now or soon, of a client whom the viewer may see."""

    id: UUID
    client_id: UUID
    first_names: str
    call_name: str
    last_name: str
    title: str
    kind: str
    state: str
    starts_on: date | None
    ends_on: date | None


@prepared
def _there(viewer: Viewer, *, worksite_id: UUID) -> QuerySet[Any, Any]:
    return (
        Placement.objects.filter(
            seen(viewer),
            worksite_id=worksite_id,
            register_id=viewer.register_id,
            guarded=False,
            state__in=states.LIVE,
        )
        .order_by("starts_on", "suggested_at")
        .values_list(
            "id",
            "client_id",
            "client__first_names",
            "client__call_name",
            "client__last_name",
            "title",
            "kind",
            "state",
            "starts_on",
            "ends_on",
        )[:100]
    )


def there_now(viewer: Viewer, worksite_id: UUID) -> list[There]:
    """Return who is at the worksite, or about to be: only clients whom the viewer may see."""
    return [There._make(row) for row in _there(viewer, worksite_id=worksite_id)]


class Experience(NamedTuple):
    """What has come of placements here, in numbers alone; nobody under a safety ban is in them."""

    began: int = 0
    ended: int = 0
    interrupted: int = 0
    running: int = 0
    refused: int = 0


def experience(viewer: Viewer, worksite_id: UUID) -> Experience:
    """Return the worksite's past in numbers."""
    rows = Placement.objects.filter(
        worksite_id=worksite_id, register_id=viewer.register_id, guarded=False
    )
    counted = rows.aggregate(
        began=Count("pk", Q(state__in=states.BEGAN)),
        ended=Count("pk", Q(state="ended")),
        interrupted=Count("pk", Q(state="interrupted")),
        running=Count("pk", Q(state="running")),
        refused=Count("pk", Q(state="refused")),
    )
    return Experience(**counted)


def talks(viewer: Viewer, worksite_id: UUID, *, most: int = 30) -> list[HostContact]:
    """Return the talks with a worksite, the newest first."""
    rows = HostContact.objects.filter(register_id=viewer.register_id, worksite_id=worksite_id)
    return list(rows.select_related("by", "next_by", "supervisor").order_by("-at")[:most])


def towns(viewer: Viewer) -> list[tuple[str, str, str]]:
    """Return the municipalities (code and both names) in which there is a worksite."""
    rows = (
        Worksite.objects.filter(register_id=viewer.register_id, closed_on__isnull=True)
        .order_by("municipality__name_fi")
        .values_list("municipality_id", "municipality__name_fi", "municipality__name_sv")
        .distinct()
    )
    return list(rows)


def host_like(viewer: Viewer, name: str, business_id: str = "") -> Host | None:
    """Return the host that has this business id, else the one of this name, if there is one."""
    rows = Host.objects.filter(register_id=viewer.register_id)
    same = rows.filter(business_id=business_id).first() if business_id else None
    return same or rows.filter(sort_key=sort_key(name, "")[:200]).first()


def host_names(viewer: Viewer) -> list[str]:
    """Return the names of hosts, for choosing one that is there already."""
    rows = Host.objects.filter(register_id=viewer.register_id)
    return list(rows.order_by("sort_key").values_list("name", flat=True)[:500])
