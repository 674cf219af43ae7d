"""What a link to choose a time opens: times, place and the coach's name, and nothing of the client.

The link is the key, for one choice (decision 0076). A forged one, an old one and a withdrawn one
look alike.
"""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from polku.contacts.models import TimeOffer
from polku.contacts.offers import choosing
from polku.foundation import clock, walls
from polku.foundation.door.public import public
from polku.foundation.viewer import system
from polku.portal import choice


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def time_choice(request: HttpRequest, register_id: UUID, choice_token: str) -> HttpResponse:
    """Show what can be chosen by this link, and take one press."""
    by = system(register_id)
    with walls.inside(register_id, by=by):
        offer = choosing.by_link(choice_token)
        if offer is None:
            return choice.closed(request)
        _speak(request, offer)
        if request.method == "POST":
            return choice.answer(request, offer, by, {})
        how = offer.standing(clock.now())
        if how:
            return choice.closed(request, how if how in choice.USED else "")
        return choice.page(request, offer, by, {})


def _speak(request: HttpRequest, offer: TimeOffer) -> None:
    """Turn to the language of the message, until the reader chooses another."""
    if settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
        translation.activate(offer.language)
        request.LANGUAGE_CODE = offer.language
