"""How somebody is reached: by e-mail, else by a text message, else not, with a reason in words."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext as _

from polku.foundation import phones, texting

NOTHING_KNOWN = gettext_noop("neither an e-mail address nor a phone number is known")
NOT_SET_UP = gettext_noop("no e-mail address is known, and text messages are not in use here")
NOT_MOBILE = gettext_noop("no e-mail address is known, and the phone number is not a mobile number")
NOT_MAILED = gettext_noop("the mail server did not take the mail")
REFUSED = gettext_noop("the text message was refused by what carries it")
NOT_TAKEN = gettext_noop("the text message could not be handed over")


@dataclass(frozen=True)
class Address:
    """Where a message may go: an e-mail address, a number for a text message, or why nowhere."""

    email: str = ""
    phone: str = ""
    stopped: str = ""

    def __bool__(self) -> bool:
        return bool(self.email or self.phone)


def reach(*, email: str, phone: str = "", hindered: str = "") -> Address:
    """Choose how to reach somebody. `hindered` says why no text message may go to them."""
    if email:
        return Address(email=email)
    if not phone:
        return Address(stopped=NOTHING_KNOWN)
    if not texting.is_on():
        return Address(stopped=NOT_SET_UP)
    if hindered:
        return Address(stopped=hindered)
    number = phones.mobile(phone)
    return Address(phone=number) if number else Address(stopped=NOT_MOBILE)


def in_words(address: Address) -> str:
    """Return how messages go, for staff to read; the address itself is not said."""
    if address.email:
        return _("Messages go by e-mail.")
    if address.phone:
        return _("Messages go as text messages.")
    return _("No message goes out: %(why)s.") % {"why": why(address.stopped)}


def why(problem: str) -> str:
    """Return why a message did not go, in the reader's language. A code after a colon stays."""
    reason, colon, code = problem.partition(": ")
    return f"{gettext(reason)}{colon}{code}" if reason else ""
