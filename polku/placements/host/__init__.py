"""What somebody at a host sees: light pages by a personal link, without an account or training.

`links` makes links and tells what stands in the way of one, `door` lets in and keeps the session,
`views` are the pages: confirm one's openings, and one placement from its agreement to the end.
"""
