"""What the register holds of the people of one batch: a few statements for a thousand rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection

from polku.clients.models import Client, ContactDetails
from polku.clients.queries import visible
from polku.contacts.models import Contact, Rhythm
from polku.exchange.imports.errand import Errand
from polku.exchange.imports.known import Known
from polku.exchange.imports.wanted import Wanted
from polku.foundation import clock, walls
from polku.foundation.access import in_force
from polku.foundation.models import Relation

LIKE = 0.5

# A LATERAL with OFFSET 0 asks once for each row, by the index. Left to itself the planner, which
# can't see through the walls' policies, reads the whole register for each batch.
_NEAR = """
SELECT n.line, c.id, c.likeness, c.begins
FROM unnest(%s::int[], %s::date[], %s::text[], %s::text[]) AS n(line, born, name, beginning)
CROSS JOIN LATERAL (
  SELECT id, similarity(search_name, n.name) AS likeness,
    starts_with(search_name, n.beginning) AS begins
  FROM clients_client WHERE register_id = %s AND born = n.born OFFSET 0
) c
WHERE c.likeness >= %s OR c.begins
"""
_SAME_PHONE = """
SELECT n.line, d.client_id
FROM unnest(%s::int[], %s::text[]) AS n(line, digits)
CROSS JOIN LATERAL (
  SELECT client_id FROM clients_contactdetails
  WHERE register_id = %s AND phone_digits = n.digits OFFSET 0
) d
"""
# By array, so that the worst plan of a table not yet counted is one reading of the register for
# the whole batch. Row by row it would be one for each row: all indexes begin with the register,
# and to a planner that believes the table small they are all alike.
_BY_KEY = """
SELECT id FROM clients_client WHERE register_id = %s AND identity_index = ANY(%s::bytea[])
UNION
SELECT id FROM clients_client
WHERE register_id = %s AND office_number = ANY(%s::text[]) AND office_number <> ''
"""


class Alike(NamedTuple):
    """A client born on the same day: how alike the name is (0 to 1), and whether it begins so."""

    client_id: UUID
    likeness: float
    begins: bool


Near = dict[int, list[Alike]]


def near(errand: Errand, wants: Iterable[Wanted]) -> Near:
    """Return, by row, the clients born on the same day with a name alike."""
    asked = [w for w in wants if w.values.get("born") and w.search]
    if not asked:
        return {}
    found: Near = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(
            _NEAR,
            [
                _array(w.row.line for w in asked),
                _array(w.values["born"] for w in asked),
                _array(w.search for w in asked),
                _array(" ".join(w.name_key).strip() for w in asked),
                errand.register.id,
                LIKE,
            ],
        )
        for line, *alike in cursor.fetchall():
            found[line].append(Alike(*alike))
    return found


def same_phone(errand: Errand, wants: Iterable[Wanted]) -> dict[int, list[UUID]]:
    """Return, by row, the clients who have the row's phone number. Guarded numbers are not seen."""
    asked = [w for w in wants if w.values.get("phone_digits")]
    found: dict[int, list[UUID]] = defaultdict(list)
    if asked:
        with connection.cursor() as cursor:
            digits = _array(w.values["phone_digits"] for w in asked)
            lines = _array(w.row.line for w in asked)
            cursor.execute(_SAME_PHONE, [lines, digits, errand.register.id])
            for line, client in cursor.fetchall():
                found[line].append(client)
    return found


def ids_by_key(errand: Errand, identities: Iterable[bytes], numbers: Iterable[str]) -> set[UUID]:
    """Return the clients who have one of these identity codes or office numbers."""
    register = errand.register.id
    codes = _array(f"\\x{code.hex()}" for code in identities)
    with connection.cursor() as cursor:
        cursor.execute(_BY_KEY, [register, codes, register, _array(numbers)])
        return {row[0] for row in cursor.fetchall()}


