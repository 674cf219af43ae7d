"""Registers (the tenants) and the organisations that work in them."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from polku.foundation.history import NotKept
from polku.foundation.protection import classify


class Organisation(models.Model):
    """A town, a joint authority, an association, a foundation, a school: an employer of workers."""

    class Kind(models.TextChoices):
        MUNICIPALITY = "municipality", _("municipality")
        AUTHORITY = "authority", _("employment authority")
        ASSOCIATION = "association", _("association")
        FOUNDATION = "foundation", _("foundation")
        SCHOOL = "school", _("education provider")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=160)
    name_sv = models.CharField(max_length=160, blank=True)
    kind = models.CharField(max_length=20, choices=Kind)
    business_id = models.CharField(max_length=9, blank=True)
    municipality = models.ForeignKey(
        "foundation.Municipality", models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["name"]

    history = NotKept("of the house, not of a register; open to all")
    protection = classify(open_="id name name_sv kind business_id municipality")

    def __str__(self) -> str:
        return self.name


class Register(models.Model):
    """The client records of one controller: one key, one blind index, one audit chain."""

    class Kind(models.TextChoices):
        AUTHORITY = "authority", _("an authority's clients")
        PROJECT = "project", _("a project's clients")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=160)
    name_sv = models.CharField(max_length=160, blank=True)
    kind = models.CharField(max_length=12, choices=Kind)
    controller = models.ForeignKey(Organisation, models.PROTECT, related_name="registers")
    area = models.ForeignKey(
        "foundation.EmploymentArea", models.PROTECT, null=True, blank=True, related_name="registers"
    )
    first_contact_target_days = models.PositiveSmallIntegerField(
        default=2, help_text=_("The organisation's own target in working days; not the law.")
    )
    # Names what the register knows of the law beside what is packaged: another one at each change,
    # none while nothing was ever confirmed here. It rides with the register, which is read anyway.
    law_mark = models.UUIDField(null=True, blank=True, editable=False)

    class Meta:
        ordering = ["name"]

    history = NotKept("of the house; the audit record tells its changes")
    protection = classify(
        open_="id slug name name_sv kind controller area",
        internal="first_contact_target_days law_mark",
    )

    def __str__(self) -> str:
        return self.name


class RegisterKey(models.Model):
    """A register's own data key, wrapped by the installation's key."""

    register = models.OneToOneField(Register, models.CASCADE, primary_key=True, related_name="key")
    wrapped = models.BinaryField()
    # Since the first change of key: what seals, and while it is being changed, what sealed before.
    sealing = models.BinaryField(null=True, editable=False)
    sealing_before = models.BinaryField(null=True, editable=False)

    history = NotKept("a key leaves no trace of earlier keys")
    protection = classify(internal="register", secret="wrapped sealing sealing_before")
