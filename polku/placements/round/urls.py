"""Addresses of matching rounds."""

from django.urls import path

from polku.placements.round import deeds, views

ONE = "places/rounds/<uuid:round_id>/"

urlpatterns = [
    path("places/rounds/", views.rounds, name="rounds"),
    path(ONE, views.one, name="round"),
    path(f"{ONE}ask/", deeds.ask, name="round_ask"),
    path(f"{ONE}floor/", deeds.floor, name="round_floor"),
    path(f"{ONE}close/", deeds.close, name="round_close"),
    path(f"{ONE}how/", views.how, name="round_how"),
    path(f"{ONE}send/", views.send, name="round_send"),
    path(f"{ONE}pairs/<uuid:client_id>/", deeds.pair, name="round_pair"),
]