def _array(items: Iterable[object]) -> str:
    """Return an array as PostgreSQL reads it.

    For a list, psycopg quotes each item by itself: of thousands, that takes longer than the answer.
    """
    quoted = [str(item).replace("\\", "\\\\").replace('"', '\\"') for item in items]
    return '{"' + '","'.join(quoted) + '"}' if quoted else "{}"


def visible_ids(errand: Errand, ids: Iterable[UUID]) -> set[UUID]:
    """Return those whom the importer may see."""
    asked = list(ids)
    if not asked:
        return set()
    return set(visible(errand.by).filter(pk__in=asked).values_list("pk", flat=True))


def load(errand: Errand, ids: Iterable[UUID], days: Sequence[date] = ()) -> dict[UUID, Known]:
    """Return the people whole, locked against colleagues' changes until the batch is through.

    Of those whom the importer may not see nothing but the keys is used. `days`: of which contacts
    the row's own days are compared with.
    """
    asked = sorted(set(ids))
    if not asked:
        return {}
    rows = Client.objects.filter(pk__in=asked)
    if not errand.dry:
        rows = rows.select_for_update(of=("self",)).order_by("pk")
    seen = visible_ids(errand, asked)
    people = {
        client.id: Known(
            client,
            None,
            identity=bytes(client.identity_index) if client.identity_index else None,
            visible=client.id in seen,
            before=client.status,
        )
        for client in rows
    }
    for details in ContactDetails.objects.filter(client_id__in=seen):
        people[details.client_id].details = details
    for one in people.values():
        if one.visible and one.client.safety_ban:
            # Only the own coach, the cover and the software come here.
            with walls.guarded_open(one.id):
                one.details = ContactDetails.objects.filter(client_id=one.id).first()
    for rhythm in Rhythm.objects.filter(client_id__in=seen):
        people[rhythm.client_id].rhythm = rhythm
    _load_ties(errand, people, seen)
    _load_contact_days(people, seen, days)
    return people


def _load_ties(errand: Errand, people: dict[UUID, Known], seen: set[UUID]) -> None:
    ties = Relation.objects.filter(
        in_force(errand.by), client_id__in=seen, kind__in=("own", "team")
    ).values_list("client_id", "kind", "user_id")
    for client, kind, user in ties:
        if kind == "own":
            people[client].coach_id = user
        else:
            people[client].has_team = True


def _load_contact_days(people: dict[UUID, Known], seen: set[UUID], days: Sequence[date]) -> None:
    if not days:
        return
    first = clock.day_begins(min(days))
    held: Iterable[Any] = Contact.objects.filter(
        client_id__in=seen, reached=True, at__gte=first
    ).values_list("client_id", "at")
    for client, at in held:
        people[client].contact_days.add(clock.local(at).date())


def people_of(
    errand: Errand, wants: Sequence[Wanted], near_ones: Near, days: Sequence[date] = ()
) -> dict[UUID, Known]:
    """Return everybody whom these rows could be about, whole."""
    ids = ids_by_key(
        errand,
        {w.identity for w in wants if w.identity},
        {w.values["office_number"] for w in wants if "office_number" in w.values},
    )
    ids.update(one.client_id for found in near_ones.values() for one in found if one.begins)
    people = load(errand, ids, days)
    for one in people.values():
        one.line = errand.touched.get(one.id.bytes, 0)
    return people


def recall(errand: Errand, wants: Sequence[Wanted]) -> None:
    """Remember whom rows that were imported before an interruption were about."""
    numbers = {w.values["office_number"]: w.row.line for w in wants if "office_number" in w.values}
    codes = {w.identity: w.row.line for w in wants if w.identity}
    found = Client.objects.filter(pk__in=ids_by_key(errand, codes, numbers)).values_list(
        "id", "identity_index", "office_number"
    )
    for client, index, number in found:
        line = codes.get(bytes(index) if index else b"") or numbers.get(number, 0)
        errand.touched.setdefault(client.bytes, line)
