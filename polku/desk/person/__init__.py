"""The client page: one person on one page, nothing more than a step away.

`shown` asks the rooms (seven statements) and puts the page together from `head`, `since` (since
you last met), `plan`, `path` (the picture), `placed`, `matters`, `history`, `facts` and `dates`.
`reveal` holds what opens only by pressing and leaves an entry of its own: the identity code and the
guarded view.
"""
