"""The map: the base map's files, clusters of worksites, municipality borders, the still picture.

Words: *unit*, a place in Web Mercator as two numbers from 0 to 1 (west to east, north to south);
*zoom*, as MapLibre counts it: at zoom z the world is 512 · 2^z pixels wide; *view*, the box and the
zoom that a page asks for; *ring*, a cluster as it is drawn: free, promised, taken.

Doors: `drawing.Map` (what a page gives to `placements/map/map.html`), `clusters.clustered` (rows to
rings), `asked.view` (what a request asked for), `boundaries.take_in` (`polku import boundaries`).
"""
