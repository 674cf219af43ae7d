"""Addresses of the staff pages."""

from django.urls import include, path

from polku.desk.caseload.views import client_list
from polku.desk.finding.views import search
from polku.desk.my_day.views import first_page
from polku.desk.person import reveal, views
from polku.desk.record import views as record
from polku.desk.record.views_log import access_log

ONE = "clients/<uuid:client_id>/"

urlpatterns = [
    path("", first_page, name="my_day"),
    path("clients/", client_list, name="client_list"),
    path("search/", search, name="search"),
    path(ONE, views.client_page, name="client_page"),
    path(f"{ONE}contacts/", views.client_contacts, name="client_contacts"),
    path(f"{ONE}law/", views.client_law, name="client_law"),
    path(f"{ONE}log/", record.client_log, name="client_log"),
    path(f"{ONE}history/", record.client_history, name="client_history"),
    path("access-log/", access_log, name="access_log"),
    path(f"{ONE}identity/", reveal.client_identity, name="client_identity"),
    path(f"{ONE}guarded/", reveal.client_guarded, name="client_guarded"),
    path("", include("polku.desk.team.urls")),
    path("", include("polku.desk.week.urls")),
]
