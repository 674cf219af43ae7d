"""Addresses of the plan."""

from django.urls import path

from polku.paths.views import goals, paper, session, steps

PLAN = "clients/<uuid:client_id>/plan/"

urlpatterns = [
    path(PLAN, session.plan_page, name="client_plan"),
    path("clients/<uuid:client_id>/plan.pdf", paper.plan_paper, name="plan_paper"),
    path(PLAN + "agree/", session.agree, name="plan_agree"),
    path(PLAN + "undo/", session.undo, name="plan_undo"),
    path(PLAN + "versions/", session.versions, name="plan_versions"),
    path(PLAN + "goals/new/", goals.new, name="plan_goal_new"),
    path(PLAN + "goals/<uuid:goal_id>/", goals.edit, name="plan_goal"),
    path(PLAN + "goals/<uuid:goal_id>/end/", goals.end, name="plan_goal_end"),
    path(PLAN + "steps/new/", steps.new, name="plan_step_new"),
    path(PLAN + "steps/quick/", steps.quick, name="plan_step_quick"),
    path(PLAN + "steps/<uuid:step_id>/", steps.edit, name="plan_step"),
    path(PLAN + "steps/<uuid:step_id>/do/", steps.do, name="plan_step_do"),
]
