"""The posts of a matter's page: each takes one form, calls one action, and comes back.

What can't be done now is said kindly, and what was filled in is kept on the page.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms as django_forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from polku.clients import careful
from polku.foundation import clock
from polku.foundation.meanwhile import ChangedMeanwhile
from polku.foundation.viewer import Viewer
from polku.statements import actions, deciding, facts, forms, presenters, queries, sending
from polku.statements.problems import EXPECTED, problem
from polku.statements.queries import Found
from polku.statements.views.door import of_matter
from polku.statements.views.matter import back, keys_of, matter_page, version_or_404
from polku.web.toasts import toast

Make = Callable[[Any, Found], django_forms.Form]
Act = Callable[[Found, Viewer, Any], object]


def deed(
    name: str, permission: str, make: Make, act: Act, said: Any, *, near: bool = True
) -> Callable[..., HttpResponse]:
    """Return the view of one post. Mistakes come back on the page, with what was filled in."""

    @require_POST
    @of_matter(permission, near=near)
    def view(request: HttpRequest, viewer: Viewer, found: Found) -> HttpResponse:
        form = make(request.POST, found)
        if not form.is_valid() or not careful.may_keep(form, request, found.client):
            return matter_page(request, viewer, found, bound={name: form})
        try:
            act(found, viewer, form)
        except EXPECTED as error:
            form.add_error(None, problem(error))
            anew = _anew(viewer, found)
            if isinstance(error, ChangedMeanwhile):
                form.data = _as_it_stands(request, form, anew)
            return matter_page(request, viewer, anew, bound={name: form})
        if said:
            toast(request, str(said))
        return back(found, name)

    return view


def _as_it_stands(request: HttpRequest, form: Any, anew: Found) -> Any:
    """Return what was sent, by the mark of what stands now: the page shows that, and whoever has
    seen it may try again.
    """
    data = request.POST.copy()
    if "version" in form.fields:
        data["version"] = anew.matter.version
    if "seal" in form.fields:
        data["seal"] = presenters.seal(anew)
    return data


def _anew(viewer: Viewer, found: Found) -> Found:
    return queries.get(viewer, found.client.id, found.matter.id)


def _plain(form: Any, name: str) -> Make:
    return lambda data, found: form(data, auto_id=f"{name}_%s")


def _calls(action: Callable[..., object], **renamed: str) -> Act:
    def act(found: Found, viewer: Viewer, form: Any) -> object:
        given = {renamed.get(key, key): value for key, value in form.cleaned_data.items()}
        return action(found.matter, by=viewer, at=clock.now(), **given)

    return act


def _write_form(data: Any, found: Found) -> django_forms.Form:
    known = facts.gather(found.client, found.matter)
    return forms.WriteForm(
        data, auto_id="write_%s", keys=keys_of(found, known), correcting=bool(found.signed)
    )


def _write(found: Found, viewer: Viewer, form: Any) -> object:
    given = form.cleaned_data
    return deciding.write(
        found.matter,
        by=viewer,
        at=clock.now(),
        version=given["version"],
        text=given["text"].replace("\r\n", "\n"),
        basis=" ".join(given["basis"].split()),
        keys=given["facts"],
        because=given.get("because", ""),
    )


W = "statements.write"

due = deed("due", W, _plain(forms.DueForm, "due"), _calls(actions.set_due), gettext_lazy("Kept."))
ask = deed(
    "ask",
    W,
    _plain(forms.AskForm, "ask"),
    _calls(actions.ask),
    gettext_lazy("The client has been asked. The answer comes here."),
)
answer = deed(
    "answer",
    "statements.answer",
    _plain(forms.AnswerForm, "answer"),
    _calls(actions.answer),
    gettext_lazy("The answer is written down."),
)
time_out = deed(
    "time_out",
    W,
    _plain(forms.VersionForm, "time_out"),
    _calls(actions.time_out),
    gettext_lazy("Written down: no answer came by that day."),
)
write = deed(
    "write", W, _write_form, _write, gettext_lazy("The draft is kept. It waits for an official.")
)
sign = deed(
    "sign",
    "statements.sign",
    _plain(forms.SealForm, "sign"),
    _calls(deciding.sign),
    gettext_lazy("Signed. Polku sends nothing: copy the text and send it."),
    near=False,
)
give_back = deed(
    "give_back",
    "statements.sign",
    _plain(forms.WordForm, "give_back"),
    _calls(deciding.give_back),
    gettext_lazy("Given back to the coach."),
    near=False,
)
withdraw = deed(
    "withdraw",
    W,
    _plain(forms.WordForm, "withdraw"),
    _calls(actions.withdraw, word="reason"),
    gettext_lazy("The matter has ended without a statement."),
)
take_up = deed(
    "take_up",
    W,
    _plain(forms.VersionForm, "take_up"),
    _calls(actions.take_up),
    gettext_lazy("Taken up again."),
)
correct = deed(
    "correct",
    W,
    _plain(forms.WordForm, "correct"),
    _calls(deciding.correct, word="because"),
    gettext_lazy("A new version is begun. The old one stays."),
)
drop = deed(
    "drop",
    W,
    _plain(forms.VersionForm, "drop"),
    _calls(deciding.drop),
    gettext_lazy("The correction is dropped. What is signed stands."),
)


@require_POST
@of_matter("statements.send", near=False)
def copied(request: HttpRequest, viewer: Viewer, found: Found) -> HttpResponse:
    """Mark the text as copied into the national register, or take that back."""
    if careful.KEEP in request.POST:
        return matter_page(request, viewer, found, anyway=request.POST[careful.KEEP])
    form = forms.NumberForm(request.POST)
    if not form.is_valid():
        return matter_page(request, viewer, found)
    version = version_or_404(found, form.cleaned_data["number"])
    version.matter = found.matter
    taken_back = "undo" in request.POST
    sending.mark_copied(version, by=viewer, at=clock.now(), near=found.near, copied=not taken_back)
    toast(
        request,
        _("No longer marked as copied.")
        if taken_back
        else _("Marked as copied to the national register."),
    )
    return back(found, "sent")


@require_POST
@of_matter("statements.send", near=False)
def sent(request: HttpRequest, viewer: Viewer, found: Found) -> HttpResponse:
    """Note to whom the last signed version was sent, how and when."""
    form = forms.SentForm(request.POST, auto_id="sent_%s")
    if not form.is_valid():
        return matter_page(request, viewer, found, bound={"sent": form})
    given = dict(form.cleaned_data)
    version = version_or_404(found, given.pop("number"))
    version.matter = found.matter
    if not sending.dates_fit(version, given["on"], clock.now()):
        form.add_error("on", _("It can't have been sent before it was signed, nor in the future."))
        return matter_page(request, viewer, found, bound={"sent": form})
    try:
        sending.note_sent(version, by=viewer, at=clock.now(), near=found.near, **given)
    except EXPECTED as error:
        form.add_error(None, problem(error))
        return matter_page(request, viewer, _anew(viewer, found), bound={"sent": form})
    toast(request, _("Noted. The client sees it in their own view."))
    return back(found, "sent")
