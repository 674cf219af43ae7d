"""Administration of workers: invitations, dated roles, second steps, accounts.

An administrator's *reach* is the workers of the own organisation in the register, or of the whole
register when the organisation is its controller. It never reaches clients: nobody gives a role to
themselves.
"""
