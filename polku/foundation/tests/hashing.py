"""Argon2 at the least cost it has: tests keep and check some hundreds of passwords."""

from __future__ import annotations

from django.contrib.auth.hashers import Argon2PasswordHasher


class Quick(Argon2PasswordHasher):
    """The site's own way, but for its slowness. A site checks what was kept so, too."""

    time_cost = 1
    memory_cost = 8
    parallelism = 1
