"""Addresses of the pages that a host's personal link opens."""

from django.urls import path

from polku.placements.host import door, views

urlpatterns = [
    path("h/", door.host_out, name="host_out"),
    path("h/<str:token>/", door.host_entry, name="host_entry"),
    path("host/", views.host_home, name="host_home"),
    path("host/out/", views.host_sign_out, name="host_sign_out"),
    path("host/openings/", views.host_openings, name="host_openings"),
    path("host/openings/<uuid:opening_id>/", views.host_confirm, name="host_confirm"),
]
