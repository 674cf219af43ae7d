"""Pages of places: the list beside the map, one worksite, one opening, talks."""
