from django.urls import path
from django.views.i18n import set_language

from polku.web import views

app_name = "web"
urlpatterns = [
    path("language/", set_language, name="language"),
    path("theme/", views.choose_theme, name="theme"),
    path("design/", views.design, name="design"),
    path("design/panel/", views.design_panel, name="design-panel"),
    path("design/toast/", views.design_toast, name="design-toast"),
    path("design/light/", views.design_light, name="design-light"),
    path("design/errors/<slug:kind>/", views.design_error, name="design-error"),
]
