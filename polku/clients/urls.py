from django.urls import path

from polku.clients import views, views_turns

urlpatterns = [
    path("clients/new/", views.new, name="client_new"),
    path("clients/<uuid:client_id>/edit/", views.edit, name="client_edit"),
    path("clients/<uuid:client_id>/details/", views.details, name="client_details"),
    path("clients/<uuid:client_id>/facts/", views.facts, name="client_facts"),
    path(
        "clients/<uuid:client_id>/facts/<uuid:fact_id>/end/", views.end_fact, name="client_fact_end"
    ),
    path("clients/<uuid:client_id>/languages/", views.language, name="client_language"),
    path("clients/<uuid:client_id>/consents/", views.consents, name="client_consents"),
    path(
        "clients/<uuid:client_id>/consents/<uuid:consent_id>/withdraw/",
        views.withdraw,
        name="client_consent_withdraw",
    ),
    path("clients/<uuid:client_id>/turns/", views_turns.turns, name="client_turns"),
    path("clients/<uuid:client_id>/turns/<slug:turn>/", views_turns.make, name="client_turn"),
]
