"""Addresses of early signs. The client's own page of it stands in the portal."""

from django.urls import path

from polku.insight.early import views

urlpatterns = [
    path("clients/<uuid:client_id>/outlook/", views.outlook, name="outlook"),
    path("insight/early-signs/", views.made, name="early_signs"),
]
