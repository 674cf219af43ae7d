"""Fixtures that every room's tests share: the database, and a small world."""

from polku.foundation.testing import quick_hashing, sign_in, world
from polku.launch.for_tests import django_db_setup

__all__ = ["django_db_setup", "quick_hashing", "sign_in", "world"]
