"""The pages before a client's own pages: the personal link, the code, and how to get them."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from polku.clients.models import Client
from polku.foundation import audit, clock, texting, walls
from polku.foundation.door import limits
from polku.foundation.door.entry import source_of
from polku.foundation.door.public import public
from polku.foundation.viewer import Viewer, system
from polku.portal import access, codes, door
from polku.portal.models import AccessLink

MAILS_A_QUARTER = 3


class CodeForm(forms.Form):
    """The code beside the link."""

    code = forms.CharField(
        label=_("Your code"),
        max_length=20,
        widget=forms.TextInput(
            attrs={
                "autocomplete": "one-time-code",
                "autocapitalize": "characters",
                "spellcheck": "false",
            }
        ),
    )


@public
@require_safe
def client_door(request: HttpRequest) -> HttpResponse:
    """Tell how a client comes in. Shows nothing of anybody."""
    return render(request, "portal/door/how.html", {"texts": texting.is_on()})


@public
@never_cache
@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
def client_entry(request: HttpRequest, token: str) -> HttpResponse:
    """What a personal link opens: a place for a code, and no name. Dead links all look alike."""
    link = AccessLink.objects.filter(
        token_hash=access.hash_of(token), revoked_at__isnull=True
    ).first()
    if link is None:
        return render(request, "portal/door/closed.html", status=404)
    with walls.inside(link.register_id, client=link.client):
        if door.standing(link.register_id, link.client, bytes(link.token_hash)) is None:
            return render(request, "portal/door/closed.html", status=404)
        if request.method != "POST":
            return _page(request, CodeForm())
        if "mail" in request.POST:
            return _mail(request, link)
        return _try(request, link)


def _mail(request: HttpRequest, link: AccessLink) -> HttpResponse:
    asked = limits.bucket("client-mail", link.client)
    if not limits.is_full(asked, MAILS_A_QUARTER):
        who = system(link.register_id)
        codes.mail(by=who, client=Client.objects.get(pk=link.client), at=clock.now())
        audit.record(who, "portal.code_mail", client=link.client)
        limits.failed(asked)
        return _page(request, CodeForm(), sent=True)
    return _page(request, CodeForm(), many_mails=True)


def _try(request: HttpRequest, link: AccessLink) -> HttpResponse:
    tried = limits.bucket("client-code", link.client)
    source = limits.bucket("client-source", source_of(request))
    limits.one_at_a_time(tried)
    if limits.is_full(tried) or limits.is_full(source, limits.TRIES_FROM_ADDRESS):
        response = render(request, "portal/door/slow.html", status=429)
        response["Retry-After"] = "900"
        return response
    form = CodeForm(request.POST)
    if not form.is_valid():
        return _page(request, form)
    who = Viewer(kind="client", register_id=link.register_id, client_id=link.client)
    if codes.take(client_id=link.client, code=form.cleaned_data["code"], at=clock.now()):
        limits.forget(tried)
        audit.record(who, "portal.sign_in", client=link.client)
        door.sign_in_client(request, link.register_id, link.client, link=bytes(link.token_hash))
        return redirect("/me/")
    limits.failed(tried, source)
    audit.record(system(link.register_id), "portal.code_wrong", client=link.client)
    return _page(request, CodeForm(), wrong=True)


def _page(request: HttpRequest, form: CodeForm, **told: bool) -> HttpResponse:
    return render(
        request, "portal/door/code.html", {"form": form, "texts": texting.is_on(), **told}
    )
