// An operator's own tiles or style, where a setting names them and nobody has to be guarded: what
// tiles are asked for tells their server which place is looked at. Where that server does not
// answer, the base map stays.
const PATIENCE = 3000;

export async function unframed(box, map) {
  const { tiles, style } = box.dataset;
  if (tiles) under(map, tiles);
  if (!style) return;
  try {
    const answer = await fetch(style, { credentials: "omit", signal: AbortSignal.timeout(PATIENCE) });
    if (!answer.ok) return;
    const theirs = await answer.json();
    const ready = new Promise((done) => map.once("style.load", done));
    map.setStyle(theirs, { diff: false, transformStyle: (ours, next) => ({ ...next, sources: { ...next.sources, ...ours.sources }, layers: [...next.layers, ...above(ours)] }) });
    await ready;
  } catch {
    // Slow, dead or no style: ours is drawn already.
  }
}

function under(map, tiles) {
  map.addSource("tiles", { type: "raster", tiles: [tiles], tileSize: 256 });
  map.addLayer({ id: "tiles", type: "raster", source: "tiles", paint: { "raster-fade-duration": 0 } }, "borders");
  // The tiles have their own waters.
  for (const layer of ["lakes", "lake-shore", "frontiers"]) map.moveLayer(layer, "tiles");
}

// Of ours, what says something about places: borders.
const above = (style) => style.layers.filter((layer) => /borders/.test(layer.id));
