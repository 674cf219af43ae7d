"""Addresses of this room."""

from django.urls import path

from polku.exchange.access_log import access_log_file
from polku.exchange.views import columns, report, running
from polku.exchange.what_if import what_if_csv, what_if_xlsx

urlpatterns = [
    path("access-log/file.csv", access_log_file, name="access_log_file"),
    path("insight/what-if/<uuid:what_if_id>/file.xlsx", what_if_xlsx, name="what_if_xlsx"),
    path("insight/what-if/<uuid:what_if_id>/file.csv", what_if_csv, name="what_if_csv"),
    path("import/", running.start_page, name="import"),
    path("import/<uuid:run_id>/", running.run_page, name="import_run"),
    path("import/<uuid:run_id>/columns/", columns.columns, name="import_columns"),
    path("import/<uuid:run_id>/begin/", running.begin, name="import_begin"),
    path("import/<uuid:run_id>/state/", running.state, name="import_state"),
    path("import/<uuid:run_id>/forget/", running.forget, name="import_forget"),
    path("import/<uuid:run_id>/report.xlsx", report.report_file, name="import_report_file"),
]
