from django.urls import path

from polku.desk.division import views as division
from polku.desk.team import views, views_bulk, views_moved

urlpatterns = [
    path("team/", views.team, name="team"),
    path("team/minutes/", views.minutes, name="team_minutes"),
    path("team/divide/", division.ask, name="divide"),
    path("team/divide/<uuid:division_id>/", division.division_page, name="division"),
    path("team/divide/<uuid:division_id>/do/", division.division_do, name="division_do"),
    path("team/bulk/", views_bulk.bulk, name="team_bulk"),
    path("clients/<uuid:client_id>/take/", views.take, name="client_take"),
    path("clients/<uuid:client_id>/moved/", views_moved.moved, name="client_moved"),
    path("hand-overs/<uuid:hand_over_id>/read/", views.read, name="hand_over_read"),
    path("hand-overs/<uuid:batch>/undo/", views_bulk.undo, name="hand_over_undo"),
    path("settings/", views.settings, name="settings"),
]
