"""Checks that stop the build: a field without a protection class, a row without a wall."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.checks import CheckMessage, Error, register
from django.utils.module_loading import import_string

from polku.foundation import history
from polku.foundation.protection import protection_of, unclassified


def our_models() -> list[type]:
    """Return every concrete model of Polku's own rooms."""
    return [m for m in apps.get_models() if m.__module__.startswith("polku.")]


@register()
def every_field_is_classified(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Return an error for each field without a class, and for each class without a field."""
    errors: list[CheckMessage] = []
    for model in our_models():
        for name in unclassified(model):
            errors.append(
                Error(
                    f"{model._meta.label}.{name} has no protection class",
                    hint="Add it to the model's `protection = classify(…)`.",
                    obj=model,
                    id="polku.E001",
                )
            )
        known = {f.name for f in model._meta.concrete_fields}
        for name in protection_of(model).keys() - known:
            errors.append(
                Error(
                    f"{model._meta.label} classifies {name}, which it lacks",
                    obj=model,
                    id="polku.E002",
                )
            )
    return errors


@register()
def every_model_says_whether_its_changes_are_kept(
    app_configs: Any, **kwargs: Any
) -> list[CheckMessage]:
    """Return an error for each model without a word about its history, or with a wrong one."""
    return [
        Error(
            f"{model._meta.label} {fault}",
            hint='Add `history = Kept(…)` or `NotKept("why")` to the model.',
            obj=model,
            id="polku.E003",
        )
        for model in our_models()
        for fault in history.faults_of(model)
    ]


@register()
def what_carries_text_messages_is_there(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Return an error where text messages are set up with an adapter that can't be found."""
    if not settings.SMS_URL:
        return []
    try:
        found = hasattr(import_string(settings.SMS_ADAPTER), "send")
    except ImportError:
        found = False
    if found:
        return []
    said = f"POLKU_SMS_ADAPTER names no class with a `send`: {settings.SMS_ADAPTER}"
    return [Error(said, hint="See docs/operate/settings.md.", id="polku.E004")]
