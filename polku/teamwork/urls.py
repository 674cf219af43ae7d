from django.urls import path

from polku.teamwork import agreement_views
from polku.teamwork.rules import views as rules

urlpatterns = [
    path("team/rules/", rules.rule_list, name="division_rules"),
    path("team/rules/<uuid:coach_id>/", rules.rule_page, name="division_rule"),
    path("agreements/", agreement_views.agreement_list, name="agreements"),
    path(
        "agreements/<uuid:agreement_id>/end/",
        agreement_views.agreement_end,
        name="agreement_end",
    ),
]
