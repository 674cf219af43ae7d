"""A browser, and a coach's hands in it."""

from polku.contacts.tests.driving import browser, coach, engine

__all__ = ["browser", "coach", "engine"]
