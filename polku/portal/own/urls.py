"""Addresses of the client's own view."""

from django.urls import path

from polku.portal.own import (
    choice_views,
    others_views,
    place_views,
    statement_views,
    time_views,
    views,
    wanted_views,
)

PLACE = "me/placements/<uuid:placement_id>/"

urlpatterns = [
    path("me/", views.me, name="me"),
    path("me/steps/<uuid:step_id>/", views.answer, name="me_answer"),
    path(f"{PLACE}answer/", place_views.answer, name="me_place_answer"),
    path(f"{PLACE}sign/", place_views.sign, name="me_place_sign"),
    path(f"{PLACE}away/", place_views.away, name="me_place_away"),
    path(f"{PLACE}assess/<uuid:assessment_id>/", place_views.assess, name="me_place_assess"),
    path("me/times/<uuid:appointment_id>/", time_views.time, name="me_time"),
    path("me/times/<uuid:appointment_id>/say/", time_views.say, name="me_time_say"),
    path("me/choices/<uuid:offer_id>/", choice_views.choose, name="me_choice"),
    path("me/statements/<uuid:matter_id>/", statement_views.matter, name="me_matter"),
    path("me/statements/<uuid:matter_id>/answer/", statement_views.answer, name="me_matter_answer"),
    path("me/plan.pdf", views.paper, name="me_paper"),
    path("me/wish/", views.wish, name="me_wish"),
    path("me/wanted/", wanted_views.wanted, name="me_wanted"),
    path("me/others/", others_views.others, name="me_others"),
    path("me/others/choose/", others_views.choose, name="me_others_choose"),
    path("me/looks/", views.who_looked, name="me_looks"),
    path("me/sign-out/", views.sign_out, name="me_sign_out"),
]
