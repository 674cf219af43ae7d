"""Addresses of this room."""

from django.urls import path

from polku.insight import views
from polku.insight.early import urls as early

urlpatterns = [
    *early.urlpatterns,
    path("insight/what-if/", views.what_if, name="what_if"),
    path("insight/what-if/<uuid:what_if_id>/", views.answer, name="what_if_answer"),
]
