"""Addresses of the week."""

from django.urls import path

from polku.desk.week import views, views_hours

urlpatterns = [
    path("week/", views.week_page, name="week"),
    path("week/plan/", views.plan, name="week_plan"),
    path("week/take/", views.take, name="week_take"),
    path("week/undo/<uuid:batch>/", views.undo, name="week_undo"),
    path("week/hours/", views_hours.week_hours, name="week_hours"),
    path("week/away/", views_hours.go_away, name="week_away"),
    path("week/away/<uuid:away_id>/back/", views_hours.come_back, name="week_come_back"),
    path("week/<uuid:proposal_id>/<slug:act>/", views.proposal, name="week_proposal"),
    path("team/raised/<uuid:proposal_id>/", views_hours.settled, name="week_settled"),
]
