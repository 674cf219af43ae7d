"""What a sheet may hold: the fields of the three kinds of sheet, and how each cell is read."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Field:
    """`label`: English msgid for the mapping page. `reads`: name of the reader in values.py.

    `many`: several columns may hold it. `guarded`: never quoted in a reason when the row's person
    has a safety ban. `past`: a day still to come is doubtful.
    """

    name: str
    label: str
    reads: str
    many: bool = False
    guarded: bool = False
    past: bool = False


_ALL = (
    Field("client_number", "Client number", "number"),
    Field("identity_code", "Identity code", "identity"),
    Field("last_name", "Last name", "name"),
    Field("first_names", "First names", "name"),
    Field("full_name", "Name (last name first)", "full_name"),
    Field("full_name_first", "Name (first name first)", "full_name_first"),
    Field("birth_date", "Date of birth", "birth_date"),
    Field("phone", "Phone", "phones", many=True, guarded=True),
    Field("email", "E-mail", "email", many=True, guarded=True),
    Field("address", "Street address", "text", guarded=True),
    Field("postal_code", "Postal code", "postal_code", guarded=True),
    Field("post_office", "Post office", "text", guarded=True),
    Field("municipality", "Home municipality", "municipality", guarded=True),
    Field("mother_tongue", "Mother tongue", "language"),
    Field("service_language", "Language of service", "language"),
    Field("unemployed_since", "Unemployed since", "date", past=True),
    Field("registered", "Registered as a jobseeker", "date", past=True),
    Field("initial_interview", "Initial interview", "date"),
    Field("last_contact", "Last contact", "date", past=True),
    Field("next_contact", "Next contact", "date"),
    Field("coach", "Coach", "text"),
    Field("safety_ban", "Safety ban", "safety_ban"),
    Field("status", "Status", "status"),
    Field("referral_source", "Referred by", "text"),
    Field("notes", "Notes", "long_text", many=True),
    Field("date", "Day", "date"),
    Field("time", "Time", "time"),
    Field("duration", "Duration", "duration"),
    Field("mode", "Mode", "mode"),
    Field("subject", "Subject", "text"),
    Field("entry", "Entry", "long_text", many=True),
    Field("author", "Written by", "text"),
    Field("place", "Place", "text", guarded=True),
    Field("interpreter", "Interpreter", "interpreter"),
)
FIELDS: dict[str, Field] = {field.name: field for field in _ALL}

_WHO = (
    "client_number",
    "identity_code",
    "last_name",
    "first_names",
    "full_name",
    "full_name_first",
    "birth_date",
)
PEOPLE = "people"
CONTACTS = "contacts"
APPOINTMENTS = "appointments"

# The fields of each kind of sheet, in the order in which a mapping page lists them.
KINDS: dict[str, tuple[str, ...]] = {
    PEOPLE: (
        *_WHO,
        "phone",
        "email",
        "address",
        "postal_code",
        "post_office",
        "municipality",
        "mother_tongue",
        "service_language",
        "unemployed_since",
        "registered",
        "initial_interview",
        "last_contact",
        "next_contact",
        "coach",
        "safety_ban",
        "status",
        "referral_source",
        "notes",
    ),
    CONTACTS: (
        *_WHO,
        "phone",
        "date",
        "time",
        "duration",
        "mode",
        "subject",
        "entry",
        "author",
        "next_contact",
    ),
    APPOINTMENTS: (
        *_WHO,
        "phone",
        "date",
        "time",
        "duration",
        "place",
        "mode",
        "interpreter",
        "service_language",
        "coach",
        "subject",
        "notes",
    ),
}
