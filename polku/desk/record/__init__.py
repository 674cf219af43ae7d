"""Who looked and who changed what: for the worker about one client, and for the auditor.

- `looked.py`: the coach's page of looks at one client, by day and person.
- `changed.py`, `values.py`, `fields.py`: the history of changes, from what to what.
- `asking.py`, `entries.py`, `unusual.py`, `views_log.py`: the auditor's access log. It tells who
  looked and which fields, never what was written; clients stand there by number, not by name.
"""
