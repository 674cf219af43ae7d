"""Pages for the turns of a record: status, closing, reopening, death, a move, a safety ban."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms as django_forms
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from polku.clients import careful, changes, forms, lifecycle
from polku.clients.doors import client_or_404
from polku.clients.models import Client, Episode
from polku.clients.views import page_of
from polku.foundation import clock
from polku.foundation.permissions import can, check
from polku.web.toasts import toast


@dataclass(frozen=True)
class Turn:
    """One kind of turn: its words, its form, when it may happen and what it does."""

    title: Any
    says: Any
    form: type[django_forms.Form]
    may: Callable[[Client], bool]
    do: Callable[..., Any]
    permission: str
    done: Any
    grave: bool = False
    # The page below the client's that tells what follows, such as "moved/"; '' for none.
    onward: str = ""


def _is_open(client: Client) -> bool:
    return client.closed_on is None


def _move(client: Client, *, municipality: Any, **rest: Any) -> Any:
    by, at = rest.pop("by"), rest.pop("at")
    address = {name: value for name, value in rest.items() if value}
    return lifecycle.move(client, by=by, at=at, municipality_id=municipality.code, **address)


def _die(client: Client, *, sure: bool, **rest: Any) -> Any:
    return lifecycle.record_death(client, **rest)


TURNS: dict[str, Turn] = {
    "status": Turn(
        gettext_lazy("New status"),
        gettext_lazy("Deadlines follow the status and its dates."),
        forms.StatusForm,
        _is_open,
        changes.change_status,
        "clients.change",
        gettext_lazy("The new status is written down."),
    ),
    "move": Turn(
        gettext_lazy("Moves to another municipality"),
        gettext_lazy("The record stays; who serves the client may change with the municipality."),
        forms.MoveForm,
        _is_open,
        _move,
        "clients.change",
        gettext_lazy("The move is written down."),
        onward="moved/",
    ),
    "close": Turn(
        gettext_lazy("Close the record"),
        gettext_lazy("Coming appointments are cancelled and messages stop. The history stays."),
        forms.CloseForm,
        _is_open,
        lifecycle.close,
        "clients.close",
        gettext_lazy("The record is closed."),
    ),
    "reopen": Turn(
        gettext_lazy("Open the record again"),
        gettext_lazy("A new period begins; what was before stays in the history."),
        forms.ReopenForm,
        lambda client: client.closed_on is not None and client.died_on is None,
        lifecycle.reopen,
        "clients.close",
        gettext_lazy("The record is open again."),
    ),
    "death": Turn(
        gettext_lazy("The client has died"),
        gettext_lazy("Every message to the client stops at once, and the record closes."),
        forms.DeathForm,
        lambda client: client.died_on is None,
        _die,
        "clients.close",
        gettext_lazy("Written down. Nothing more is sent to the client."),
        grave=True,
    ),
    "undo-death": Turn(
        gettext_lazy("The death was a mistake"),
        gettext_lazy(
            "The record stands again as it did before: open or closed, with its coach and its "
            "clocks. What the death stopped stays stopped: messages are not sent late, and "
            "cancelled times, withdrawn suggestions and the way into the own view have to be made "
            "anew."
        ),
        forms.MistakeForm,
        lambda client: client.died_on is not None,
        lifecycle.undo_death,
        "clients.close",
        gettext_lazy(
            "The record stands as it did before. Messages that were stopped stay stopped: look at "
            "the next date and the appointments."
        ),
    ),
    "ban": Turn(
        gettext_lazy("Set a safety ban"),
        gettext_lazy(
            "Address, phone, e-mail, municipality and places go behind a guarded view. For all but "
            "the own coach and the named cover the person is no longer to be found."
        ),
        forms.BanForm,
        lambda client: not client.safety_ban,
        lifecycle.set_ban,
        "clients.ban",
        gettext_lazy("The safety ban is on."),
        grave=True,
    ),
    "end-ban": Turn(
        gettext_lazy("End the safety ban"),
        gettext_lazy("Contact details will show again to everyone who may see the client."),
        forms.BanForm,
        lambda client: client.safety_ban,
        lifecycle.end_ban,
        "clients.ban",
        gettext_lazy("The safety ban has ended."),
        grave=True,
    ),
}


def reasons() -> dict[str, str]:
    """Return why a turn was not possible, in the page's language."""
    return {
        "already_closed": _("The record is closed already."),
        "closed_before_opened": _("The day lies before the record was opened."),
        "death_has_its_own_form": _("A death has a form of its own."),
        "died_before_born": _("The day lies before the client's date of birth."),
        "died_long_before": _(
            "The day lies more than a year before the record was opened. Check the year."
        ),
        "already_recorded": _("This is written down already."),
        "not_dead": _("No death is written down."),
        "not_closed": _("The record is open."),
        "the_client_has_died": _("The client has died; the record can't be opened again."),
        "reopened_before_closed": _("The day lies before the record was closed."),
        "ban_is_on": _("The safety ban is on already."),
        "no_ban": _("There is no safety ban."),
        "reason_missing": _("Say on what ground."),
    }


def _why_not(client: Client, turn: str) -> str:
    """Return in words why a turn can't be made as the record stands."""
    if turn == "reopen" and client.died_on is not None:
        return reasons()["the_client_has_died"]
    return _("As the record stands, this can't be done.")


@require_safe
def turns(request: Any, client_id: UUID) -> HttpResponse:
    """What may be done with the record now, and the periods that it has seen."""
    client = client_or_404(request.viewer, client_id)
    check(request.viewer, "clients.change", client)
    possible = [
        {"slug": slug, "turn": turn}
        for slug, turn in TURNS.items()
        if turn.may(client) and can(request.viewer, turn.permission, client)
    ]
    episodes = Episode.objects.filter(client=client).order_by("-opened_on")
    return render(
        request,
        "clients/turns.html",
        {"client": client, "possible": possible, "episodes": episodes},
    )


@require_http_methods(["GET", "POST"])
def make(request: Any, client_id: UUID, turn: str) -> HttpResponse:
    """One turn: its form, and what follows from it said before it is done."""
    client = client_or_404(request.viewer, client_id)
    known = TURNS.get(turn)
    if known is None:
        raise Http404
    check(request.viewer, known.permission, client)
    initial = {"on": clock.today(), "registered_on": clock.today(), "status": client.status}
    if known.grave:
        # A day that nobody has chosen is no day of death.
        del initial["on"]
    if turn == "close" and request.GET.get("reason") in Episode.Reason.values:
        initial["reason"] = request.GET["reason"]
    form = known.form(request.POST or None, initial=initial)
    # A move's new address goes behind the guarded view itself.
    names = ("note", "reason")
    ready = request.method == "POST" and form.is_valid()
    if ready and careful.may_keep(form, request, client, names=names):
        try:
            known.do(client, by=request.viewer, at=clock.now(), **form.cleaned_data)
        except lifecycle.NotPossible as error:
            form.add_error(None, reasons().get(str(error), str(error)))
        except ValueError:
            form.add_error("on", _("The new status would begin before the present one."))
        else:
            toast(request, str(known.done))
            return redirect(f"{page_of(client)}{known.onward}")
    context = {
        "client": client,
        "turn": known,
        "form": form,
        "possible": known.may(client) or bool(form.errors),
        "why_not": _why_not(client, turn),
    }
    return render(request, "clients/turn.html", context, status=422 if form.errors else 200)
