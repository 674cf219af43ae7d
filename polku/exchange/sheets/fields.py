"""What a sheet may hold: the fields of the kinds of sheet, and how each cell is read."""

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
    # Of worksites and openings.
    Field("office_number", "Number of the workplace", "number"),
    Field("host", "Employer", "text"),
    Field("legal_form", "Legal form", "legal_form"),
    Field("business_id", "Business id", "business_id"),
    Field("worksite", "Workplace", "text"),
    Field("unit", "Unit", "text"),
    Field("in_municipality", "Municipality", "municipality"),
    Field("lat", "Latitude (WGS 84)", "coordinate"),
    Field("lon", "Longitude (WGS 84)", "coordinate"),
    Field("north", "N (ETRS-TM35FIN)", "coordinate"),
    Field("east", "E (ETRS-TM35FIN)", "coordinate"),
    Field("point", "Coordinates in one cell", "text"),
    Field("person", "Supervisor", "person"),
    Field("person_title", "Title of the supervisor", "text"),
    Field("person_phone", "Phone of the supervisor", "phones"),
    Field("person_email", "E-mail of the supervisor", "email"),
    Field("arriving", "How one gets there", "text"),
    Field("supports", "Support at the workplace", "supports"),
    Field("languages", "Languages spoken there", "languages"),
    Field("title", "Task", "text"),
    Field("tasks", "Description of the task", "long_text", many=True),
    Field("isco", "Occupation code (ISCO)", "isco"),
    Field("kinds", "Kind of placement", "kinds"),
    Field("seats", "Seats", "seats"),
    Field("hours", "Hours a day", "hours"),
    Field("days", "Days a week", "days"),
    Field("times", "Times of day", "text"),
    Field("open_from", "Open from", "date"),
    Field("open_to", "Open until", "date"),
    Field("demands", "What the work asks for", "demands", many=True),
    Field("cards", "Cards and permits", "cards", many=True),
    Field("language_level", "Language needed", "level"),
    Field("cuts", "What can be cut to a client", "cuts"),
    Field("teaches", "What one learns", "text"),
    Field("may_lead", "May lead to a job", "yes_no"),
    Field("host_asks", "Wishes of the workplace", "text"),
    Field("confirmed", "Confirmed on", "date", past=True),
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
WORKSITES = "worksites"
# Of people; the others are of places.
CLIENT_KINDS = (PEOPLE, CONTACTS, APPOINTMENTS)

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
    WORKSITES: (
        "office_number",
        "host",
        "legal_form",
        "business_id",
        "worksite",
        "unit",
        "address",
        "postal_code",
        "post_office",
        "in_municipality",
        "lat",
        "lon",
        "north",
        "east",
        "point",
        "phone",
        "email",
        "person",
        "person_title",
        "person_phone",
        "person_email",
        "arriving",
        "supports",
        "languages",
        "title",
        "tasks",
        "isco",
        "kinds",
        "seats",
        "hours",
        "days",
        "times",
        "open_from",
        "open_to",
        "demands",
        "cards",
        "language_level",
        "cuts",
        "teaches",
        "may_lead",
        "host_asks",
        "confirmed",
        "notes",
    ),
}
