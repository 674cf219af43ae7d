"""An identity code or number that another record has: what may be said of it. See decision 0046.

Whoever may see the other record is led to it. To anybody else no word may tell that there is one,
beyond the refusal itself, which a code that must be unique can't avoid. So the refusal reads alike
for every reason, stands in the log of the person whose code was tried, and comes at most three
times in a quarter of an hour: then no code is tried at all.
"""

from __future__ import annotations

from django.db import IntegrityError
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from polku.clients import identity
from polku.clients.models import Client
from polku.clients.queries import visible
from polku.foundation import audit, constraints
from polku.foundation.door import limits
from polku.foundation.viewer import Viewer

MOST_REFUSALS = 3
CODE, NUMBER = "one_client_an_identity_code", "one_client_an_office_number"


def refusal() -> str:
    """Return the one refusal that everybody reads who may not see the other record."""
    return _(
        "This identity code can't be registered here by you. Nothing was saved, and what you wrote "
        "is kept below. Save without the code, or ask your team lead to go on from this."
    )


def may_try(viewer: Viewer) -> bool:
    """Return whether the worker may give an identity code now."""
    return not limits.is_full(_bucket(viewer), MOST_REFUSALS)


def _bucket(viewer: Viewer) -> bytes:
    return limits.bucket("taken-code", viewer.register_id, viewer.user_id)


def which(error: IntegrityError) -> str:
    """Return the name of the rule that was broken: CODE, NUMBER, or another's."""
    return constraints.broken_by(error)


def said_of_code(viewer: Viewer, code: str) -> str:
    """Return what to say of a code that another record has, and write down that it was tried."""
    assert viewer.register_id is not None
    index = identity.index_of(viewer.register_id, code)
    found = Client.objects.filter(register_id=viewer.register_id, identity_index=index)
    known = visible(viewer).filter(identity_index=index).first()
    if known is not None:
        audit.record(viewer, "clients.code_known", client=known.id)
        return format_html(
            _('{} has this identity code: <a href="{}">open the record</a>. Nothing was saved.'),
            known.name,
            reverse("client_page", args=[known.id]),
        )
    limits.failed(_bucket(viewer))
    audit.record(viewer, "clients.code_refused", client=found.values_list("id", flat=True).first())
    return refusal()


def said_of_number(viewer: Viewer, number: str) -> str:
    """Return what to say of a client number that another record has."""
    known = visible(viewer).filter(office_number=number).first()
    if known is not None:
        return _("%(name)s has this client number.") % {"name": known.name}
    return _("This client number can't be used here. Check it, or leave it empty.")
