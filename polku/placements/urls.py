"""Addresses of the room."""

from django.urls import include, path

from polku.placements.views import listing, opening, talks, worksite

SITE = "places/worksites/<uuid:worksite_id>/"
OPENING = "places/openings/<uuid:opening_id>/"

urlpatterns = [
    path("", include("polku.placements.host.urls")),
    path("", include("polku.placements.client.urls")),
    path("", include("polku.placements.round.urls")),
    path("places/", listing.places, name="places"),
    path("places/points/", listing.places_points, name="places_points"),
    path("places/to-confirm/", listing.to_confirm, name="places_to_confirm"),
    path("places/talks/", talks.talks, name="talks"),
    path("places/worksites/", listing.worksites, name="worksites"),
    path("places/worksites/new/", worksite.new, name="worksite_new"),
    path(SITE, worksite.page, name="worksite_page"),
    path(f"{SITE}change/", worksite.change, name="worksite_change"),
    path(f"{SITE}map/", worksite.point, name="worksite_point"),
    path(f"{SITE}close/", worksite.close, name="worksite_close"),
    path(f"{SITE}ask/", worksite.ask, name="worksite_ask"),
    path(f"{SITE}people/new/", worksite.person, name="supervisor_new"),
    path(f"{SITE}people/<uuid:supervisor_id>/", worksite.person, name="supervisor_change"),
    path(f"{SITE}people/<uuid:supervisor_id>/gone/", worksite.person_gone, name="supervisor_gone"),
    path(f"{SITE}checklist/", worksite.checklist, name="checklist"),
    path(f"{SITE}openings/new/", opening.new, name="opening_new"),
    path(f"{SITE}talks/new/", talks.new, name="talk_new"),
    path(f"{SITE}talks/<uuid:talk_id>/leave/", talks.leave, name="talk_leave"),
    path("places/hosts/<uuid:host_id>/", worksite.host, name="host_change"),
    path(OPENING, opening.page, name="opening_page"),
    path(f"{OPENING}change/", opening.change, name="opening_change"),
    path(f"{OPENING}confirm/", opening.confirm, name="opening_confirm"),
    path(f"{OPENING}pause/", opening.turn, {"turned": "pause"}, name="opening_pause"),
    path(f"{OPENING}resume/", opening.turn, {"turned": "resume"}, name="opening_resume"),
    path(f"{OPENING}close/", opening.turn, {"turned": "close"}, name="opening_close"),
    path(f"{OPENING}keep-back/", opening.keep_back, name="opening_keep_back"),
    path(f"{OPENING}kept/<uuid:use_id>/back/", opening.give_back, name="opening_give_back"),
]
