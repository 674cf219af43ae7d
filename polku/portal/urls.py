"""Addresses of the client's own view, of the way into it, and of letters on paper."""

from django.urls import path

from polku.portal import door_urls, letter_views
from polku.portal.own import urls as own_urls

urlpatterns = [
    *door_urls.urlpatterns,
    path(
        "clients/<uuid:client_id>/appointments/<uuid:appointment_id>/letter.pdf",
        letter_views.appointment_letter,
        name="appointment_letter",
    ),
    path(
        "clients/<uuid:client_id>/access/letter.pdf",
        letter_views.access_letter,
        name="access_letter",
    ),
    *own_urls.urlpatterns,
]
