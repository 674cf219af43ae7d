"""The person: who they are, their situation, languages, strengths, wishes, needs, consents.

Words: *client* (asiakas); *fact*, something the client or the coach tells that steers what is
suggested, worded so that the client can read it without being hurt; *episode*, from an opening to
a closing; *safety ban* (turvakielto), under which contact details sit behind a guarded view.

Doors: `queries.visible(viewer)` is the only way to a client; `actions` open, change, close,
reopen, move, set and end the ban.
"""
