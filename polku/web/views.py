"""Choosing the theme, pages that say what went wrong, and the living page."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.template import loader
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from polku.web import errors, living
from polku.web.context import THEME_COOKIE, THEMES
from polku.web.toasts import toast

_YEAR = 365 * 24 * 3600


@require_POST
def choose_theme(request: HttpRequest) -> HttpResponse:
    """Remember the theme in a cookie and go back; an unknown theme is the system's own."""
    chosen = request.POST.get("theme", "system")
    back = request.POST.get("next", "/")
    secure = request.is_secure()
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=secure):
        back = "/"
    response = HttpResponseRedirect(back)
    if chosen == "system" or chosen not in THEMES:
        response.delete_cookie(THEME_COOKIE)
    else:
        response.set_cookie(
            THEME_COOKIE, chosen, max_age=_YEAR, samesite="Lax", secure=secure, httponly=True
        )
    return response


@require_safe
def design(request: HttpRequest) -> HttpResponse:
    """The living page: every token and every part in every state."""
    return render(request, "web/design/page.html", living.page(request))


@require_http_methods(["GET", "HEAD", "POST"])
def design_panel(request: HttpRequest) -> HttpResponse:
    """The panel as a page of its own; what is sent is checked and not kept."""
    form = living.panel_form(request.POST if request.method == "POST" else None)
    if form.is_valid():
        toast(request, _("Contact logged."))
        return redirect("web:design")
    context = {**living.shell(request), "form": form}
    return render(request, "web/design/panel.html", context)


@require_POST
def design_toast(request: HttpRequest) -> HttpResponse:
    """Say something and offer Undo; undoing it says so in turn."""
    undone = "undo" in request.GET
    again = "" if undone else f"{request.path}?undo"
    toast(request, _("Taken back.") if undone else _("Contact logged."), undo=again)
    return redirect("web:design")


@require_safe
def design_light(request: HttpRequest) -> HttpResponse:
    return render(request, "web/design/light.html", living.light())


@require_safe
def design_error(request: HttpRequest, kind: str) -> HttpResponse:
    """An error page as it would look, with the status it would have."""
    if kind not in errors.KINDS:
        raise Http404
    return refuse(request, kind)


def refuse(request: HttpRequest, kind: str, reason: str = "") -> HttpResponse:
    """An error page: what happened, what was kept, what to do. ``reason`` in plain words."""
    trouble = errors.KINDS[kind]
    context = {"trouble": trouble, "reason": reason, "request_id": errors.request_id(request)}
    return render(request, "web/error.html", context, status=trouble.status)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return refuse(request, "bad-request")


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The reason of a PermissionDenied is written for people, so it is shown to them."""
    return refuse(request, "forbidden", str(exception or ""))


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return refuse(request, "not-found")


def too_many(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return refuse(request, "too-many")


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return refuse(request, "csrf")


def not_allowed(request: HttpRequest) -> HttpResponse:
    return _bare(request, "not-allowed")


def server_error(request: HttpRequest) -> HttpResponse:
    return _bare(request, "server")


def _bare(request: HttpRequest, kind: str) -> HttpResponse:
    """Drawn without context processors: whatever broke may break them too."""
    trouble = errors.KINDS[kind]
    context = {
        "trouble": trouble,
        "request_id": errors.request_id(request),
        "theme": request.COOKIES.get(THEME_COOKIE, "system"),
    }
    body = loader.get_template("web/error_bare.html").render(context)
    return HttpResponse(body, status=trouble.status)
