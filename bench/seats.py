"""Who looks: coaches of the large register, signed in, with the addresses that they ask for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from urllib.parse import quote
from uuid import UUID

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.http import HttpRequest

from bench.asking import cookie_of
from bench.world import REGISTER
from polku.clients.models import Client
from polku.contacts.models import Contact, Reminder
from polku.foundation import clock, walls
from polku.foundation.door.entry import sign_in_staff
from polku.foundation.door.sessions import SessionStore
from polku.foundation.models import Register, Relation, RoleAssignment, User

CLIENTS_EACH = 25
MANY = 200
PAGES = ("My day", "clients' list", "client page", "search by name", "search by phone")


@dataclass
class Seat:
    """A signed-in worker; `addresses` holds for each page what is asked in turn."""

    cookie: str
    register_id: UUID
    user_id: UUID
    addresses: dict[str, list[str]] = field(default_factory=dict)


def seats(count: int) -> list[Seat]:
    """Return coaches from the whole breadth of the large register, 250 clients each."""
    register = Register.objects.get(slug=REGISTER)
    roles = RoleAssignment.objects.filter(register=register, role="coach", team__isnull=False)
    found = list(roles.select_related("user").order_by("user_id"))
    chosen = found[:: max(1, len(found) // count)][:count]
    return [_seat(role) for role in chosen]


def one_and_many() -> tuple[Seat, Seat]:
    """Return a coach with one client (one contact, one task) and one with two hundred of all."""
    register = Register.objects.get(slug=REGISTER)
    with walls.inside(register.id):
        clients = list(Client.objects.filter(register=register).order_by("id")[: MANY + 1])
        few = _cover(register, "yksi", clients[:1])
        many = _cover(register, "monta", clients[1:])
        _contacts(clients[1], few.user)
    first, second = _seat(few), _seat(many)
    for seat, client in ((first, clients[0]), (second, clients[1])):
        seat.addresses["client page"] = [f"/clients/{client.id}/"]
    return first, second


def _seat(role: RoleAssignment) -> Seat:
    seat = Seat(_sign_in(role), role.register_id, role.user_id)
    with walls.inside(role.register_id):
        mine = Client.objects.filter(
            relations__user_id=role.user_id, relations__ends_at__isnull=True, safety_ban=False
        )
        clients = list(mine.select_related("details").order_by("office_number")[:MANY])
    picked = clients[:: max(1, len(clients) // CLIENTS_EACH)][:CLIENTS_EACH]
    asked: dict[str, Callable[[Client], str]] = {
        "My day": lambda c: "/",
        "clients' list": lambda c: "/clients/",
        "client page": lambda c: f"/clients/{c.id}/",
        "search by name": lambda c: f"/search/?q={quote(mistyped(c.last_name))}",
        "search by phone": lambda c: f"/search/?q={quote(local(c.details.phone))}",
    }
    seat.addresses = {name: [write(c) for c in picked] for name, write in asked.items()}
    return seat


def mistyped(name: str) -> str:
    """Return the name with one letter doubled where that is easily done: near its end."""
    return name[:-2] + name[-2] + name[-2:] if len(name) > 3 else name


def local(phone: str) -> str:
    """Return the number as people say it: 040 000 1234."""
    return phone.replace("+358 ", "0")


def _sign_in(role: RoleAssignment) -> str:
    request = HttpRequest()
    request.META["REMOTE_ADDR"] = "127.0.0.1"
    request.session = SessionStore()  # type: ignore[assignment]
    with transaction.atomic():
        sign_in_staff(request, role.user, factor="demo", role_id=str(role.id))
        request.session.save()
    return cookie_of(request.session.session_key or "")


def _cover(register: Register, name: str, clients: list[Client]) -> RoleAssignment:
    """Return a worker outside every team who covers for these clients, with a task for each."""
    now, today = clock.now(), clock.today()
    user, fresh = User.objects.get_or_create(
        email=f"mittaus.{name}@bench.example",
        defaults={
            "first_name": "Mittaus",
            "last_name": name.title(),
            "password": make_password(None),
            "created_at": now,
        },
    )
    role, _ = RoleAssignment.objects.get_or_create(
        user=user,
        register=register,
        role="coach",
        defaults={"organisation_id": register.controller_id, "starts_at": now - timedelta(days=1)},
    )
    if fresh:
        own: dict[str, Any] = {"register_id": register.id}
        Relation.objects.bulk_create(
            Relation(**own, client=c, kind="cover", user=user, starts_at=now - timedelta(days=1))
            for c in clients
        )
        Reminder.objects.bulk_create(
            Reminder(**own, client=c, worker=user, on=today, text="Soita", created_at=now)
            for c in clients
        )
    role.user = user
    return role


def _contacts(client: Client, worker: User) -> None:
    missing = MANY - Contact.objects.filter(client=client).count()
    now = clock.now()
    Contact.objects.bulk_create(
        Contact(
            register_id=client.register_id,
            client=client,
            at=now - timedelta(days=700 + n),
            kind="call",
            created_at=now,
            changed_at=now,
        )
        for n in range(max(0, missing))
    )
