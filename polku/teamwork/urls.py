from django.urls import path

from polku.teamwork import agreement_views

urlpatterns = [
    path("agreements/", agreement_views.agreement_list, name="agreements"),
    path(
        "agreements/<uuid:agreement_id>/end/",
        agreement_views.agreement_end,
        name="agreement_end",
    ),
]
