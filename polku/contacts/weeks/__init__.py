"""A worker's own week: hours for clients, own time, days away, and what is proposed to them.

`tables` are the nouns, `hours` says when a worker meets clients (and what is kept of it), `reads`
asks, `deciding` takes, declines and raises what was proposed. Who plans is a room above.
"""
