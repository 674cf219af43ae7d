"""Times that a client is offered to choose from, by a link or in the own view.

A worker offers (`making`), the client chooses one or says that none suits (`choosing`), and what
else happens ends an offer (`ending`). Its page stands with the room's other views.
"""
