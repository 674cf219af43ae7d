"""Addresses of conflicts of interest."""

from django.urls import path

from polku.teamwork import recusal_views

urlpatterns = [
    path("conflicts/", recusal_views.my_conflicts, name="my_conflicts"),
    path("staff/conflicts/", recusal_views.conflicts, name="conflicts"),
    path("staff/conflicts/<uuid:recusal_id>/end/", recusal_views.end_conflict, name="conflict_end"),
    path(
        "clients/<uuid:client_id>/conflict/", recusal_views.client_conflict, name="client_conflict"
    ),
]
