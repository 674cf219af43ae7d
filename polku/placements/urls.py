"""Addresses of the room."""

from django.urls import include, path

urlpatterns = [
    path("", include("polku.placements.host.urls")),
]
