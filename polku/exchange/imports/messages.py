"""The sentences of what the register says to a row; what the sheet itself says stands in `sheets`.

A person stands in the parameters (`client`, `other`) as an id, or as `#17` for one whom row 17 of
the same file brings. A name is put there only when the sentence is shown, to somebody who may see.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from uuid import UUID

from polku.clients.queries import visible
from polku.exchange.imports.report import Told
from polku.exchange.sheets import messages as of_sheets
from polku.exchange.worksites import messages as of_worksites
from polku.foundation.viewer import Viewer

MESSAGES: dict[str, str] = {
    # Who the row is about.
    "two_candidates": (
        "The row fits two people: %(client)s and %(other)s. Nothing was changed. Check the "
        "identity code and the client number."
    ),
    "number_of_another": (
        "The client number belongs to %(client)s, who has another identity code. Nothing was "
        "changed. Check which of the two is right."
    ),
    "name_differs": (
        "The row's identity code or client number belongs to %(client)s, whose name is quite "
        "different. Nothing was changed."
    ),
    "birth_differs": (
        "The client number belongs to %(client)s, who was born on another day. Nothing was changed."
    ),
    "not_yours": (
        "The row can't be taken in by you, and nothing was changed. Ask the person's own coach or "
        "the register's administrator."
    ),
    "client_unknown": (
        "Nobody in the register fits the row. Import the people first, or add the identity code "
        "or client number."
    ),
    "client_closed": (
        "The record of %(client)s has been closed, so nothing was changed. Open it again on its "
        "page if the person is back."
    ),
    "client_died": "%(client)s has died, so nothing was changed. Take the row out of the sheet.",
    "name_missing": "A new person needs both a last name and a first name.",
    "closed_in_sheet": (
        "The sheet says that the person is no longer a client, so no record was opened."
    ),
    "municipality_outside": (
        "%(town)s does not belong to this register's area, so no record was opened."
    ),
    "database_refused": (
        "The register refused the row (%(rule)s). Nothing of it was kept; the other rows were."
    ),
    # What was left as it is.
    "edited_by_hand": (
        "The value differs from one that was changed by hand. What was changed by hand was kept."
    ),
    "row_differs": (
        "Row %(other_line)s is about the same person and says otherwise. What it says was kept."
    ),
    "moved_outside": (
        "%(town)s does not belong to this register's area. The home municipality was left as it "
        "is; record the move on the client's page."
    ),
    "closing_by_hand": (
        "The sheet says that the person is no longer a client. Closing needs its reason: do it on "
        "the client's page."
    ),
    "coach_unknown": (
        "“%(text)s” is not a coach here. The person is in the team without an own coach."
    ),
    "coach_unclear": (
        "“%(text)s” may be more than one coach. The person is in the team without an own coach."
    ),
    "coach_differs": (
        "The person has another own coach. Coaches were not changed: hand the person over."
    ),
    "no_team": (
        "No team is known for the person. Until one is, nobody sees them in a list: put a coach "
        "or a home municipality into the row."
    ),
    "ban_to_importer": (
        "The person has a safety ban and no own coach in the sheet. You were made the own coach, "
        "since otherwise nobody could see the record: hand it over."
    ),
    "ban_without_coach": (
        "The person has a safety ban and no own coach is known, so nobody could see the record. "
        "Put a coach into the row."
    ),
    "ban_stays": (
        "The register has a safety ban and the sheet has none. The ban stays: ending one is an "
        "act of its own."
    ),
    "text_held_back": (
        "The client has a safety ban, and the text looks as if it told an address, a number or a "
        "place. It was left out. Write it on the client's page without them."
    ),
    "registered_assumed": (
        "The day of registering is missing; %(read)s was taken instead. Correct it on the page."
    ),
    "interview_differs": "The register has another day for the initial interview; it was kept.",
    "interview_to_come": (
        "The initial interview lies ahead. Import it as an appointment, or book it on the page."
    ),
    "next_differs": "Another next contact is planned already; it was kept.",
    "notes_cut": "The note was cut to %(limit)s characters.",
    "text_cut": "The text was cut to %(limit)s characters.",
    "phones_more": "Only the first phone number was kept (numbers: %(count)s).",
    "referral_unknown": "The source of referral “%(text)s” was not recognised. It was left out.",
    "service_language_unusual": (
        "Services are given in Finnish, Swedish or English; the language of service was left as "
        "it is and an interpreter was noted."
    ),
    # Possible doubles: shown, never joined by themselves.
    "likely_same_name": (
        "Perhaps the same person as %(client)s: the same name and date of birth. A record of its "
        "own was opened."
    ),
    "likely_similar_name": (
        "Perhaps the same person as %(client)s: a name almost the same, born on the same day. A "
        "record of its own was opened."
    ),
    "likely_same_phone": (
        "The phone number is also that of %(client)s. A record of its own was opened."
    ),
    # Contacts and appointments.
    "contact_to_come": (
        "The day lies ahead. A contact is logged when it has taken place: import it as an "
        "appointment."
    ),
    "contact_differs": (
        "A contact of that time is in the register with other words. What is there was kept."
    ),
    "mode_missing": "How you met is missing; it was read as a phone call.",
    "time_missing": "An appointment needs a time of day.",
    "appointment_past": "The time has passed. Only coming appointments are imported.",
    "appointment_ended": (
        "The appointment is in the register and has been cancelled or missed there. It was left so."
    ),
    "worker_unknown": (
        "An appointment needs a coach of this register: the row names none, and the person has no "
        "own coach."
    ),
    "worker_booked": "The coach has another appointment then. Nothing was booked.",
    "client_booked": "%(client)s has another appointment then. Nothing was booked.",
}

UNSEEN = "a person whose record you can't open"
ON_ROW = "the person on row %(line)s"
PEOPLE = ("client", "other")
WORDS = (UNSEEN, ON_ROW, *MESSAGES.values())


def named(by: Viewer, rows: Iterable[Told]) -> dict[str, str]:
    """Return {id: name} of the people in these lines whom the viewer may see now. One statement.

    Under a safety ban a name is shown to the own coach and the cover alone, not to the software.
    """
    said = {
        str(row.params[key])
        for row in rows
        if row.code in MESSAGES
        for key in PEOPLE
        if row.params.get(key)
    }
    ids = {UUID(one) for one in said if not one.startswith("#")}
    if not ids:
        return {}
    found = visible(by).filter(pk__in=ids)
    if not by.is_staff:
        found = found.filter(safety_ban=False)
    return {
        str(client.id): f"{client.name} ({client.office_number})"
        if client.office_number
        else client.name
        for client in found.only("first_names", "last_name", "call_name", "office_number")
    }


def sentence(row: Told, people: Mapping[str, str], translate: Callable[[str], str] = str) -> str:
    """Return the reason in words. `people` as `named` gives them."""
    known = MESSAGES.get(row.code)
    if known is None and row.code in of_worksites.MESSAGES:
        return of_worksites.sentence(row.code, row.params, translate)
    if known is None:
        return of_sheets.sentence(row.problem, translate)
    params = dict(row.params)
    for key in PEOPLE:
        if key in params:
            one = str(params[key])
            params[key] = (
                translate(ON_ROW) % {"line": one[1:]}
                if one.startswith("#")
                else people.get(one) or translate(UNSEEN)
            )
    return translate(known) % params
