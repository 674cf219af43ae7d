"""A contact that was logged: reading it, its text for the national register, correcting it."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from polku.clients import careful
from polku.clients.models import Client
from polku.contacts import actions, copying, drafts, presenters, reading, turned
from polku.contacts.forms import ContactForm
from polku.contacts.models import Contact, Rhythm
from polku.contacts.views.common import initial_of, keep_for_author, viewer_of
from polku.foundation import audit, clock
from polku.foundation.permissions import can, check
from polku.web.toasts import toast

FORM = "change"
_DIGEST = re.compile(r"[0-9a-f]{64}")


def text_of(client: Client, contact: Contact, *, anyway: str | None = None) -> presenters.CopyText:
    """Return the contact's text for the national register.

    Under a safety ban a text that tells where the client is comes with a question in its place,
    until the worker has chosen to have it `anyway` (the question's mark).
    """
    language = copying.language_for(client.service_language)
    words = copying.words_for(copying.key_of(contact), language)
    copy = presenters.copy_text(contact, words, Rhythm.objects.filter(client=client).first())
    doubt = careful.held_back(copy.text, client)
    if doubt is None:
        return copy
    if anyway == doubt.value:
        audit.also(careful.KEPT)
        return copy
    return replace(copy, text="", doubt=doubt)


def _found(request: HttpRequest, client_id: UUID, contact_id: UUID) -> Contact:
    try:
        return reading.contact(viewer_of(request), client_id, contact_id)
    except Contact.DoesNotExist as error:
        raise Http404 from error


@require_safe
def contact_page(request: HttpRequest, client_id: UUID, contact_id: UUID) -> HttpResponse:
    """One contact, to read and to copy."""
    viewer = viewer_of(request)
    check(viewer, "contacts.read")
    return _page(request, _found(request, client_id, contact_id))


def _page(request: HttpRequest, contact: Contact, *, anyway: str | None = None) -> HttpResponse:
    viewer, client_id, contact_id = viewer_of(request), contact.client_id, contact.id
    may_copy = can(viewer, "contacts.copy", contact)
    copy = text_of(contact.client, contact, anyway=anyway) if may_copy else None
    audit.record(viewer, "contacts.page", client=client_id)
    private = can(viewer, "contacts.private_note", contact)
    context = {
        "client": contact.client,
        "contact": contact,
        "facts": presenters.contact_facts(contact),
        "tasks": presenters.task_lines(contact),
        "private_note": contact.private_note if private else "",
        "copy": copy,
        "change_url": reverse("contact_change", args=[client_id, contact_id])
        if can(viewer, "contacts.change", contact)
        else "",
        "templates_url": reverse("copy_texts") if can(viewer, "contacts.templates") else "",
    }
    return render(request, "contacts/contact.html", context)


@require_POST
def contact_copied(request: HttpRequest, client_id: UUID, contact_id: UUID) -> HttpResponse:
    """Mark the text as copied into the national register, or take that back."""
    viewer = viewer_of(request)
    check(viewer, "contacts.copy")
    contact = _found(request, client_id, contact_id)
    if careful.KEEP in request.POST:
        return _page(request, contact, anyway=request.POST[careful.KEEP])
    seen = request.POST.get("seen", "")
    copied = "undo" not in request.GET
    if copied and not _DIGEST.fullmatch(seen):
        seen = copying.digest(contact)
    copying.mark(contact, by=viewer, at=clock.now(), seen=seen, copied=copied)
    if request.headers.get("X-Polku") == "1":
        contact = _found(request, client_id, contact_id)
        shown = text_of(contact.client, contact)
        return JsonResponse({"state": shown.state, "said": shown.said})
    undo = reverse("contact_copied", args=[client_id, contact_id]) + "?undo"
    if copied:
        toast(request, _("Marked as copied to the national register."), undo=undo)
    else:
        toast(request, _("No longer marked as copied."))
    return redirect("contact_page", client_id, contact_id)


@require_http_methods(["GET", "HEAD", "POST"])
def contact_change(request: HttpRequest, client_id: UUID, contact_id: UUID) -> HttpResponse:
    """Correct one's own contact. What somebody saved meanwhile is shown beside one's own words."""
    viewer = viewer_of(request)
    check(viewer, "contacts.read")
    try:
        contact = reading.contact(viewer, client_id, contact_id)
    except Contact.DoesNotExist:
        return keep_for_author(request, client_id)
    check(viewer, "contacts.change", contact)
    if request.method != "POST":
        return _open(request, contact)
    form = ContactForm(request.POST)
    version = request.POST.get("version", "")
    if not form.is_valid() or not version.isdigit():
        return _draw(request, contact, form, version=version or str(contact.version))
    if not careful.may_keep(form, request, contact.client, also=form.further_texts()):
        return _draw(request, contact, form, version=version)
    try:
        _change(request, contact, form, int(version))
    except actions.ChangedMeanwhile as meanwhile:
        differing = _side_by_side(form, meanwhile.theirs)
        stands = str(meanwhile.theirs.version)
        return _draw(request, contact, form, version=stands, differing=differing)
    toast(request, _("Corrected."))
    return redirect("contact_page", client_id, contact_id)


def _change(request: HttpRequest, contact: Contact, form: ContactForm, version: int) -> None:
    given = form.cleaned_data
    fields = form.contact_fields() | {
        "at": given["when"],
        "kind": given["kind"],
        "purpose": given["purpose"],
        "initiative": given["initiative"],
        "reached": given["reached"],
    }
    # A field whose control shows minutes only must not wipe the seconds that were not touched.
    if int(given["when"].timestamp()) // 60 == int(contact.at.timestamp()) // 60:
        fields["at"] = contact.at
    changed = {name: value for name, value in fields.items() if getattr(contact, name) != value}
    actions.change(contact, by=viewer_of(request), at=clock.now(), version=version, **changed)


def _initial(contact: Contact) -> dict[str, Any]:
    local = clock.local(contact.at)
    names = (
        "kind", "purpose", "initiative", "minutes", "agreed", "next_on", "what_works", "scale",
        "next_small_step", "private_note", "tasks",
    )  # fmt: skip
    values = {name: getattr(contact, name) for name in names}
    return values | {
        "reached": "1" if contact.reached else "0",
        "day": local.date(),
        "time": local.strftime("%H:%M"),
        "which": turned.which_of(contact.at),
    }


def _open(request: HttpRequest, contact: Contact) -> HttpResponse:
    viewer = viewer_of(request)
    kept = drafts.find(viewer, contact.client_id, FORM, contact.id, now=clock.now())
    initial = _initial(contact)
    version, differing = str(contact.version), []
    if kept is not None:
        initial |= initial_of(kept.fields)
        if kept.base_version != contact.version:
            version = str(contact.version)
            differing = _side_by_side(ContactForm(initial=initial), contact, bound=False)
    audit.record(viewer, "contacts.change_form", client=contact.client_id)
    form = ContactForm(initial=initial)
    return _draw(request, contact, form, version=version, kept=kept, differing=differing)


def _draw(
    request: HttpRequest,
    contact: Contact,
    form: ContactForm,
    *,
    version: str,
    kept: drafts.Kept | None = None,
    differing: list[tuple[str, str, str]] | None = None,
) -> HttpResponse:
    viewer, client = viewer_of(request), contact.client
    keep = presenters.keeping(
        viewer, client, FORM, kept, about=contact.id, version=int(version or contact.version)
    )
    context = {
        "client": client,
        "contact": contact,
        "form": form,
        "rows": form.task_rows(),
        "blank_rows": range(max(1, 3 - len(form.task_rows()))),
        "version": version,
        "differing": differing or [],
        "draft": presenters.draft_note(kept),
        "keep": keep,
        "back_url": reverse("contact_page", args=[client.id, contact.id]),
        "note_open": True,
        "private_open": True,
    }
    return render(request, "contacts/change.html", context)


def _side_by_side(
    form: ContactForm, stands: Contact, *, bound: bool = True
) -> list[tuple[str, str, str]]:
    """Return (what, what stands now, one's own) of the fields that differ, as words."""
    theirs = ContactForm(initial=_initial(stands))
    found = []
    for name in form.fields:
        if name == "submission":
            continue
        now, own = _said(theirs, name), _said(form, name)
        if now != own:
            found.append((str(form.fields[name].label), now or "–", own or "–"))
    now, own = _tasks_said(theirs), _tasks_said(form)
    if now != own:
        found.append((_("Tasks"), now or "–", own or "–"))
    return found


def _said(form: ContactForm, name: str) -> str:
    value = form[name].value()
    choices = dict(getattr(form.fields[name], "choices", []) or [])
    if value is None or value == "":
        return ""
    text = str(choices.get(value, choices.get(str(value), value)))
    return text[:5] if name == "time" else text.replace("\r\n", "\n").strip()


def _tasks_said(form: ContactForm) -> str:
    return "\n".join(f"{t['text']} {t['due_on']}".strip() for t in form.task_rows())
