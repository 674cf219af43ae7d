"""Columns and states that several reads share."""

LIVE = ("proposed", "confirmed")
NAMES = ("client__first_names", "client__call_name", "client__last_name")
