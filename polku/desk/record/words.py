"""What was done, in words of the trade."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from polku.foundation.models import RoleAssignment


def said(action: str, *, listed: bool = False) -> str:
    """Return an action of the record in words; what has none of its own is told by its room."""
    if listed:
        return _listed(action)
    if action.startswith("refused."):
        return _("was refused")
    known = {
        "clients.page": _("read the client page"),
        "clients.list": _("read the list of clients"),
        "desk.my_day": _("opened My day"),
        "desk.search": _("searched"),
        "clients.contacts": _("read all contacts"),
        "clients.law": _("read why a date by law is what it is"),
        "clients.identity": _("read the identity code"),
        "clients.guarded_view": _("opened the guarded view"),
        "clients.access_log": _("read who has looked"),
        "clients.history": _("read the history of changes"),
        "access_log.client": _("read who has looked"),
        "access_log.list": _("read the access log"),
        "access_log.find": _("looked somebody up in the access log"),
        "access_log.export": _("took the access log out as a file"),
        "clients.open": _("opened the record"),
        "clients.code_refused": _("gave the identity code for another record, and was refused"),
        "clients.code_known": _("gave the identity code for another record"),
        "clients.close": _("closed the record"),
        "clients.reopen": _("reopened the record"),
        "clients.death": _("recorded a death"),
        "clients.death_undone": _("took back a death that was none"),
        "clients.move": _("recorded a move"),
        "clients.ban_set": _("set a safety ban"),
        "clients.ban_end": _("ended a safety ban"),
        "clients.change_person": _("changed the person's details"),
        "clients.change_details": _("changed the contact details"),
        "clients.change_status": _("changed the status"),
        "clients.add_fact": _("added a strength, wish, need or obstacle"),
        "clients.end_fact": _("ended a strength, wish, need or obstacle"),
        "contacts.page": _("read a contact"),
        "contacts.panel": _("began to log a contact"),
        "contacts.log": _("logged a contact"),
        "contacts.change": _("corrected a contact"),
        "contacts.book": _("booked a time"),
        "contacts.appointment": _("looked at an appointment"),
        "contacts.remind": _("made a reminder"),
        "contacts.offer": _("offered times to choose from"),
        "contacts.offer_withdrawn": _("withdrew the offered times"),
        "contacts.offer_chosen": _("chose a time"),
        "contacts.offer_none": _("said that none of the offered times suits"),
        "contacts.offer_opened": _("opened the offered times by the link"),
        "contacts.letter": _("made a letter on paper"),
        "paths.session": _("read the plan"),
        "paths.print": _("printed the plan"),
        "paths.add_step": _("added a step"),
        "paths.change_step": _("changed a step"),
        "paths.agree_plan": _("agreed the plan"),
        "insight.what_if": _("read the register's counts, to ask what might change"),
        "insight.what_if_ask": _("asked what another way of working might change"),
        "insight.what_if_answer": _("read what another way of working might change"),
        "insight.what_if_file": _("took out what another way of working might change"),
        "insight.outlook": _("read how it went for others, beside this client"),
        "insight.outlook_hide": _("chose not to be shown how it went for others"),
        "insight.outlook_show": _("chose to be shown again how it went for others"),
        "insight.early_signs": _("read how early signs are made"),
        "insight.early_signs_fit": _("counted how it went for others"),
        "portal.own_outlook": _("read how it went for others"),
        "placements.page": _("read a placement"),
        "placements.list": _("read the placements"),
        "placements.search_page": _("read what the client looks for"),
        "placements.write_search": _("wrote what the client looks for"),
        "placements.choose_client": _("looked for places for the client"),
        "placements.choose": _("looked for places for the client"),
        "placements.suggest_form": _("began to suggest a place"),
        "placements.round": _("read a matching round"),
        "placements.round_client": _("read a client's part in a matching round"),
        "placements.round_send": _("sent suggestions of a matching round"),
        "placements.sign": _("signed an agreement of a placement"),
        "placements.assess": _("assessed a placement"),
        "placements.note_absence": _("noted an absence"),
        "placements.record_outcome": _("recorded an outcome"),
        "placements.print": _("printed an agreement of a placement"),
        "statements.page": _("read a matter of unemployment security"),
        "statements.of_client": _("read a matter of unemployment security"),
        "statements.begin": _("began a matter of unemployment security"),
        "statements.ask": _("asked the client for clarification"),
        "statements.answer": _("wrote down an answer to a clarification"),
        "statements.write": _("wrote a statement"),
        "statements.sign": _("signed a statement"),
        "statements.sent": _("noted that a statement was sent"),
        "statements.correct": _("began to correct a statement"),
        "statements.print": _("printed a statement"),
        "placements.host_page": _("read the workplace's own page"),
        "exchange.upload": _("brought a sheet in"),
        "exchange.report": _("read the report of an import"),
        "exchange.report_file": _("took the report of an import out as a file"),
        "portal.own_page": _("read the own page"),
        "portal.own_looks": _("read who has looked"),
        "portal.sign_in": _("came into the own view"),
        "teamwork.hand_over": _("handed over"),
        "teamwork.take_back": _("took a hand-over back"),
        "desk.divide": _("asked who might coach whom"),
        "desk.divide_again": _("asked who might coach whom"),
        "desk.division": _("read who might coach whom"),
        "desk.divide_accept": _("accepted who coaches or covers whom"),
        "teamwork.rules": _("read which clients coaches take"),
        "teamwork.rule": _("changed which clients a coach takes"),
        "desk.moved": _("looked who serves after the move"),
        "teamwork.take": _("took as own client"),
        "teamwork.name_cover": _("named a cover"),
        "door.sign_in": _("signed in"),
        "door.sign_out": _("signed out"),
        "door.role": _("changed role"),
    }
    return known.get(action) or _room(action)


def _room(action: str) -> str:
    return {
        "clients": _("worked on the client's data"),
        "contacts": _("worked on contacts and times"),
        "paths": _("worked on the plan"),
        "teamwork": _("arranged who works with whom"),
        "placements": _("worked on places and placements"),
        "statements": _("worked on matters of unemployment security"),
        "portal": _("arranged the client's own view"),
        "exchange": _("worked on an import"),
        "staff": _("managed workers' accounts"),
        "door": _("worked on the own account"),
    }.get(action.partition(".")[0], _("opened a page of the house"))


def _listed(action: str) -> str:
    if action == "desk.search":
        return _("found in a search")
    if action == "desk.my_day":
        return _("saw in My day")
    if action.startswith("exchange."):
        return _("brought in from a file")
    if action.startswith("access_log."):
        return _("saw in the access log")
    if action == "teamwork.hand_over":
        return _("handed over")
    return _("saw in a list")


def role_word(role: str) -> str:
    """Return a role's name; '' where the role is not known."""
    return str(RoleAssignment.Role(role).label) if role in RoleAssignment.Role.values else ""


def who(kind: str, name: str | None) -> str:
    """Return who did it: the worker, the client, or the software itself."""
    if kind == "client":
        return _("the client")
    if kind == "host":
        return name or _("the workplace, by its own link")
    return name or (_("the software") if kind == "system" else _("somebody no longer known"))


def op_word(op: str) -> str:
    """Return what happened to a row: added, changed or removed."""
    return {
        "added": pgettext("row", "added"),
        "changed": pgettext("row", "changed"),
        "removed": pgettext("row", "removed"),
    }[op]
