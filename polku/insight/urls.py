"""Addresses of this room."""

from django.urls import path

from polku.insight import views

urlpatterns = [
    path("insight/what-if/", views.what_if, name="what_if"),
    path("insight/what-if/<uuid:what_if_id>/", views.answer, name="what_if_answer"),
]
