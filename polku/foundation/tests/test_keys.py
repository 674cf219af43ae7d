"""A register's sealing key is changed, broken off and taken up again; a wrong key is told of."""

from __future__ import annotations

from typing import Any

import pytest
from django.apps import apps
from django.db import models

from polku.clients import identity
from polku.clients.models import Client
from polku.foundation import crypto, keys, keys_command, walls
from polku.foundation.models import AuditEntry, RegisterKey
from polku.foundation.viewer import system

pytestmark = pytest.mark.django_db
CODE = "010190-901R"
# Sealed under a key of its own, which the register's key seals.
UNDER_ANOTHER = {"exchange_importrun.file_cipher"}


@pytest.fixture
def coded(world: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Aino's client, with an identity code; and no transaction but the test's own."""
    monkeypatch.setattr(keys, "_wait_for_older", lambda horizon: None)
    crypto.forget_keys()
    world.enter_as("aino")
    client = world.clients["devi"]
    identity.give(client, CODE)
    client.save()
    return client


def test_every_sealed_column_is_known() -> None:
    told = {f"{one.model._meta.db_table}.{one.column}" for one in keys.all_sealed()}
    found = {
        f"{model._meta.db_table}.{field.column}"
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if isinstance(field, models.BinaryField) and field.name.endswith("cipher")
    }
    assert found - UNDER_ANOTHER == told


def test_after_a_change_of_key_the_same_is_read_and_found(world: Any, coded: Any) -> None:
    register, before = world.areas["lake"], bytes(coded.identity_cipher)
    assert keys.rotate(register, wait=0) == 1
    world.enter_as("aino")
    fresh = Client.objects.get(identity_index=identity.index_of(register.id, CODE))
    assert bytes(fresh.identity_cipher) != before
    assert identity.read(fresh) == CODE
    assert RegisterKey.objects.get(register=register).sealing_before is None
    with pytest.raises(crypto.Unreadable):
        crypto.unseal(register.id, before, about=str(fresh.id))
    done = AuditEntry.objects.get(action="foundation.key_change")
    assert done.reason == "1 values sealed anew"


def test_one_that_was_broken_off_goes_on_with_its_key(world: Any, coded: Any) -> None:
    register = world.areas["lake"]
    keys._begin(register.id, system(register.id, name="test"))
    begun = bytes(RegisterKey.objects.get(register=register).sealing)
    world.enter_as("aino")
    assert identity.read(Client.objects.get(pk=coded.pk)) == CODE
    keys.rotate(register, wait=0)
    assert bytes(RegisterKey.objects.get(register=register).sealing) == begun


def test_a_process_that_knows_only_the_old_key_reads_and_seals(world: Any, coded: Any) -> None:
    register = world.areas["lake"]
    old = crypto._known[register.id]
    keys.rotate(register, wait=0)
    crypto._known[register.id] = old
    world.enter_as("aino")
    assert identity.read(Client.objects.get(pk=coded.pk)) == CODE
    crypto._known[register.id] = crypto._Keys(old.index, old.boxes, old.read_at - 1000)
    sealed = crypto.seal(register.id, "Sana")
    assert crypto.reseal(register.id, sealed) is None


def test_a_value_that_opens_under_no_key_keeps_both_keys(world: Any, coded: Any) -> None:
    register = world.areas["lake"]
    Client.objects.filter(pk=coded.pk).update(identity_cipher=b"x" * 40)
    with pytest.raises(keys.NotNow, match="opens under neither key"):
        keys.rotate(register, wait=0)
    assert RegisterKey.objects.get(register=register).sealing_before is not None
    assert keys.count_readable(register.id) == (0, 1)


def test_another_installation_s_key_is_told_in_one_sentence(
    world: Any, coded: Any, settings: Any, capsys: Any
) -> None:
    walls.enter(register=None)
    keys.check_installation()
    settings.POLKU_KEY = b"y" * 32
    crypto.forget_keys()
    args = keys_command.argparse.Namespace(thing="verify", register=None, quick=True)
    assert keys_command.run(args) == 1
    assert capsys.readouterr().err.strip() == keys.WRONG_KEY
    crypto.forget_keys()
