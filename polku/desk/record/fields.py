"""The names of fields, as a worker says them, and what is told of whose changes."""

from __future__ import annotations

from typing import Any

from django.utils.translation import pgettext_lazy

# What is told on the history page, by the part of the page. Recusals, reminders, and what is said
# to the next coach are each seen by others than those who may see the client.
PARTS: dict[str, tuple[str, ...]] = {
    "person": (
        "clients_client",
        "clients_contactdetails",
        "clients_languageskill",
        "clients_fact",
        "clients_consent",
        "clients_episode",
    ),
    "contacts": ("contacts_contact", "contacts_rhythm", "contacts_appointment"),
    "plan": ("paths_plan", "paths_goal", "paths_step"),
    "people": ("foundation_relation",),
}
# These begin together with the record, which tells of them already.
SILENT_WHEN_ADDED = {"clients_contactdetails", "clients_episode", "contacts_rhythm"}

THINGS: dict[str, Any] = {
    "clients_client": pgettext_lazy("field", "the person's details"),
    "clients_contactdetails": pgettext_lazy("field", "contact details"),
    "clients_languageskill": pgettext_lazy("field", "language skill"),
    "clients_fact": pgettext_lazy("field", "strength, wish, need or obstacle"),
    "clients_consent": pgettext_lazy("field", "consent"),
    "clients_episode": pgettext_lazy("field", "time as a client"),
    "clients_statusperiod": pgettext_lazy("field", "status over time"),
    "clients_guardedtext": pgettext_lazy("field", "guarded place or number"),
    "contacts_contact": pgettext_lazy("field", "contact"),
    "contacts_rhythm": pgettext_lazy("field", "rhythm of contact"),
    "contacts_appointment": pgettext_lazy("field", "appointment"),
    "contacts_reminder": pgettext_lazy("field", "reminder"),
    "paths_plan": pgettext_lazy("field", "plan"),
    "paths_planversion": pgettext_lazy("field", "agreed version of the plan"),
    "paths_goal": pgettext_lazy("field", "goal"),
    "paths_step": pgettext_lazy("field", "step"),
    "foundation_relation": pgettext_lazy("field", "who works with the client"),
    "foundation_recusal": pgettext_lazy("field", "conflict of interest"),
    "teamwork_handover": pgettext_lazy("field", "hand-over"),
}

