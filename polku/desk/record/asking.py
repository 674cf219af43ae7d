"""What the auditor asks the access log: about whom, by whom, when, and what kind of look."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from polku.foundation import clock
from polku.web.forms import DateInput

USUAL_DAYS = 30
# Beyond these no day is asked about, and days before and after them can't be reckoned.
EARLIEST, LATEST = date(2000, 1, 1), date(2999, 12, 30)
KINDS = (
    ("", _("Everything")),
    ("pages", _("Opened one client")),
    ("changes", _("Changed something")),
    ("lists", _("Lists and searches")),
    ("closed", _("Guarded view and identity codes")),
    ("refused", _("Turned away")),
    ("log", _("Looks at the log itself")),
)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question to the log. Days are Helsinki's, both included; an empty `kind` is everything."""

    since: date
    until: date
    client: UUID | None = None
    worker: UUID | None = None
    kind: str = ""

    @property
    def begins(self) -> datetime:
        return clock.day_begins(self.since)

    @property
    def ends(self) -> datetime:
        return clock.day_ends(self.until)

    def query(self, **more: Any) -> str:
        """Return the question as an address's query."""
        parts = {
            "client": self.client,
            "worker": self.worker,
            "since": self.since.isoformat(),
            "until": self.until.isoformat(),
            "kind": self.kind,
        }
        return "?" + urlencode({k: str(v) for k, v in (parts | more).items() if v})


class AskForm(forms.Form):
    """The filters over the log. Bad days fall back to the last thirty, and the form says why."""

    client = forms.UUIDField(required=False, widget=forms.HiddenInput())
    worker = forms.ChoiceField(label=_("Worker"), required=False)
    since = forms.DateField(label=_("From"), widget=DateInput(), required=False)
    until = forms.DateField(label=_("To, this day too"), widget=DateInput(), required=False)
    kind = forms.ChoiceField(label=_("What kind of look"), choices=KINDS, required=False)

    def __init__(self, *args: Any, workers: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["worker"].choices = [("", _("Everybody")), *workers]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        since, until = data.get("since"), data.get("until")
        if since and until and until < since:
            self.add_error("until", _("The last day is before the first. Give a later one."))
        return data

    def asked(self, today: date) -> Asked:
        """Return the question, with what is missing or wrong left at its usual."""
        self.is_valid()
        good = {} if "until" in self.errors else dict(self.cleaned_data)
        kept = self.cleaned_data
        until = min(max(good.get("until") or today, EARLIEST), LATEST)
        worker = kept.get("worker")
        first = good.get("since") or until - timedelta(days=USUAL_DAYS)
        return Asked(
            since=max(first, EARLIEST),
            until=until,
            client=kept.get("client"),
            worker=UUID(worker) if worker else None,
            kind=kept.get("kind", ""),
        )


class WhoForm(forms.Form):
    """Whose record: the identity code or the client number. It is posted, never in an address."""

    who = forms.CharField(
        label=_("Identity code or client number"),
        max_length=60,
        help_text=_("As the client told it. The code is looked up and not kept."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
