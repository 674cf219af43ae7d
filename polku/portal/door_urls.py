"""Addresses of the client's way in, and of the worker's side of it."""

from django.urls import path

from polku.portal import access_views, choice_views, door_views

urlpatterns = [
    path("c/", door_views.client_door, name="client_door"),
    path("c/<str:token>/", door_views.client_entry, name="client_entry"),
    path("t/<uuid:register_id>/<slug:choice_token>/", choice_views.time_choice, name="time_choice"),
    path("clients/<uuid:client_id>/access/", access_views.client_access, name="client_access"),
    path(
        "clients/<uuid:client_id>/access/letter/", access_views.client_letter, name="client_letter"
    ),
]
