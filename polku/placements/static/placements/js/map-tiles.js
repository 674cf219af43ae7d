// An operator's own tiles or style, where a setting names them and nobody has to be guarded: what
// tiles are asked for tells their server which place is looked at.
export function unframed(box, map) {
  const { tiles, style } = box.dataset;
  if (tiles) under(map, tiles);
  if (style) map.setStyle(style, { transformStyle: (before, next) => ({ ...next, sources: { ...next.sources, ...before.sources }, layers: [...next.layers, ...above(before)] }) });
}

function under(map, tiles) {
  map.addSource("tiles", { type: "raster", tiles: [tiles], tileSize: 256 });
  map.addLayer({ id: "tiles", type: "raster", source: "tiles", paint: { "raster-fade-duration": 0 } }, "borders");
}

// Of ours, what says something about places: borders and travel.
const above = (style) => style.layers.filter((layer) => /borders|travel/.test(layer.id));
