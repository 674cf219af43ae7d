"""Addresses of statements on unemployment security."""

from django.urls import path

from polku.statements.views import deeds, lists, matter, officials

ALL = "clients/<uuid:client_id>/statements/"
ONE = f"{ALL}<uuid:matter_id>/"

urlpatterns = [
    path("statements/", lists.statements, name="statements"),
    path("statements/officials/", officials.officials_page, name="officials"),
    path(
        "statements/officials/<uuid:official_id>/end/", officials.official_end, name="official_end"
    ),
    path(ALL, lists.of_client, name="client_statements"),
    path(f"{ALL}new/", lists.begin, name="matter_new"),
    path(ONE, matter.matter, name="matter"),
    path(f"{ONE}statement-<int:number>.pdf", matter.matter_paper, name="matter_paper"),
    path(f"{ONE}due/", deeds.due, name="matter_due"),
    path(f"{ONE}ask/", deeds.ask, name="matter_ask"),
    path(f"{ONE}answer/", deeds.answer, name="matter_answer"),
    path(f"{ONE}no-answer/", deeds.time_out, name="matter_time_out"),
    path(f"{ONE}write/", deeds.write, name="matter_write"),
    path(f"{ONE}sign/", deeds.sign, name="matter_sign"),
    path(f"{ONE}give-back/", deeds.give_back, name="matter_give_back"),
    path(f"{ONE}copied/", deeds.copied, name="matter_copied"),
    path(f"{ONE}sent/", deeds.sent, name="matter_sent"),
    path(f"{ONE}withdraw/", deeds.withdraw, name="matter_withdraw"),
    path(f"{ONE}take-up/", deeds.take_up, name="matter_take_up"),
    path(f"{ONE}correct/", deeds.correct, name="matter_correct"),
    path(f"{ONE}drop/", deeds.drop, name="matter_drop"),
]
