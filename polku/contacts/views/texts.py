"""How contacts are worded for the national register: the register's own templates."""

from __future__ import annotations

from datetime import timedelta

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from polku.contacts import copying
from polku.contacts.forms_booking import TemplateForm
from polku.contacts.models import Contact, Purpose
from polku.contacts.views.common import viewer_of
from polku.foundation import audit, clock
from polku.foundation.permissions import check
from polku.web.toasts import toast

LANGUAGE_NAMES = {"fi": "Suomi", "sv": "Svenska"}


def title_of(key: str) -> str:
    """Return what a template is for, in words."""
    return _("attempt") if key == copying.ATTEMPT else str(Purpose(key).label)


@require_safe
def copy_texts(request: HttpRequest) -> HttpResponse:
    """Every template, and which of them are the register's own."""
    viewer = viewer_of(request)
    check(viewer, "contacts.templates")
    own = copying.own_texts()
    rows = [
        {
            "title": title_of(key).capitalize(),
            "languages": [
                {
                    "name": LANGUAGE_NAMES[language],
                    "own": (key, language) in own,
                    "url": reverse("copy_text", args=[key, language]),
                }
                for language in copying.LANGUAGES
            ],
        }
        for key in copying.KEYS
    ]
    audit.record(viewer, "contacts.texts")
    return render(request, "contacts/texts.html", {"rows": rows})


@require_http_methods(["GET", "HEAD", "POST"])
def copy_text(request: HttpRequest, key: str, language: str) -> HttpResponse:
    """Edit one template: its placeholders are checked, and it is shown as it will be copied."""
    viewer = viewer_of(request)
    check(viewer, "contacts.templates")
    if key not in copying.KEYS or language not in copying.LANGUAGES:
        raise Http404
    words = copying.words_for(key, language)
    if request.method != "POST":
        audit.record(viewer, "contacts.text_form")
        return _draw(request, key, language, TemplateForm(initial={"text": words.text}), words)
    form = TemplateForm(request.POST)
    text = "" if "default" in request.POST else request.POST.get("text", "")
    try:
        text = copying.check_template(text) if text.strip() else ""
    except copying.BadTemplate as bad:
        form.is_valid()
        for line in _problems(bad):
            form.add_error("text", line)
        return _draw(request, key, language, form, words)
    shown = copying.Words(key, language, text or copying.default_text(key, language), bool(text))
    if "look" in request.POST:
        audit.record(viewer, "contacts.text_form")
        return _draw(request, key, language, TemplateForm(initial={"text": shown.text}), shown)
    if not form.is_valid():
        return _draw(request, key, language, form, words)
    copying.reword(by=viewer, at=clock.now(), key=key, language=language, text=text)
    toast(request, _("The text is kept.") if text else _("The text is the default again."))
    return redirect("copy_text", key, language)


def _problems(bad: copying.BadTemplate) -> list[str]:
    known = ", ".join(f"{{{name}}}" for name in copying.PLACEHOLDERS)
    found = [
        _("{%(name)s} is not known. Known are: %(known)s.") % {"name": name, "known": known}
        for name in bad.unknown
    ]
    lacks = [
        _("{%(name)s} is missing: the register asks for it.") % {"name": name}
        for name in bad.missing
    ]
    return found + lacks


def _draw(
    request: HttpRequest, key: str, language: str, form: TemplateForm, words: copying.Words
) -> HttpResponse:
    context = {
        "form": form,
        "title": title_of(key).capitalize(),
        "language": LANGUAGE_NAMES[language],
        "lang": language,
        "own": words.own,
        "preview": copying.fill(words, _example(key), next_kind="call"),
        "placeholders": [(f"{{{name}}}", said) for name, said in placeholder_words().items()],
    }
    return render(request, "contacts/text.html", context)


def placeholder_words() -> dict[str, str]:
    """Return each placeholder with what it is replaced by."""
    return {
        "date": _("the day"),
        "time": _("the clock time"),
        "minutes": _("how long it took"),
        "kind": _("kind of contact with the register's code"),
        "purpose": _("what it was"),
        "initiative": _("on whose initiative"),
        "worker": _("who logged it"),
        "agreed": _("what was agreed"),
        "tasks": _("the tasks with their days"),
        "next": _("the next contact"),
    }


def _example(key: str) -> Contact:
    """Return an invented contact, never saved, to show what a text looks like."""
    now = clock.now()
    return Contact(
        at=now,
        kind="call" if key == copying.ATTEMPT else "visit",
        purpose=Purpose.COACHING if key == copying.ATTEMPT else key,
        reached=key != copying.ATTEMPT,
        minutes=None if key == copying.ATTEMPT else 45,
        worker_name=_("Example Coach"),
        agreed=""
        if key == copying.ATTEMPT
        else _("We went through the week. The trial at the library begins on Monday."),
        tasks=[
            {
                "text": _("The client calls the library"),
                "due_on": (clock.today() + timedelta(days=7)).isoformat(),
            }
        ],
        next_on=clock.today() + timedelta(days=21),
    )
