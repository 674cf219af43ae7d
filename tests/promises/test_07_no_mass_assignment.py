"""Promise 7: a form changes what its own fields change, whatever else is sent with it."""

from __future__ import annotations

from datetime import date

import pytest
from django.apps import apps
from django.db import models

from polku.clients import changes
from tests.promises import ledger
from tests.promises.house import forms_of
from tests.promises.promise import Promise
from tests.promises.reading import forms

PROMISE = Promise(
    7,
    "No mass assignment",
    "every model field posted to every form: 0 changed beyond the declared set",
    "every form of every page of seven actors, sent with and without a hostile value for each "
    "field of each model; all rows of both registers compared",
)
HOSTILE = "ujutettu"
# Going out and coming in change who asks; the door's own tests hold them.
NOT_HERE = ("/sign-", "/demo/", "/c/", "/me/sign-out/", "/language/", "/theme/")


def hostile(house, fields):
    """Return a value for each field of each model that the form does not have itself."""
    foreign = house.ids["foreign"]
    values = {}
    for model in apps.get_models():
        if not model.__module__.startswith("polku"):
            continue
        for field in model._meta.concrete_fields:
            for name in {field.name, field.attname}:
                if name not in fields:
                    values[name] = _value(field, house, foreign)
    return values | {"id": str(foreign["client_id"]), "pk": str(foreign["client_id"])}


def _value(field, house, foreign):
    if isinstance(field, models.ForeignKey):
        target = field.related_model._meta.label
        known = {
            "foundation.User": house.world.people["carita"].id,
            "foundation.Register": house.world.areas["river"].id,
            "foundation.Team": house.world.teams["river"].id,
            "clients.Client": foreign["client_id"],
        }
        return str(known.get(target, "049"))
    if isinstance(field, models.BooleanField):
        return "on"
    if isinstance(field, (models.DateField, models.DateTimeField)):
        return date(2999, 1, 2).isoformat()
    if isinstance(field, models.IntegerField):
        return "7"
    if isinstance(field, models.UUIDField):
        return str(foreign["client_id"])
    if field.choices:
        return str(field.choices[-1][0])
    return HOSTILE


def fresh(house, actor, form):
    """Return the form as its page gives it now, since tickets and marks are used but once."""
    answer = house.ask(actor, form.page)
    same = [f for f in forms(answer.content.decode(), form.page) if f.kind == form.kind]
    return same[0] if same else form


def sent(house, actor, form, before, *, more):
    with house.trying(actor):
        extra = hostile(house, form.names | form.data.keys()) if more else {}
        answer = house.ask(actor, form.action, extra | form.data)
        assert answer.status_code != 500, form.action
        return ledger.alike(
            ledger.difference(before, ledger.rows(house.world, since=before)), before
        )


def beyond(house, actor, only=""):
    """Return {form: cells} of what was changed by hostile fields, and how many forms changed."""
    found, changing = {}, 0
    before = ledger.rows(house.world)
    for form in forms_of(house.sights(actor)):
        if form.action.startswith(NOT_HERE) or only not in form.action:
            continue
        # The same rows, as of now: what the forms before had written is taken back.
        before = ledger.rows(house.world, since=before)
        with house.trying(actor):
            form = fresh(house, actor, form)
            # Each of the two is taken back, so that the same ticket is good for both.
            plain = sent(house, actor, form, before, more=False)
            with_hostile = sent(house, actor, form, before, more=True)
        changing += bool(plain)
        if plain != with_hostile:
            odd = [cell for cell in with_hostile if cell not in plain]
            found[form.action, form.page] = odd or ["something was not done"]
    return found, changing


@pytest.mark.parametrize(("actor", "at_least"), [
    ("aino", 15), ("lahja", 10), ("gus", 1), ("elli", 0), ("devi", 3), ("host", 1), ("asked", 1),
])  # fmt: skip
def test_only_what_the_form_declares_is_changed(house, actor, at_least):
    found, changing = beyond(house, actor)
    assert found == {}, "\n".join(
        f"{where}: {cell}" for where, cells in found.items() for cell in cells
    )
    assert changing >= at_least, "too few forms did anything: nothing was shown"


def test_control_a_form_that_takes_whatever_comes_is_found(house, monkeypatch):
    from django.utils.datastructures import MultiValueDict

    from polku.clients import forms as client_forms
    from polku.clients.models import Fact

    add = changes.add_fact
    came = []
    clean = client_forms.FactForm.full_clean
    monkeypatch.setattr(
        client_forms.FactForm, "full_clean", lambda form: came.append(form.data) or clean(form)
    )

    def careless(client, **values):
        fact = add(client, **values)
        data = came[-1] if isinstance(came[-1], MultiValueDict) else {}
        Fact.objects.filter(pk=fact.pk).update(ended_on=data.get("ended_on") or None)
        return fact

    monkeypatch.setattr(changes, "add_fact", careless)
    found, _changing = beyond(house, "aino", only="/facts/")
    assert [action for action, _page in found if action.endswith("/facts/")]
