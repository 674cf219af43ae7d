"""What the invented world is made of: names, places, and texts as a coach would write them.

Plain tuples and dataclasses by topic, in Finnish as the work is done; no Django, no dates, no
random numbers. Every person is invented; municipalities and public places may be real. Texts name
no diagnosis and can be read by the client without hurt.

`names` people · `places` where they meet · `notes` contact notes by situation · `solutions`
solution-focused notes · `plans` goals with their steps · `profiles` wishes, strengths, needs ·
`arcs` the order in which situations follow each other in one person's path.
"""
