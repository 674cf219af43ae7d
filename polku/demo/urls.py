from django.urls import path

from polku.demo import views

urlpatterns = [
    path("demo/", views.stage_page, name="demo"),
    path("demo/sign-in/", views.sign_in, name="demo_sign_in"),
]
