"""Answers that a person or a panel can do something with.

A refusal that Django would send without a word is told as the others are.

A panel keeps what was written when its form is answered with a redirect: a script cannot read
where a redirect leads, and following it would use up the message that waits on the next page. So a
panel is told the address instead; a redirect to sign-in is told apart.
"""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import resolve_url


def in_words(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[..., HttpResponse]:
    """Tell what happened where an address is asked in a way that it does not answer."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if response.status_code != 405 or response.content:
            return response
        from polku.web.views import not_allowed

        told = not_allowed(request)
        told["Allow"] = response["Allow"]
        return told

    return answer


def panel(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[..., HttpResponse]:
    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if "X-Polku-Panel" not in request.headers or response.status_code not in (302, 303):
            return response
        onward = HttpResponse(status=204, headers={"X-Polku-Location": response["Location"]})
        onward.cookies = response.cookies
        if response["Location"].startswith(resolve_url(settings.LOGIN_URL)):
            onward["X-Polku-Signed-Out"] = "1"
        return onward

    return answer
