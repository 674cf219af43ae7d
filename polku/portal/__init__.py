"""The client's own view: my path, my next thing, agree or decline, who has looked.

Words: *access link*, the personal address a client comes in by; *access code*, the single-use
code beside it, by e-mail (15 minutes) or from a paper list (until used or revoked).
"""
