"""Workers, their teams and their dated roles."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from polku.foundation import lasting
from polku.foundation.history import Kept, NotKept
from polku.foundation.models.base import RegisterModel
from polku.foundation.protection import classify


class UserManager(BaseUserManager["User"]):
    """Makes workers' accounts; there is no superuser."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        """Return a new worker. A missing password makes the account unable to sign in with one."""
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(email__iexact=username)


class User(AbstractBaseUser):
    """A worker who can sign in. Clients and hosts come by personal links and have no account."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(unique=True)
    first_name = models.CharField(max_length=80)
    last_name = models.CharField(max_length=80)
    phone = models.CharField(max_length=20, blank=True)
    language = models.CharField(max_length=2, default="fi")
    is_active = models.BooleanField(default=True)
    is_system = models.BooleanField(
        default=False, help_text=_("An account of the software itself, such as imports.")
    )
    created_at = models.DateTimeField()

    objects = UserManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["first_name", "last_name"]

    history = NotKept("of the house, not of a register; the audit record tells its changes")
    protection = classify(
        internal="id language is_active is_system created_at last_login",
        personal="email first_name last_name phone",
        secret="password",
    )

    def __str__(self) -> str:
        return f"{self.first_name} {self.last_name}"

    def get_full_name(self) -> str:
        return str(self)

    def get_short_name(self) -> str:
        return self.first_name


class Team(RegisterModel):
    """Workers of one organisation who share a caseload, such as the coaches of one town."""

    client_column = None

    organisation = models.ForeignKey(
        "foundation.Organisation", models.PROTECT, related_name="teams"
    )
    name = models.CharField(max_length=120)
    municipality = models.ForeignKey(
        "foundation.Municipality", models.PROTECT, null=True, blank=True, related_name="+"
    )
    service_point = models.CharField(max_length=160, blank=True)

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint("register", "name", name="team_named_once")]

    history = Kept()
    protection = classify(open_="organisation name municipality service_point")

    def __str__(self) -> str:
        return self.name


class RoleQuerySet(models.QuerySet["RoleAssignment"]):
    """Reads of roles."""

    def valid(self, moment: datetime) -> RoleQuerySet:
        """Return the roles in force at the moment."""
        return self.filter(lasting.at(moment))


class RoleAssignment(models.Model):
    """A worker holds a role for an organisation in a register, from a moment to a moment."""

    class Role(models.TextChoices):
        COACH = "coach", _("personal coach")
        LEAD = "lead", _("team lead")
        COORDINATOR = "coordinator", _("placement coordinator")
        COUNTERPART = "counterpart", _("counterpart")
        MANAGER = "manager", _("service manager")
        AUDITOR = "auditor", _("auditor")
        ADMINISTRATOR = "administrator", _("administrator")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(User, models.CASCADE, related_name="roles")
    organisation = models.ForeignKey(
        "foundation.Organisation", models.PROTECT, related_name="roles"
    )
    register = models.ForeignKey("foundation.Register", models.PROTECT, related_name="roles")
    team = models.ForeignKey(Team, models.PROTECT, null=True, blank=True, related_name="roles")
    role = models.CharField(max_length=20, choices=Role)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True, blank=True)
    given_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    objects = RoleQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["user", "ends_at"], name="role_by_user")]
        constraints = [
            models.CheckConstraint(
                name="role_ends_after_it_begins",
                condition=Q(ends_at__isnull=True) | Q(ends_at__gte=F("starts_at")),
            )
        ]

    history = Kept()
    protection = classify(
        internal="id user organisation register team role starts_at ends_at given_by"
    )

    def __str__(self) -> str:
        return f"{self.get_role_display()}, {self.organisation}"
