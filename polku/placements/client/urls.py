"""Addresses of one client's placements."""

from django.urls import path

from polku.placements.client import deeds, search_views, views

ALL = "clients/<uuid:client_id>/placements/"
SEARCH = "clients/<uuid:client_id>/search/"
ONE = f"{ALL}<uuid:placement_id>/"

urlpatterns = [
    path(SEARCH, search_views.search, name="client_search"),
    path(f"{SEARCH}words/", search_views.word, name="search_word"),
    path(f"{SEARCH}words/<uuid:word_id>/end/", search_views.word_end, name="search_word_end"),
    path(ALL, views.placements, name="client_placements"),
    path(f"{ALL}open/", views.opening_view, name="placements_open"),
    path(f"{ALL}new/", views.new, name="placement_new"),
    path(ONE, views.placement, name="placement"),
    path(f"{ONE}agreement.pdf", views.paper, name="placement_paper"),
    path(f"{ONE}answer/", deeds.answer, name="placement_answer"),
    path(f"{ONE}again/", deeds.again, name="placement_again"),
    path(f"{ONE}withdraw/", deeds.withdraw, name="placement_withdraw"),
    path(f"{ONE}refuse/", deeds.refuse, name="placement_refuse"),
    path(f"{ONE}seen/", deeds.seen, name="placement_seen"),
    path(f"{ONE}terms/", deeds.terms, name="placement_terms"),
    path(f"{ONE}sign/", deeds.sign, name="placement_sign"),
    path(f"{ONE}change/", deeds.change, name="placement_change"),
    path(f"{ONE}start/", deeds.start, name="placement_start"),
    path(f"{ONE}not-begun/", deeds.take_back_start, name="placement_not_begun"),
    path(f"{ONE}end/", deeds.end, name="placement_end"),
    path(f"{ONE}interrupt/", deeds.interrupt, name="placement_interrupt"),
    path(f"{ONE}go-on/", deeds.go_on, name="placement_go_on"),
    path(f"{ONE}tick/", deeds.tick, name="placement_tick"),
    path(f"{ONE}absence/", deeds.absence, name="placement_absence"),
    path(
        f"{ONE}absence/<uuid:absence_id>/back/", deeds.absence_back, name="placement_absence_back"
    ),
    path(f"{ONE}assess/<uuid:assessment_id>/", deeds.assess, name="placement_assess"),
    path(f"{ONE}follow-on/", deeds.follow_on, name="placement_follow_on"),
    path(f"{ONE}outcome/", deeds.outcome, name="placement_outcome"),
]
