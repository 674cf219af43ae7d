"""Addresses of the pages that a host's personal link opens."""

from django.urls import path

from polku.placements.host import door, placement_views, views

urlpatterns = [
    path("h/", door.host_out, name="host_out"),
    path("h/<str:token>/", door.host_entry, name="host_entry"),
    path("host/", views.host_home, name="host_home"),
    path("host/out/", views.host_sign_out, name="host_sign_out"),
    path("host/openings/", views.host_openings, name="host_openings"),
    path("host/placement/", placement_views.host_placement, name="host_placement"),
    path("host/placement/sign/", placement_views.host_sign, name="host_sign"),
    path("host/placement/refuse/", placement_views.host_refuse, name="host_refuse"),
    path("host/placement/tick/", placement_views.host_tick, name="host_tick"),
    path("host/placement/absence/", placement_views.host_absence, name="host_absence"),
    path("host/placement/assess/<slug:moment>/", placement_views.host_assess, name="host_assess"),
    path("host/openings/<uuid:opening_id>/", views.host_confirm, name="host_confirm"),
]
