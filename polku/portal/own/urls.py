"""Addresses of the client's own view."""

from django.urls import path

from polku.portal.own import views

urlpatterns = [
    path("me/", views.me, name="me"),
    path("me/steps/<uuid:step_id>/", views.answer, name="me_answer"),
    path("me/plan.pdf", views.paper, name="me_paper"),
    path("me/wish/", views.wish, name="me_wish"),
    path("me/looks/", views.who_looked, name="me_looks"),
    path("me/sign-out/", views.sign_out, name="me_sign_out"),
]
