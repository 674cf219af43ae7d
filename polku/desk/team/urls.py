from django.urls import path

from polku.desk.team import views, views_bulk

urlpatterns = [
    path("team/", views.team, name="team"),
    path("team/minutes/", views.minutes, name="team_minutes"),
    path("team/bulk/", views_bulk.bulk, name="team_bulk"),
    path("clients/<uuid:client_id>/take/", views.take, name="client_take"),
    path("hand-overs/<uuid:hand_over_id>/read/", views.read, name="hand_over_read"),
    path("settings/", views.settings, name="settings"),
]
