"""Pages on which a client's own things are written down."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.db import IntegrityError, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from polku.clients import (
    actions,
    alike,
    careful,
    changes,
    forms,
    guarded,
    languages,
    taken,
)
from polku.clients.doors import client_or_404
from polku.clients.models import Client, Consent, ContactDetails, Fact, LanguageSkill
from polku.foundation import audit, clock
from polku.foundation.meanwhile import ChangedMeanwhile
from polku.foundation.permissions import check
from polku.foundation.viewer import Viewer
from polku.web.toasts import toast


def page_of(client: Client) -> str:
    """Return the address of the client's page."""
    return f"/clients/{client.id}/"


def _render(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    bad = any(getattr(form, "errors", None) for form in context.values())
    answer = render(request, f"clients/{template}.html", context, status=422 if bad else 200)
    answer.keep_changes = getattr(request, "told_of", False)  # type: ignore[attr-defined]
    return answer


@require_http_methods(["GET", "POST"])
def new(request: Any) -> HttpResponse:
    """Open a record for a new client; the one who opens it becomes the own coach."""
    check(request.viewer, "clients.open")
    initial = {
        "registered_on": clock.today(),
        "status": "02",
        "language": "fi",
        "service_language": "fi",
        "referral": "registered",
    }
    form = forms.NewClientForm(request.POST or None, initial=initial)
    known: list[Client] = []
    if request.method == "POST" and form.is_valid() and _may_give_code(request.viewer, form):
        known = _known_already(request, form)
        client = _open(request, form) if not known else None
        if client is not None:
            toast(request, _("The record is open. The clock runs until the first contact."))
            return redirect(page_of(client))
    return _render(request, "new", {"form": form, "known": known, "mark": _mark_of(known)})


def _known_already(request: Any, form: forms.NewClientForm) -> list[Client]:
    """Return who may be the same person, unless the worker has said of these that nobody is."""
    given = form.cleaned_data
    known = alike.likely_same(
        request.viewer,
        last_name=given["last_name"],
        first_names=given["first_names"],
        born=given["born"],
        phone_digits=forms.phone_digits(given["phone"]),
        identity_code=given["identity_code"],
    )
    if not known or request.POST.get("another") == _mark_of(known):
        return []
    audit.record(request.viewer, "clients.alike", shown=[one.id for one in known])
    return known


def _mark_of(known: list[Client]) -> str:
    return " ".join(sorted(str(one.id) for one in known))


def _open(request: Any, form: forms.NewClientForm) -> Client | None:
    data = dict(form.cleaned_data)
    phone, email = data.pop("phone"), data.pop("email")
    details = {"phone": phone, "phone_digits": forms.phone_digits(phone), "email": email}
    try:
        with transaction.atomic():
            return actions.open_client(
                by=request.viewer,
                at=clock.now(),
                opened_on=clock.today(),
                details=details,
                **data,
            )
    except IntegrityError as error:
        _say_taken(request, form, error)
        return None


def _may_give_code(viewer: Viewer, form: Any) -> bool:
    """Say that no more codes are tried for now, if so; return whether the form may go on."""
    if not form.cleaned_data.get("identity_code") or taken.may_try(viewer):
        return True
    form.add_error("identity_code", taken.refusal())
    return False


def _say_taken(request: Any, form: Any, error: IntegrityError) -> None:
    rule = taken.which(error)
    if rule == taken.CODE:
        code = form.cleaned_data["identity_code"]
        form.add_error("identity_code", taken.said_of_code(request.viewer, code))
        # Nothing of the form was kept; that the code was tried is.
        request.told_of = True
    elif rule == taken.NUMBER:
        number = form.cleaned_data["office_number"]
        form.add_error("office_number", taken.said_of_number(request.viewer, number))
    else:
        raise error


@require_http_methods(["GET", "POST"])
def edit(request: Any, client_id: UUID) -> HttpResponse:
    """Change the person; a change that somebody made meanwhile is shown, not overwritten."""
    client = client_or_404(request.viewer, client_id)
    check(request.viewer, "clients.change", client)
    initial = {name: getattr(client, name) for name in changes.PERSON_FIELDS}
    form = forms.PersonForm(request.POST or None, initial=initial)
    theirs: Client | None = None
    version = client.version
    ready = request.method == "POST" and form.is_valid() and _may_give_code(request.viewer, form)
    if ready and careful.may_keep(form, request, client, names=("situation",)):
        try:
            with transaction.atomic():
                changes.change_person(
                    client,
                    by=request.viewer,
                    at=clock.now(),
                    version=int(request.POST.get("version") or 0),
                    **form.cleaned_data,
                )
            toast(request, _("Saved."))
            return redirect(page_of(client))
        except ChangedMeanwhile as changed:
            theirs, version = changed.theirs, changed.theirs.version
        except IntegrityError as error:
            _say_taken(request, form, error)
    differing = _differing(form, theirs) if theirs else []
    context = {"client": client, "form": form, "version": version, "differing": differing}
    response = _render(request, "edit", context)
    if theirs:
        response.status_code = 409
    return response


def _differing(form: forms.PersonForm, theirs: Client) -> list[tuple[str, str]]:
    return [
        (str(form.fields[name].label), str(getattr(theirs, name)))
        for name in changes.PERSON_FIELDS
        if form.cleaned_data.get(name) != getattr(theirs, name)
    ]


@require_http_methods(["GET", "POST"])
def details(request: Any, client_id: UUID) -> HttpResponse:
    """Change phone, e-mail and address. Under a ban they are changed blind: typed, never shown."""
    client = client_or_404(request.viewer, client_id)
    check(request.viewer, "clients.change", client)
    initial: dict[str, Any] = {}
    if not client.safety_ban:
        row = ContactDetails.objects.get(client=client)
        initial = {name: getattr(row, name) for name in changes.DETAIL_FIELDS}
    form = forms.DetailsForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        values = form.values()
        if client.safety_ban:
            values = {name: value for name, value in values.items() if value}
        changes.change_details(client, by=request.viewer, at=clock.now(), **values)
        toast(request, _("Saved."))
        return redirect(page_of(client))
    return _render(request, "details", {"client": client, "form": form})


@require_http_methods(["GET", "POST"])
def facts(request: Any, client_id: UUID) -> HttpResponse:
    """Strengths, wishes, needs, obstacles, and languages with their levels, on one page."""
    client = client_or_404(request.viewer, client_id)
    check(request.viewer, "clients.change", client)
    form = forms.FactForm(request.POST or None, initial={"kind": request.GET.get("kind")})
    if request.method == "POST" and form.is_valid() and careful.may_keep(form, request, client):
        changes.add_fact(client, by=request.viewer, at=clock.now(), **form.cleaned_data)
        toast(request, _("Added."))
        return redirect("client_facts", client_id=client.id)
    return _render(
        request,
        "facts",
        {
            "client": client,
            "form": form,
            "language_form": forms.LanguageForm(),
            "groups": _fact_groups(client),
            "spoken": [
                {
                    "code": skill.language,
                    "name": languages.name_of(skill.language),
                    "level": skill.get_level_display(),
                }
                for skill in LanguageSkill.objects.filter(client=client).order_by("language")
            ],
        },
    )


def _fact_groups(client: Client) -> list[dict[str, Any]]:
    known = list(Fact.objects.filter(client=client).order_by("ended_on", "-told_on"))
    return [
        {
            "kind": kind,
            "label": label,
            "facts": [f for f in known if f.kind == kind and f.ended_on is None],
            "ended": [f for f in known if f.kind == kind and f.ended_on is not None],
        }
        for kind, label in Fact.Kind.choices
    ]


@require_POST
def end_fact(request: Any, client_id: UUID, fact_id: UUID) -> HttpResponse:
    """End a fact, or take it back with `undo`."""
    client = client_or_404(request.viewer, client_id)
    fact = Fact.objects.filter(client=client, pk=fact_id).select_related("client").first()
    if fact is None:
        raise Http404
    undo = "undo" in request.GET
    changes.end_fact(fact, by=request.viewer, at=clock.now(), ended=not undo)
    again = reverse("client_fact_end", args=[client.id, fact.id]) + "?undo=1"
    if undo:
        toast(request, _("It holds again."))
    else:
        toast(request, _("Moved to what was before."), undo=again)
    return redirect("client_facts", client_id=client.id)


@require_POST
def language(request: Any, client_id: UUID) -> HttpResponse:
    """Set the level of a language, or take the language away; Undo sets the level that it had."""
    client = client_or_404(request.viewer, client_id)
    if "remove" in request.POST:
        return _without_language(request, client, request.POST.get("language", ""))
    form = forms.LanguageForm(request.POST if "undo" not in request.GET else request.GET)
    if form.is_valid():
        changes.set_language(client, by=request.viewer, at=clock.now(), **form.cleaned_data)
        toast(request, _("Saved."))
    else:
        said = _("Nothing was changed: choose a language and its level first.")
        toast(request, said, level="warn")
    return redirect("client_facts", client_id=client.id)


def _without_language(request: Any, client: Client, code: str) -> HttpResponse:
    spoken = LanguageSkill.objects.filter(client=client) if code.isalpha() else None
    skill = spoken.filter(language=code).first() if spoken is not None else None
    if skill is None:
        raise Http404
    changes.set_language(client, by=request.viewer, at=clock.now(), language=code, level="")
    again = urlencode({"undo": 1, "language": code, "level": skill.level})
    undo = f"{reverse('client_language', args=[client.id])}?{again}"
    said = _("%(language)s was removed.") % {"language": languages.name_of(code).capitalize()}
    toast(request, said, undo=undo)
    return redirect("client_facts", client_id=client.id)


@require_http_methods(["GET", "POST"])
def consents(request: Any, client_id: UUID) -> HttpResponse:
    """What the client has agreed to, given and taken back."""
    client = client_or_404(request.viewer, client_id)
    check(request.viewer, "clients.change", client)
    form = forms.ConsentForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and careful.may_keep(form, request, client):
        changes.give_consent(client, by=request.viewer, at=clock.now(), **form.cleaned_data)
        toast(request, _("The consent is written down."))
        return redirect("client_consents", client_id=client.id)
    given = Consent.objects.filter(client=client).order_by("withdrawn_at", "-given_at")
    context = {"client": client, "form": form, "consents": given}
    return _render(request, "consents", context | {"reached": guarded.reached(client)})


@require_POST
def withdraw(request: Any, client_id: UUID, consent_id: UUID) -> HttpResponse:
    """Take a consent back."""
    client = client_or_404(request.viewer, client_id)
    consent = Consent.objects.filter(client=client, pk=consent_id).select_related("client").first()
    if consent is None:
        raise Http404
    changes.withdraw_consent(consent, by=request.viewer, at=clock.now())
    toast(request, _("The consent is taken back."))
    return redirect("client_consents", client_id=client.id)
