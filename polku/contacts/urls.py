"""Addresses of contacts, drafts, appointments, rooms, reminders, texts and mails."""

from django.urls import path

from polku.contacts.resources import views as resources
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
ROOM = "rooms/<uuid:resource_id>/"
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
    path("rooms/", resources.room_list, name="rooms"),
    path("rooms/new/<slug:sort>/", resources.room_new, name="room_new"),
    path(ROOM, resources.room, name="room"),
    path(f"{ROOM}change/", resources.room_change, name="room_change"),
    path(f"{ROOM}close/", resources.room_close, name="room_close"),
    path(f"{ROOM}away/", resources.room_away, name="room_away"),
    path(f"{ROOM}away/<uuid:closure_id>/back/", resources.room_back, name="room_back"),
    path(f"{ROOM}calendar/", resources.room_calendar, name="room_calendar"),
    path(f"{ROOM}calendar/end/", resources.room_calendar_end, name="room_calendar_end"),
    path("texts/", texts.copy_texts, name="copy_texts"),
    path("texts/<slug:key>/<slug:language>/", texts.copy_text, name="copy_text"),
    path("mail/", mails.mail_list, name="mail_list"),
    path("drafts/", drafts.draft_list, name="draft_list"),
    path("drafts/save/", drafts.draft_save, name="draft_save"),
    path("drafts/key/", drafts.draft_key, name="draft_key"),
    path("drafts/<uuid:draft_id>/discard/", drafts.draft_discard, name="draft_discard"),
    path("drafts/<uuid:draft_id>/restore/", drafts.draft_restore, name="draft_restore"),
]
