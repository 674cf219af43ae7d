"""Addresses of the law."""

from django.urls import path

from polku.law import views, views_values

urlpatterns = [
    path("law/", views.law_list, name="law_list"),
    path("law/values/<slug:parameter>/", views_values.law_value, name="law_value"),
    path("law/values/<slug:parameter>/new/", views_values.law_decide, name="law_decide"),
    path("law/decided/<uuid:value_id>/withdraw/", views_values.law_withdraw, name="law_withdraw"),
    path("law/<slug:rule>/", views.law_rule, name="law_rule"),
]
