"""Who may do what with contacts and appointments."""

from django.utils.translation import gettext_lazy as _

from polku.foundation.permissions import permission

RELATED = _("only with a client whom the worker may see")

READ = permission(
    "contacts.read",
    _("read a contact that was logged"),
    roles=("coach", "lead"),
    condition=RELATED,
)
LOG = permission("contacts.log", _("log a contact"), roles=("coach", "lead"), condition=RELATED)
CHANGE = permission(
    "contacts.change",
    _("correct a contact that was logged"),
    roles=("coach", "lead"),
    holds=lambda viewer, contact: contact is None or contact.worker_id == viewer.user_id,
    condition=_("only one's own"),
)
PRIVATE = permission(
    "contacts.private_note",
    _("read a private note"),
    roles=("coach", "lead"),
    holds=lambda viewer, contact: contact is None or contact.worker_id == viewer.user_id,
    condition=_("only the one who wrote it"),
)
DRAFT = permission(
    "contacts.draft",
    _("keep and read one's own half-written notes"),
    roles=("coach", "lead"),
    condition=_("only one's own"),
)
BOOK = permission(
    "contacts.book",
    _("book, move and cancel appointments"),
    roles=("coach", "lead"),
    condition=RELATED,
)
REMIND = permission("contacts.remind", _("make reminders"), roles=("coach", "lead"))
COPY = permission(
    "contacts.copy", _("copy text for the national register"), roles=("coach", "lead")
)
TEMPLATES = permission(
    "contacts.templates", _("edit the texts for the national register"), roles=("lead",)
)
MAIL = permission(
    "contacts.mail",
    _("see in the demo which mails went out"),
    roles=("coach", "lead", "coordinator"),
    condition=RELATED,
)
CALENDAR = permission(
    "contacts.calendar",
    _("read one's own times in a calendar program, by a private address"),
    roles=("coach", "lead"),
    condition=_("only one's own"),
)
RESOURCES = permission(
    "contacts.resources",
    _("keep rooms and interpreters, and their calendars' addresses"),
    roles=("lead", "administrator"),
)
ROOMS = permission(
    "contacts.rooms",
    _("see when rooms and interpreters are booked, and by whom"),
    roles=("coach", "lead", "administrator"),
)
WEEK = permission(
    "contacts.week",
    _("plan one's own week: hours, days away, and what is proposed"),
    roles=("coach", "lead"),
    holds=lambda viewer, row: row is None or row.user_id == viewer.user_id,
    condition=_("only one's own"),
)
OWN_TIMES = permission(
    "contacts.own_times",
    _("say whether a booked time suits, take another one or give it back"),
    roles=("client",),
    holds=lambda viewer, booked: booked is None or booked.client_id == viewer.client_id,
    condition=_("a client only for themselves"),
)
WISH = permission(
    "contacts.wish",
    _("wish how often to be met"),
    roles=("client",),
    holds=lambda viewer, rhythm: rhythm is None or rhythm.client_id == viewer.client_id,
    condition=_("a client only for themselves"),
)
