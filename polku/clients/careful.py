"""Before a text about a client under a safety ban is kept: does it tell where they are?

A form that would keep such words is shown again with a warning, nothing lost. One press keeps them
all the same; the entry of what was done then says so. What was typed is compared with the guarded
details here, and the answer is the same whichever it is that gave it away.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext as _

from polku.clients import ports
from polku.clients.models import Client, ContactDetails, GuardedText
from polku.clients.whereabouts import found_in
from polku.foundation import audit, crypto, walls
from polku.web.forms import Doubt

KEEP = "keep_whereabouts"
# What an entry tells among its fields.
KEPT, WARNED = "kept_despite_ban_warning", "ban_warning"

_DETAILS = (
    "email", "phone", "street", "postal_code", "town", "municipality__name_fi",
    "municipality__name_sv",
)  # fmt: skip


def may_keep(
    form: forms.Form,
    request: HttpRequest,
    *clients: Client,
    names: Collection[str] | None = None,
    besides: Collection[str] = (),
    also: Mapping[str, str] | None = None,
    known: Iterable[str] = (),
    compared: bool = True,
) -> bool:
    """Return whether a valid form may be kept; else it has its warning, and is to be shown again.

    Looked at are the fields of free text, or those `names`; never those `besides`, which go behind
    the guarded view themselves. `also` are texts without a field of their own, by what they are
    called; `known` are guarded words that this form brings along. With `compared` False only the
    form of the words counts: for what goes behind the guarded view, and may name its place.
    """
    guarded = [client for client in clients if client.safety_ban]
    if not guarded:
        return True
    words = [*known, *(word for client in guarded if compared for word in guarded_words(client))]
    texts = _texts(form, names, besides)
    told = {name: text for name, text in texts.items() if found_in(text, words)}
    more = {name: text for name, text in (also or {}).items() if found_in(text, words)}
    if not told and not more:
        return True
    mark = _mark({**told, **more}, clients)
    if request.POST.get(KEEP) == mark:
        audit.also(KEPT)
        return True
    audit.also(WARNED)
    for name in told:
        form.add_error(name, warning())
    for name in more:
        form.add_error(None, f"{name}: {warning()}")
    form.doubt = doubt(mark)  # type: ignore[attr-defined]
    return False


def held_back(text: str, client: Client) -> Doubt | None:
    """Return what is asked before a text that leaves the house is shown; None where nothing is."""
    if client.safety_ban and found_in(text, guarded_words(client)):
        return doubt(_mark({"": text}, [client]))
    return None


def warning() -> str:
    """Return what is said at the field."""
    return _("This looks as if it told an address, a number or a place.")


def said_of_purpose() -> str:
    """Return what is said of a purpose that tells it: others than the guardians read purposes."""
    return _("Write the purpose without addresses, numbers and places: others read it in the log.")


def doubt(mark: str) -> Doubt:
    """Return the question that a form asks before it keeps such words."""
    return Doubt(
        title=_("The client has a safety ban: look at this before it is kept"),
        words=_(
            "Addresses, numbers and places belong in the guarded details alone. Take it out. If it "
            "gives nothing away, keep it: that you chose so is written into the record."
        ),
        mended=_("I have taken it out: save"),
        keep=_("Keep it all the same"),
        name=KEEP,
        value=mark,
    )


def _texts(
    form: forms.Form, names: Collection[str] | None, besides: Collection[str]
) -> dict[str, str]:
    return {
        name: form.cleaned_data[name]
        for name, field in form.fields.items()
        if type(field) is forms.CharField
        and not field.widget.is_hidden
        and name not in besides
        and (names is None or name in names)
        and form.cleaned_data.get(name)
    }


def _mark(told: Mapping[str, str], clients: Iterable[Client]) -> str:
    """Return a mark of the very words that were warned about, of these clients: others are warned
    about anew. Nobody makes one without having been warned.
    """
    whom = "\0".join(sorted(str(client.id) for client in clients))
    said = "\0".join(f"{name}\0{text}" for name, text in sorted(told.items()))
    return crypto.keyed_hash("kept whereabouts", f"{whom}\0{said}".encode()).hex()


def guarded_words(client: Client) -> list[str]:
    """Return the words that must not be told of a client under a ban; never to be shown."""
    with walls.guarded_open(client.id):
        details = ContactDetails.objects.filter(client=client).values_list(*_DETAILS).first()
        places = list(GuardedText.objects.filter(client=client).values_list("text", flat=True))
        further = [word for port in ports.guarded_words for word in port(client)]
    named = {client.last_name.casefold(), *client.first_names.casefold().split()}
    words = [word for word in (*(details or ()), *places, *further) if word]
    return [word for word in words if word.casefold() not in named]
