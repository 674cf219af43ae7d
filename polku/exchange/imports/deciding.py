"""What a row changes of a person, and what is only told. Nothing is written here.

An empty cell changes nothing; what was changed by hand stays; of two rows about one person the
first counts, and the second fills what it left open.
"""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from polku.clients import names
from polku.clients.actions import set_names
from polku.clients.models import Client, ContactDetails
from polku.contacts import rhythm as rhythms
from polku.contacts.models import Contact, Purpose, Rhythm
from polku.exchange.imports.banned import hold_back
from polku.exchange.imports.errand import Coach, Errand
from polku.exchange.imports.known import DETAILS, Known
from polku.exchange.imports.loading import row
from polku.exchange.imports.wanted import Wanted
from polku.exchange.sheets.dates import finnish
from polku.foundation import clock

NOON = time(12)
# What the sheet calls these fields, for the column of a reason.
HEADED = {
    "office_number": "client_number", "born": "birth_date", "language": "mother_tongue",
    "registered_on": "registered", "referral": "referral_source", "situation": "notes",
    "phone": "phone", "street": "address", "town": "post_office",
}  # fmt: skip
_COMPARED = (
    "office_number", "last_name", "first_names", "born", "language", "service_language",
    "interpreter", "unemployed_since", "registered_on", "referral", "situation", "phone", "email",
    "street", "postal_code", "town",
)  # fmt: skip


def submission(client_id: UUID, *what: object) -> UUID:
    """Return the mark by which the database knows the same imported thing again."""
    return uuid5(NAMESPACE_URL, "|".join(["polku-import", str(client_id), *map(str, what)]))


def at_noon(day: date) -> datetime:
    """Return the moment that stands for a day of which no time is known."""
    return datetime.combine(day, NOON, tzinfo=clock.HELSINKI)


def open_new(errand: Errand, want: Wanted) -> Known | None:
    """Return a new person as the row has them; None, with the reason, when none may be opened."""
    for name in ("last_name", "first_names"):
        if not want.values.get(name):
            want.refuse("name_missing", name)
            break
    if want.closed:
        want.refuse("closed_in_sheet", "status")
    town = want.municipality
    if town and errand.bounds is not None and town not in errand.bounds:
        want.refuse("municipality_outside", "municipality", town=errand.names.get(town, town))
    if any(problem.severity == "refused" for problem in want.problems):
        return None
    if want.ban:
        hold_back(want, None)
    values = {k: v for k, v in want.values.items() if k not in DETAILS}
    registered = values.pop("registered_on", None) or _registered(errand, want)
    client = row(
        Client,
        register_id=errand.register.id,
        municipality_id=town,
        registered_on=registered,
        opened_on=registered,
        created_at=errand.at,
        changed_at=errand.at,
        **values,
    )
    set_names(client)
    details = row(
        ContactDetails,
        register_id=errand.register.id,
        client_id=client.id,
        municipality_id=town,
        **{name: want.values[name] for name in DETAILS if name in want.values},
    )
    rhythm = row(
        Rhythm,
        register_id=errand.register.id,
        client_id=client.id,
        interview_due_on=rhythms.law_date_of_interview(registered, errand.law),
    )
    one = Known(client, details, rhythm, want.identity, new=True, line=want.row.line)
    if not _give_coach(errand, want, one):
        return None
    _plan(errand, want, one)
    return one


def _registered(errand: Errand, want: Wanted) -> date:
    if errand.registered_on is not None:
        return errand.registered_on
    said = want.row.fields
    days = [said.get(k) for k in ("initial_interview", "last_contact")]
    known = [day for day in days if isinstance(day, date) and day <= errand.today]
    taken = min([errand.today, *known])
    want.doubt("registered_assumed", read=finnish(taken))
    return taken


def _coach(errand: Errand, want: Wanted) -> Coach | None:
    text = want.row.fields.get("coach")
    if not text:
        return None
    found = errand.coaches.find(text)
    if isinstance(found, Coach):
        return found
    code = "coach_unknown" if found == "unknown" else "coach_unclear"
    want.doubt(code, "coach", text=text[:60])
    return None


def _give_coach(errand: Errand, want: Wanted, one: Known) -> bool:
    """Give a person without one an own coach and a team; False when a ban forbids to go without."""
    banned = bool(want.ban) and not one.client.safety_ban and not one.ban
    if one.coach_id is not None:
        _compare_coach(errand, want, one)
    else:
        coach = _coach(errand, want)
        if coach is None and banned:
            if not errand.by.is_staff or errand.by.user_id is None:
                want.refuse("ban_without_coach", "safety_ban")
                return False
            coach = Coach(errand.by.user_id, errand.by.name, errand.by.team_id)
            want.doubt("ban_to_importer", "safety_ban")
        if coach is not None:
            one.coach_id = one.own = coach.user_id
            one.changed.add("own")
        _give_team(errand, want, one, coach)
    if banned:
        one.ban = True
        one.changed.add("safety_ban")
    return True


def _compare_coach(errand: Errand, want: Wanted, one: Known) -> None:
    text = want.row.fields.get("coach")
    found = errand.coaches.find(text) if text else None
    if text and not (isinstance(found, Coach) and found.user_id == one.coach_id):
        want.doubt("coach_differs", "coach")


def _give_team(errand: Errand, want: Wanted, one: Known, coach: Coach | None) -> None:
    if one.has_team:
        return
    one.team = errand.team_for(want.municipality, coach)
    if one.team is not None:
        one.has_team = True
        one.changed.add("team")
    elif coach is None:
        want.doubt("no_team")


