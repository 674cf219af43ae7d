"""The ground that every room stands on.

Words: a *register* is the client records of one controller (an employment area's authority, or a
project), the tenant; an *organisation* employs *users*, who hold dated *roles* in a register; a
*relation* is the dated ground on which a person may see a client; an *audit entry* says who looked
or changed, whom, why and when.

Doors: `viewer` (who asks), `walls` (row-level security), `access` (relations), `permissions`
(who may), `audit` (the record), `clock` (the only time), `crypto` (keys), `outbox` (messages).
"""
