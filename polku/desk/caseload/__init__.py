"""The clients' list: fifty to a page, sorted and filtered by the address, so that it can be linked.

`wanted` reads the address, `reading` asks, `rows` words, `views` joins.
"""
