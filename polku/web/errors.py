"""What an error page says: what happened, what was kept, what to do next."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Trouble:
    status: int
    title: Promise
    happened: Promise
    kept: Promise
    todo: Promise


KINDS = {
    "bad-request": Trouble(
        400,
        _("This address or form could not be read"),
        _("Something in what was sent is not in a form that Polku understands."),
        _("Nothing was changed."),
        _("Go back and try once more. If a link brought you here, ask its sender for a new one."),
    ),
    "forbidden": Trouble(
        403,
        _("This page is not open to you"),
        _("Your role or your relation to the person does not cover it."),
        _("Nothing was changed, and nothing of the page was shown."),
        _("If you need it in your work, change your role or ask your team lead."),
    ),
    "not-found": Trouble(
        404,
        _("There is nothing at this address"),
        _("The page has moved or gone, or it belongs to a register that you are not working in."),
        _("Everything you have saved is where it was."),
        _("Search for it, or start from your own first page."),
    ),
    "not-allowed": Trouble(
        405,
        _("This address does something, and shows nothing"),
        _("A button of a page leads here. Opened by itself there is nothing to see."),
        _("Nothing was changed."),
        _("Go back to the page you came from, and use its button."),
    ),
    "too-many": Trouble(
        429,
        _("A short pause, please"),
        _("There were more tries in a short time than is allowed. This protects everyone's data."),
        _("Nothing was changed."),
        _("Wait a minute and try once more."),
    ),
    "csrf": Trouble(
        403,
        _("The form was open for too long"),
        _("Its safety mark has expired, or you have signed in again in another tab."),
        _("Nothing was saved yet. What you wrote is still in the form."),
        _("Go back, copy what you wrote if it is long, reload the page and send it once more."),
    ),
    "server": Trouble(
        500,
        _("Something broke on our side"),
        _("It is not your doing. The fault has been written down for those who mend it."),
        _("What was saved before is safe. What you sent just now was not saved, not even in part."),
        _("Go back and try once more in a moment. If it happens again, tell the number below."),
    ),
}


def request_id(request: HttpRequest) -> str:
    """The number to quote, when something before us has given the request one."""
    return str(getattr(request, "id", "") or "")