def update(errand: Errand, want: Wanted, one: Known) -> bool:
    """Bring the row into a person who is there. False, with the reason, when it is refused."""
    client = one.client
    if client.died_on or client.closed_on:
        want.refuse("client_died" if client.died_on else "client_closed", client=one.said)
        return False
    first_row = one.line if one.line and one.line != want.row.line else None
    if want.closed:
        want.doubt("closing_by_hand", "status")
    if want.ban is False and (client.safety_ban or one.ban):
        want.doubt("ban_stays", "safety_ban")
    if want.ban or client.safety_ban or one.ban:
        hold_back(want, client)
    if not _give_coach(errand, want, one):
        return False
    for name in _COMPARED:
        if name in want.values:
            _compare(want, one, name, want.values[name], first_row)
    _compare_identity(want, one)
    _compare_status(want, one, first_row)
    _compare_municipality(errand, want, one, first_row)
    if one.changed & {"last_name", "first_names"}:
        set_names(client)
    _plan(errand, want, one)
    return True


def _compare(want: Wanted, one: Known, name: str, value: Any, first_row: int | None) -> None:
    if name in DETAILS and one.details is None:
        return
    present = one.get(name)
    if value == present or _the_same(name, value, present, want, one):
        return
    headed = HEADED.get(name, name)
    if present not in ("", None, False):
        if name in one.client.edited_by_hand:
            want.doubt("edited_by_hand", headed)
            return
        if first_row is not None:
            want.doubt("row_differs", headed, other_line=first_row)
            return
    one.set(name, value)
    if name == "phone":
        one.set("phone_digits", want.values["phone_digits"])


def _the_same(name: str, value: Any, present: Any, want: Wanted, one: Known) -> bool:
    """Two ways to write the same: capitals, accents, a phone's groups, fewer of the first names."""
    if name == "phone":
        return bool(one.get("phone_digits") == want.values["phone_digits"])
    if name == "email":
        return bool(value.lower() == present.lower())
    if name in ("street", "town"):
        return bool(value.casefold() == present.casefold())
    if name not in ("last_name", "first_names"):
        return False
    new, old = names.fold(value).split(), names.fold(present).split()
    if name == "first_names" and new == old[: len(new)] and len(new) < len(old):
        return True
    return new == old and _accents(value) <= _accents(present)


def _accents(text: str) -> int:
    return sum(not sign.isascii() for sign in text)


def _compare_identity(want: Wanted, one: Known) -> None:
    if want.identity and one.identity is None:
        one.identity = want.identity
        one.changed.add("identity_code")


def _compare_status(want: Wanted, one: Known, first_row: int | None) -> None:
    status = want.values.get("status")
    if status is None or status == one.client.status:
        return
    if "status" in one.client.edited_by_hand:
        want.doubt("edited_by_hand", "status")
    elif first_row is not None:
        want.doubt("row_differs", "status", other_line=first_row)
    else:
        one.set("status", status)


def _compare_municipality(errand: Errand, want: Wanted, one: Known, first_row: int | None) -> None:
    town = want.municipality
    if town is None or one.details is None or town == one.details.municipality_id:
        return
    if errand.bounds is not None and town not in errand.bounds:
        want.doubt("moved_outside", "municipality", town=errand.names.get(town, town))
    elif one.details.municipality_id and "municipality" in one.client.edited_by_hand:
        want.doubt("edited_by_hand", "municipality")
    elif one.details.municipality_id and first_row is not None:
        want.doubt("row_differs", "municipality", other_line=first_row)
    else:
        one.details.municipality_id = town
        if not one.client.safety_ban:
            one.client.municipality_id = town
        one.changed.add("municipality")


def _plan(errand: Errand, want: Wanted, one: Known) -> None:
    """Take in the days that a list of people keeps of contacts: one behind, one ahead."""
    said, rhythm = want.row.fields, one.rhythm
    if rhythm is None:
        return
    interview = said.get("initial_interview")
    if interview is not None:
        if interview > errand.today:
            want.doubt("interview_to_come", "initial_interview")
        elif rhythm.initial_interview_on is None:
            _add_contact(errand, one, interview, Purpose.INITIAL_INTERVIEW)
        elif rhythm.initial_interview_on != interview:
            want.doubt("interview_differs", "initial_interview")
    last = said.get("last_contact")
    if last is not None and last <= errand.today and last not in one.contact_days:
        _add_contact(errand, one, last, Purpose.COACHING)
    following = said.get("next_contact")
    if following is not None and following >= errand.today:
        if rhythm.next_on is None:
            rhythm.next_on = following
            one.changed.add("next_on")
        elif rhythm.next_on != following:
            want.doubt("next_differs", "next_contact")


def _add_contact(errand: Errand, one: Known, day: date, purpose: Purpose) -> None:
    """Add a contact of which only the day is known; a contact of that day that is there stays."""
    contact = Contact(
        register_id=errand.register.id,
        client=one.client,
        at=at_noon(day),
        kind="visit" if purpose == Purpose.INITIAL_INTERVIEW else "call",
        purpose=purpose,
        worker_name=errand.origin,
        submission=submission(one.id, purpose, day),
        created_at=errand.at,
        changed_at=errand.at,
    )
    one.contact_days.add(day)
    one.contacts.append(contact)
    one.changed.add("contacts")
    if one.rhythm is not None and day >= one.client.opened_on:
        rhythms.take_in(one.rhythm, contact, errand.law)
