"""What is asked at the door."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

EMAIL = {"autocomplete": "username", "autofocus": True, "spellcheck": "false"}
CODE = {
    "autocomplete": "one-time-code",
    "inputmode": "numeric",
    "spellcheck": "false",
    "autocapitalize": "off",
}


def _password(label: Any, kind: str, **more: Any) -> forms.CharField:
    widget = forms.PasswordInput(attrs={"autocomplete": kind})
    # A pass phrase may begin or end with a space; nobody sees it to mend it.
    return forms.CharField(label=label, widget=widget, strip=False, max_length=256, **more)


class SignInForm(forms.Form):
    """E-mail and password."""

    email = forms.CharField(label=_("E-mail"), max_length=254, widget=forms.EmailInput(attrs=EMAIL))
    password = _password(_("Password"), "current-password")


class BothForm(SignInForm):
    """Password and second step at once, after too many tries."""

    code = forms.CharField(
        label=_("Code from your app, or a recovery code"),
        max_length=20,
        widget=forms.TextInput(attrs=CODE),
    )


class AgainForm(SignInForm):
    """Signing in over a page. The code may be missing where no second step is in use."""

    code = forms.CharField(
        label=_("Code from your app, or a recovery code"),
        max_length=20,
        required=False,
        widget=forms.TextInput(attrs=CODE),
    )
    role = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        # It stands over another page, whose fields have names of their own.
        super().__init__(*args, auto_id="again_%s", **kwargs)
        self.fields["code"].required = settings.SECOND_FACTOR_REQUIRED


class CodeForm(forms.Form):
    """The second step."""

    code = forms.CharField(
        label=_("Code"), max_length=20, widget=forms.TextInput(attrs={**CODE, "autofocus": True})
    )


class ForgottenForm(forms.Form):
    """The address to which a link for a new password goes."""

    email = forms.EmailField(
        label=_("E-mail"), widget=forms.EmailInput(attrs=EMAIL), help_text=_("Your work address.")
    )


class NewPasswordForm(forms.Form):
    """A new password, twice. `user` is whom it must not resemble."""

    password = _password(
        _("New password"),
        "new-password",
        help_text=_("At least 12 characters. A sentence that only you would think of is good."),
    )
    again = _password(_("The same once more"), "new-password")

    def __init__(self, *args: Any, user: Any = None, **kwargs: Any) -> None:
        self.user = user
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        password, again = cleaned.get("password"), cleaned.get("again")
        if password and again and password != again:
            self.add_error("again", _("The two are not the same. Write it once more."))
        if password:
            try:
                validate_password(password, self.user)
            except ValidationError as error:
                self.add_error("password", error)
        return cleaned


class ChangePasswordForm(NewPasswordForm):
    """A new password for someone who is signed in and knows the old one."""

    old = _password(_("Present password"), "current-password")
    field_order = ["old", "password", "again"]


class InviteeForm(NewPasswordForm):
    """What an invited worker tells."""

    first_name = forms.CharField(
        label=_("First name"),
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "given-name"}),
    )
    last_name = forms.CharField(
        label=_("Last name"),
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "family-name"}),
    )
    field_order = ["first_name", "last_name", "password", "again"]


class PresentPasswordForm(forms.Form):
    """The password that someone has, before a new second step."""

    password = _password(_("Password"), "current-password")


class FirstAdministratorForm(InviteeForm):
    """The first administrator, and the register that is opened."""

    KINDS = [
        ("authority", _("an employment authority's clients")),
        ("project", _("a project's clients")),
    ]
    organisation = forms.CharField(
        label=_("Organisation"),
        max_length=160,
        help_text=_("The controller of the records, such as a town or an association."),
    )
    register = forms.CharField(
        label=_("Name of the register"),
        max_length=160,
        help_text=_("Such as “Employment services of Päijät-Häme”."),
    )
    kind = forms.ChoiceField(label=_("Whose clients"), choices=KINDS, widget=forms.RadioSelect)
    email = forms.EmailField(
        label=_("Your e-mail"), widget=forms.EmailInput(attrs={**EMAIL, "autofocus": False})
    )
    field_order = ["organisation", "register", "kind", "first_name", "last_name", "email"]
