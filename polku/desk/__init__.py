"""Staff pages that join rooms: my day, clients, search, the client page. Thin: asks and shows.

Words: *row* and *line*, a frozen dataclass of strings ready to show; *address*, where a button
leads, empty while no room answers there.

Folders are the pages: `my_day`, `caseload` (the list), `finding` (search), `person` (one client),
`team`, `week`, `division` (who might coach whom; with `week` the only ones that write).
Each reads through the rooms' `queries`, makes its rows in Python, and renders. Nothing is written
here but the audit entry of the look.
"""