FIELDS: dict[str, Any] = {
    "agreed": pgettext_lazy("field", "what was agreed"),
    "agreed_on": pgettext_lazy("field", "agreed on"),
    "at": pgettext_lazy("field", "when it was"),
    "born": pgettext_lazy("field", "date of birth"),
    "call_name": pgettext_lazy("field", "name in use"),
    "client_answer": pgettext_lazy("field", "the client's answer"),
    "client_word": pgettext_lazy("field", "the client's own words"),
    "closed_on": pgettext_lazy("field", "closed on"),
    "coach_answer": pgettext_lazy("field", "the coach's answer"),
    "concerns": pgettext_lazy("field", "what it concerns"),
    "copied_at": pgettext_lazy("field", "copied to the register"),
    "detail": pgettext_lazy("field", "more about it"),
    "died_on": pgettext_lazy("field", "died on"),
    "dropped_on": pgettext_lazy("field", "dropped on"),
    "due_on": pgettext_lazy("field", "to be done by"),
    "email": pgettext_lazy("field", "e-mail"),
    "ended_on": pgettext_lazy("field", "held until"),
    "ends_at": pgettext_lazy("field", "ends"),
    "ends_on": pgettext_lazy("field", "last day"),
    "first_names": pgettext_lazy("field", "first names"),
    "given_at": pgettext_lazy("field", "given"),
    "goal_id": pgettext_lazy("field", "goal"),
    "guarded": pgettext_lazy("field", "behind the guarded view"),
    "how": pgettext_lazy("field", "how it was given"),
    "identity_index": pgettext_lazy("field", "identity code"),
    "identity_code": pgettext_lazy("field", "identity code"),
    "initiative": pgettext_lazy("field", "at whose initiative"),
    "interpreter": pgettext_lazy("field", "interpreter"),
    "kind": pgettext_lazy("field", "kind"),
    "language": pgettext_lazy("field", "language"),
    "last_name": pgettext_lazy("field", "last name"),
    "level": pgettext_lazy("field", "level"),
    "minutes": pgettext_lazy("field", "minutes"),
    "missed_by": pgettext_lazy("field", "who was absent"),
    "missed_reason": pgettext_lazy("field", "why it did not take place"),
    "municipality": pgettext_lazy("field", "home municipality"),
    "municipality_id": pgettext_lazy("field", "home municipality"),
    "next_on": pgettext_lazy("field", "next contact"),
    "next_small_step": pgettext_lazy("field", "next small step"),
    "note": pgettext_lazy("field", "note"),
    "office_number": pgettext_lazy("field", "client number"),
    "opened_on": pgettext_lazy("field", "opened on"),
    "outcome": pgettext_lazy("field", "outcome"),
    "phone": pgettext_lazy("field", "phone"),
    "place": pgettext_lazy("field", "place"),
    "postal_code": pgettext_lazy("field", "postal code"),
    "private_note": pgettext_lazy("field", "private note"),
    "purpose": pgettext_lazy("field", "what it was about"),
    "reached": pgettext_lazy("field", "reached"),
    "reached_on": pgettext_lazy("field", "reached on"),
    "reason": pgettext_lazy("field", "reason"),
    "referral": pgettext_lazy("field", "came through"),
    "registered_on": pgettext_lazy("field", "registered as a jobseeker on"),
    "review_on": pgettext_lazy("field", "looked at again on"),
    "safety_ban": pgettext_lazy("field", "safety ban"),
    "scale": pgettext_lazy("field", "scale"),
    "service_language": pgettext_lazy("field", "language of service"),
    "situation": pgettext_lazy("field", "situation"),
    "started_on": pgettext_lazy("field", "started on"),
    "starts_at": pgettext_lazy("field", "begins"),
    "starts_on": pgettext_lazy("field", "first day"),
    "state": pgettext_lazy("field", "state"),
    "status": pgettext_lazy("field", "status"),
    "street": pgettext_lazy("field", "street address"),
    "taken_back_at": pgettext_lazy("field", "taken back"),
    "tasks": pgettext_lazy("field", "tasks"),
    "team_id": pgettext_lazy("field", "team"),
    "text": pgettext_lazy("field", "text"),
    "theme": pgettext_lazy("field", "theme"),
    "title": pgettext_lazy("field", "title"),
    "told_by": pgettext_lazy("field", "told by"),
    "told_on": pgettext_lazy("field", "told on"),
    "topic": pgettext_lazy("field", "topic"),
    "town": pgettext_lazy("field", "town"),
    "turn": pgettext_lazy("field", "whose turn"),
    "unemployed_since": pgettext_lazy("field", "unemployed since"),
    "user_id": pgettext_lazy("field", "worker"),
    "what_works": pgettext_lazy("field", "what works"),
    "when_text": pgettext_lazy("field", "when, in words"),
    "window_max_days": pgettext_lazy("field", "longest time between contacts, days"),
    "window_min_days": pgettext_lazy("field", "shortest time between contacts, days"),
    "wish": pgettext_lazy("field", "wish for contact"),
    "wish_pace": pgettext_lazy("field", "wish for how often"),
    "withdrawn_at": pgettext_lazy("field", "taken back"),
    "worker_id": pgettext_lazy("field", "worker"),
}


def field_word(name: str) -> str:
    """Return a field's name in words; '' for what is bookkeeping and nothing to read."""
    return str(FIELDS.get(name, ""))


def thing_word(source: str) -> str:
    """Return what a table's row is, in words."""
    return str(THINGS.get(source, ""))
