"""The staff's pages about one client's placements: suggesting, the whole life of one, the search.

`door` opens what a safety ban hides, `reads` reads, `showing` words, `deeds` are the posts.
"""
