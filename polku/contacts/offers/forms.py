"""What is filled in to offer a client a choice of times."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from polku.contacts.forms_booking import HeldForm
from polku.contacts.models import Kind
from polku.contacts.offers import making
from polku.contacts.resources.fitting import Around
from polku.foundation import clock
from polku.web.forms import DateInput, SubmissionField


class OfferForm(HeldForm):
    """How, how long, between which days, and which of the free hours.

    The hours are the choices of `starts`; whoever makes the form asks for them by `span` and hands
    them to `let_choose`.
    """

    first = forms.DateField(label=_("From"), widget=DateInput)
    last = forms.DateField(label=_("Until"), widget=DateInput)
    starts = forms.MultipleChoiceField(label=_("Times that you offer"), required=False)
    room = forms.ChoiceField(label=_("Room"), required=False)
    submission = SubmissionField()

    def __init__(
        self,
        *args: Any,
        due: date | None = None,
        rooms: Sequence[Around] = (),
        ways: Collection[str] | None = None,
        **kwargs: Any,
    ) -> None:
        """`ways` are those in which an interpreter is there; None where none is needed."""
        kwargs.setdefault("use_required_attribute", False)
        super().__init__(*args, **kwargs)
        self.rooms, self.ways = {str(one.id): one for one in rooms}, ways
        if rooms:
            names = [(key, one.where) for key, one in self.rooms.items()]
            self.fields["room"].choices = [("", _("no room from here")), *names]
        else:
            del self.fields["room"]
        self.due, self.free = due, list[datetime]()

    # What there is to hold around these days, for whoever makes the offer.
    there: Sequence[Around] = ()

    def let_choose(self, free: list[datetime]) -> None:
        """Let these hours be chosen."""
        self.free = free
        self.fields["starts"].choices = [(one.isoformat(), "") for one in free]

    def clean_starts(self) -> list[datetime]:
        chosen = [datetime.fromisoformat(one) for one in self.cleaned_data["starts"]]
        if not chosen:
            raise forms.ValidationError(_("Choose at least one time."))
        if len(chosen) > making.MOST:
            raise forms.ValidationError(
                ngettext_lazy(
                    "Offer at most %(n)d time.", "Offer at most %(n)d times.", making.MOST
                )
                % {"n": making.MOST}
            )
        return chosen

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        why = wrong_span(found.get("first"), found.get("last"), self.due)
        if why:
            self.add_error("last", why)
        if self.ways is not None and found.get("kind") not in self.ways:
            self.add_error("kind", _("No interpreter of the language is there in this way."))
        somewhere = found.get("place") or found.get("room")
        if found.get("kind") == Kind.VISIT and not somewhere:
            self.add_error("place", _("Say where you meet: it stands in the client's message."))
        return found


def wrong_span(first: date | None, last: date | None, due: date | None) -> Any:
    """Return why no times are offered between these days, or ''."""
    if first is None or last is None:
        return ""
    if last < max(first, clock.today()):
        return _("The last day is before the first, or gone by.")
    if due is not None and last > due:
        return _("Later than the law's last day for this. Choose an earlier day.")
    return _("Offer times of three weeks at most.") if last - first > making.LONGEST else ""


def span_shown(first: date, last: date, due: date | None) -> tuple[date, date]:
    """Return the days of which hours are shown: from tomorrow on, as far as they may be offered."""
    first = max(first, clock.today() + timedelta(days=1))
    last = min(last, first + making.LONGEST, due or last)
    return first, last
