"""Addresses of contacts, drafts, appointments, reminders, texts and mails."""

from django.urls import path

from polku.contacts.views import (
    appointments,
    booking,
    calendar,
    contact,
    drafts,
    mails,
    offers,
    panel,
    reminders,
    rhythm,
    texts,
)

C = "clients/<uuid:client_id>/"
ONE = f"{C}contacts/<uuid:contact_id>/"
TIME = f"{C}appointments/<uuid:appointment_id>/"
OFFER = f"{C}choices/<uuid:offer_id>/"

urlpatterns = [
    path(f"{C}contacts/new/", panel.contact_new, name="contact_new"),
    path(f"{C}free-times/", panel.free_times, name="contact_free_times"),
    path(ONE, contact.contact_page, name="contact_page"),
    path(f"{ONE}change/", contact.contact_change, name="contact_change"),
    path(f"{ONE}copied/", contact.contact_copied, name="contact_copied"),
    path(f"{C}appointments/new/", booking.appointment_new, name="appointment_new"),
    path(TIME, appointments.appointment_page, name="appointment_page"),
    path(f"{TIME}move/", booking.appointment_move, name="appointment_move"),
    path(f"{TIME}missed/", appointments.appointment_missed, name="appointment_missed"),
    path(f"{TIME}said/", appointments.appointment_said, name="appointment_said"),
    path(f"{TIME}<slug:status>/", appointments.appointment_status, name="appointment_status"),
    path(f"{C}choices/new/", offers.offer_new, name="offer_new"),
    path(OFFER, offers.offer_page, name="offer_page"),
    path(f"{OFFER}withdraw/", offers.offer_withdraw, name="offer_withdraw"),
    path(f"{OFFER}read/", offers.offer_read, name="offer_read"),
    path(f"{C}reminders/new/", reminders.reminder_new, name="reminder_new"),
    path(
        f"{C}reminders/<uuid:reminder_id>/<slug:what>/",
        reminders.reminder_done,
        name="reminder_done",
    ),
    path(f"{C}rhythm/", rhythm.rhythm_edit, name="rhythm_edit"),
    path("calendar/", calendar.own_calendar, name="calendar"),
    path("calendar/end/", calendar.end, name="calendar_end"),
    path("calendar/<uuid:register_id>/<slug:token>.ics", calendar.feed, name="calendar_feed"),
    path("texts/", texts.copy_texts, name="copy_texts"),
    path("texts/<slug:key>/<slug:language>/", texts.copy_text, name="copy_text"),
    path("mail/", mails.mail_list, name="mail_list"),
    path("drafts/", drafts.draft_list, name="draft_list"),
    path("drafts/save/", drafts.draft_save, name="draft_save"),
    path("drafts/key/", drafts.draft_key, name="draft_key"),
    path("drafts/<uuid:draft_id>/discard/", drafts.draft_discard, name="draft_discard"),
    path("drafts/<uuid:draft_id>/restore/", drafts.draft_restore, name="draft_restore"),
]
