"""Protection classes: every field of every model says how it must be kept.

| class | meaning | examples |
|---|---|---|
| open | may be published | a municipality's name |
| internal | the work's own bookkeeping, no person in it | a status, a version |
| personal | tells something of a client or a worker | a name, a date of birth |
| sensitive | could hurt if it leaked | notes, obstacles, reasons |
| guarded | hidden under a safety ban | address, phone, place of a meeting |
| secret | unreadable or useless to anyone but the code | keys, ciphertext, hashes |

An unclassified field fails `manage.py check`, hence the build.
"""

from __future__ import annotations

from django.db import models

CLASSES = ("open", "internal", "personal", "sensitive", "guarded", "secret")


def classify(**fields_by_class: str) -> dict[str, str]:
    """Return {field name: class} from `personal="name phone"`. Raises ValueError on a bad class."""
    found: dict[str, str] = {}
    for kind, names in fields_by_class.items():
        kind = "open" if kind == "open_" else kind
        if kind not in CLASSES:
            raise ValueError(f"{kind} is no protection class; use one of {', '.join(CLASSES)}")
        for name in names.split():
            if name in found:
                raise ValueError(f"{name} is classified twice")
            found[name] = kind
    return found


def unclassified(model: type[models.Model]) -> list[str]:
    """Return the concrete fields of a model that carry no protection class, in order."""
    classes = protection_of(model)
    return [f.name for f in model._meta.concrete_fields if f.name not in classes]


def protection_of(model: type[models.Model]) -> dict[str, str]:
    """Return {field name: class} of a model, its abstract parents' included."""
    found: dict[str, str] = {}
    for parent in reversed(model.__mro__):
        found.update(parent.__dict__.get("protection", {}))
    return found
