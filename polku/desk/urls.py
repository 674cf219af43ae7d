"""Addresses of the staff pages."""

from django.urls import path

from polku.desk.caseload.views import client_list
from polku.desk.my_day.views import first_page

urlpatterns = [
    path("", first_page, name="my_day"),
    path("clients/", client_list, name="client_list"),
]
