"""A client's own choice: not to be shown how it went for others, or to be shown it again."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from polku.foundation import audit
from polku.foundation.permissions import check
from polku.foundation.viewer import Viewer
from polku.insight.early.models import OutlookChoice


@transaction.atomic
def hide(*, client_id: UUID, by: Viewer, at: datetime) -> None:
    """Keep it from the client's own view from now on; twice is once.

    Raises Refused for anybody but the client.
    """
    check(by, "insight.hide_outlook", client_id)
    OutlookChoice.objects.get_or_create(
        client_id=client_id, defaults={"register_id": by.register_id, "hidden_at": at}
    )
    audit.record(by, "insight.outlook_hide", client=client_id)


@transaction.atomic
def show_again(*, client_id: UUID, by: Viewer, at: datetime) -> None:
    """Take the choice back. Raises Refused for anybody but the client."""
    check(by, "insight.hide_outlook", client_id)
    OutlookChoice.objects.filter(client_id=client_id).delete()
    audit.record(by, "insight.outlook_show", client=client_id)
