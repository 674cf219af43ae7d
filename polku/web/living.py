"""What the living page shows: invented people, every part in every state."""

from __future__ import annotations

from typing import Any, NamedTuple

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from polku.web import errors, icons
from polku.web.context import NavItem, Shell
from polku.web.forms import DateInput, ScaleField, TimeInput
from polku.web.parts.words import KINDS

COLOURS = (
    *("paper", "surface", "sunken", "ink", "muted", "line", "edge"),
    *("lake", "lake-deep", "lake-soft", "heather", "heather-soft", "pine", "pine-soft"),
    *("cloud", "cloud-soft", "lingon", "lingon-soft", "focus", "water"),
)
SPACES = ("s1", "s2", "s3", "s4", "s5", "s6", "s7", "s8")
SECTIONS = (
    ("colour", gettext_lazy("Colour")),
    ("type", gettext_lazy("Type and space")),
    ("icons", gettext_lazy("Icons")),
    ("words", gettext_lazy("Tags and clocks")),
    ("press", gettext_lazy("Buttons")),
    ("lists", gettext_lazy("Rows")),
    ("tables", gettext_lazy("Tables")),
    ("forms", gettext_lazy("Forms")),
    ("boxes", gettext_lazy("Notices and turns")),
    ("ways", gettext_lazy("Ways through")),
    ("figures", gettext_lazy("Figures")),
    ("over", gettext_lazy("Panels, dialogs, toasts")),
    ("pages", gettext_lazy("Other pages")),
)


class Person(NamedTuple):
    name: str
    town: str
    kind: str
    words: str
    days: int
    low: int
    high: int
    left: int


class Sample(forms.Form):
    """One field of each sort."""

    name = forms.CharField(
        label=gettext_lazy("Name"), help_text=gettext_lazy("As the person wants to be called.")
    )
    phone = forms.CharField(label=gettext_lazy("Phone"), required=False)
    day = forms.DateField(label=gettext_lazy("Next date"), widget=DateInput)
    hour = forms.TimeField(label=gettext_lazy("Time"), widget=TimeInput, required=False)
    language = forms.ChoiceField(
        label=gettext_lazy("Language"),
        choices=[("fi", "Suomi"), ("sv", "Svenska"), ("so", "Soomaali"), ("uk", "Українська")],
    )
    note = forms.CharField(
        label=gettext_lazy("What works"),
        help_text=gettext_lazy("In words that the client could read."),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
    )
    how = forms.ChoiceField(
        label=gettext_lazy("How did you talk?"),
        choices=[
            ("phone", gettext_lazy("By phone")),
            ("met", gettext_lazy("Face to face")),
            ("message", gettext_lazy("By message")),
        ],
        widget=forms.RadioSelect,
    )
    days = forms.MultipleChoiceField(
        label=gettext_lazy("Days that suit"),
        choices=[
            ("mo", gettext_lazy("Monday")),
            ("we", gettext_lazy("Wednesday")),
            ("fr", gettext_lazy("Friday")),
        ],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    step = ScaleField(
        label=gettext_lazy("How close is the next step?"),
        help_text=gettext_lazy("The client's own estimate."),
    )
    consent = forms.BooleanField(
        label=gettext_lazy("May be sent reminders by text message"), required=False
    )


def people() -> list[Person]:
    return [
        Person("Mirja Esimerkki", "Kärkölä", "ok", _("agreed"), 12, 10, 18, 9),
        Person("Yusuf Malli", "Lahti", "study", _("training trial"), 3, 10, 18, 6),
        Person("Olli Näyte", "Hollola", "now", _("meets today"), 15, 10, 18, 0),
        Person("Anneli Koe-Esimerkkilä", "Asikkala", "warn", _("not confirmed"), 19, 12, 18, 2),
        Person("Kaarina Hiljainen", "Orimattila", "late", _("gone quiet"), 31, 10, 18, -4),
        Person("Timo Rauhassa", "Heinola", "neutral", _("waits for the host"), 8, 5, 30, 14),
    ]


def shell(request: HttpRequest) -> dict[str, Any]:
    here = request.path
    words = [_("My day"), _("Clients"), _("Placement map"), _("Week"), _("Team")]
    nav = [NavItem(w, here, current=not n, count=3 if n == 1 else 0) for n, w in enumerate(words)]
    return Shell(
        nav=nav,
        viewer_name="Sanna Valmentaja",
        viewer_role=_("personal coach"),
        register_name="Kärkölä",
        home_url=here,
        search_url=here,
        search_label=_("Find a client"),
        switcher_url=here,
        sign_out_url=here,
    ).context()


def page(request: HttpRequest) -> dict[str, Any]:
    filled = {"name": "Mirja", "how": "phone", "step": "6", "days": ["mo"], "language": "fi"}
    wrong = Sample({"name": "", "phone": "12", "language": "fi", "how": "phone"}, prefix="w")
    wrong.add_error("phone", _("A phone number has at least five digits."))
    found = people()
    listing = Paginator(range(1, 251), 6).get_page(request.GET.get("page", 2))
    here = request.path
    return {
        **shell(request),
        "colours": COLOURS,
        "spaces": SPACES,
        "sections": SECTIONS,
        "icons": sorted(icons.names() - {"mark"}),
        "kinds": [k for k in ("now", "ok", "warn", "late", "study", "neutral") if k in KINDS],
        "people": found,
        "form": Sample(initial=filled),
        "cards": Sample(prefix="c", initial=filled),
        "wrong": wrong,
        "listing": listing,
        "tabs": [
            NavItem(_("Waiting for me"), f"{here}?tab=1#ways", current=True, count=4),
            NavItem(_("Everyone"), f"{here}?tab=2#ways", count=250),
            NavItem(_("Closed cases"), f"{here}?tab=3#ways"),
        ],
        "trail": [(_("Clients"), here), ("Mirja Esimerkki", here)],
        "stages": [_("File"), _("Columns"), _("Check the rows"), _("Done")],
        "pairs": [
            (_("Language"), "suomi"),
            (_("Home municipality"), "Kärkölä"),
            (_("Next date"), "24.11.2025"),
        ],
        "ready_text": _(
            "24.11.2025 phone call\nAgreed: a visit to the school kitchen on 1.12. at 9.00.\n"
            "Task: Mirja asks about the bus by 28.11.\nNext contact: 4.12.2025"
        ),
        "troubles": errors.KINDS.items(),
    }


class Contact(Sample):
    """The fields of the sample panel."""

    name = None
    language = None


def panel_form(data: QueryDict | None) -> Contact:
    return Contact(data, prefix="p", initial={"how": "phone"})


def light() -> dict[str, Any]:
    return {"home_url": reverse("web:design"), "form": Sample(prefix="l")}
