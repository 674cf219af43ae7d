"""Single-use codes: made, mailed, printed, taken. Only their keyed hashes are kept."""

from __future__ import annotations

import hmac
import secrets
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from polku.clients.models import Client
from polku.foundation import crypto, lasting, outbox
from polku.foundation.viewer import Viewer
from polku.portal.models import AccessCode

MINUTES = 15
ON_PAPER = 10
# Letters and figures that nobody takes for another, read aloud or on paper.
CLEAR = "ACDEFHJKLMNPRTUVWXY34679"
PAPER_LENGTH = 8


def plain(code: str) -> str:
    """Return the code as it is hashed: without spaces and dashes, in capitals."""
    return "".join(c for c in code.upper() if c.isalnum())


def hash_of(client: UUID, code: str) -> bytes:
    """Return what is kept of a code; the same code of another client hashes to something else."""
    return crypto.keyed_hash("access-code", f"{client}:{plain(code)}".encode())


@transaction.atomic
def mail(*, by: Viewer, client: Client, at: datetime) -> AccessCode:
    """Make a code, send it by mail or text to the client, and void the ones sent before it."""
    revoke(client_id=client.id, channel="email", at=at)
    code = f"{secrets.randbelow(10**6):06d}"
    made = AccessCode.objects.create(
        register_id=client.register_id,
        client=client,
        channel="email",
        code_hash=hash_of(client.id, code),
        created_at=at,
        expires_at=at + timedelta(minutes=MINUTES),
    )
    with translation.override(client.service_language):
        outbox.write(
            by=by,
            at=at,
            kind="access_code",
            subject=_("Your code"),
            body=_(
                "Hello!\n\nYour code is %(code)s\n\nWrite it on the page that you have open. It "
                "works once, for %(minutes)d minutes. If you did not ask for it, do nothing."
            )
            % {"code": f"{code[:3]} {code[3:]}", "minutes": MINUTES},
            client_id=client.id,
            language=client.service_language,
            code=code,
            asked_now=True,
        )
    return made


@transaction.atomic
def make_list(*, client: Client, at: datetime) -> list[str]:
    """Return ten fresh codes for paper, and void the list before. They are not seen again."""
    revoke(client_id=client.id, channel="paper", at=at)
    codes = ["".join(secrets.choice(CLEAR) for _n in range(PAPER_LENGTH)) for _m in range(ON_PAPER)]
    AccessCode.objects.bulk_create(
        AccessCode(
            register_id=client.register_id,
            client=client,
            channel="paper",
            code_hash=hash_of(client.id, code),
            number=number,
            created_at=at,
        )
        for number, code in enumerate(codes, start=1)
    )
    return [f"{code[:4]} {code[4:]}" for code in codes]


def revoke(*, client_id: UUID, channel: str, at: datetime) -> int:
    """Void the open codes of a channel; return how many."""
    return AccessCode.objects.filter(
        client_id=client_id, channel=channel, used_at__isnull=True, revoked_at__isnull=True
    ).update(revoked_at=at)


def take(*, client_id: UUID, code: str, at: datetime) -> bool:
    """Use a code up; return whether it was right. All open codes are compared, in equal time."""
    wanted = hash_of(client_id, code)
    is_open = lasting.beyond(at, ends="expires_at")
    kept = AccessCode.objects.filter(
        is_open, client_id=client_id, used_at__isnull=True, revoked_at__isnull=True
    ).values_list("id", "code_hash")
    found = None
    for id_, code_hash in kept:
        if hmac.compare_digest(bytes(code_hash), wanted):
            found = id_
    if found is None:
        return False
    # Two at once: one wins.
    return bool(AccessCode.objects.filter(pk=found, used_at__isnull=True).update(used_at=at))
