"""The door: who comes in, and for how long.

Words: a *session* is one signed-in browser, its limits kept by the server; the *second step* is the
code beside the password; a *try* is a failed sign-in, counted in a *bucket*; a *known device* is a
browser on which the worker has come the whole way in before; an *entry link* is a personal link
that works once (invitation, new password, new second step, first administrator).

Doors: `entry.sign_in_staff` (let someone in), `public.public` (a page that strangers may open),
`links.first_administrator_link` (for the set-up), `session.js` (covers the page at the limit).
"""

from polku.foundation.door.links import first_administrator_link

__all__ = ["first_administrator_link"]
