"""Addresses of the door (coming in, second step, role, account) and of the workers' pages."""

from django.urls import path

from polku.foundation.door import again, views_account, views_set_up, views_sign_in, views_who_may
from polku.foundation.workers import views as workers

urlpatterns = [
    path("sign-in/", views_sign_in.sign_in, name="sign_in"),
    path("sign-in/code/", views_sign_in.code, name="sign_in_code"),
    path("sign-in/again/", again.sign_in_again, name="sign_in_again"),
    path("sign-in/second-step/", views_set_up.set_up, name="second_step_set_up"),
    path("sign-in/second-step.svg", views_set_up.picture, name="second_step_picture"),
    path("sign-in/recovery-codes/", views_set_up.recovery_codes, name="recovery_codes"),
    path("sign-in/forgotten/", views_set_up.forgotten, name="forgotten"),
    path("sign-out/", views_sign_in.sign_out, name="sign_out"),
    path("welcome/<str:token>/", views_set_up.welcome, name="welcome"),
    path("session/", views_sign_in.session, name="session"),
    path("role/", views_sign_in.role, name="role"),
    path("who-may/", views_who_may.who_may, name="who_may"),
    path("staff/", workers.staff, name="staff"),
    path("staff/invite/", workers.invite, name="staff_invite"),
    path("staff/<uuid:user_id>/", workers.person, name="staff_person"),
    path("staff/<uuid:user_id>/account/", workers.account, name="staff_account"),
    path("staff/roles/<uuid:role_id>/end/", workers.end_role, name="staff_end_role"),
    path("account/", views_account.account, name="account"),
]
