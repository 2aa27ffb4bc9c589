// Makes the server's own SVG zoomable: Leaflet moves it, so that links, hatching and words stay.
/* global L */
for (const picture of document.querySelectorAll('.pl-map__picture')) zoomable(picture)

function zoomable(picture) {
  const svg = picture.querySelector('svg')
  if (!svg) return
  const { width, height } = svg.viewBox.baseVal
  picture.style.height = `${svg.getBoundingClientRect().height}px`
  svg.remove()
  const bounds = [
    [0, 0],
    [height, width],
  ]
  const map = L.map(picture, {
    crs: L.CRS.Simple,
    attributionControl: false,
    // The wheel and one finger scroll the page until the visitor has zoomed in.
    scrollWheelZoom: false,
    dragging: false,
    minZoom: -4,
    zoomSnap: 0,
    zoomDelta: 0.75,
    maxBounds: bounds,
    maxBoundsViscosity: 1,
  })
  L.svgOverlay(svg, bounds, { interactive: true }).addTo(map)
  const fit = () => {
    map.setMinZoom(-4)
    map.fitBounds(bounds, { animate: false })
    map.setMinZoom(map.getZoom())
    map.setMaxZoom(map.getZoom() + 5)
  }
  fit()
  map.on('zoomend', () => {
    if (map.getZoom() > map.getMinZoom() + 0.01) map.dragging.enable()
    else map.dragging.disable()
  })
  // A phone hides and shows its bars all the time: only another width is another picture.
  let wide = picture.clientWidth
  window.addEventListener('resize', () => {
    if (picture.clientWidth === wide) return
    wide = picture.clientWidth
    picture.style.height = `${(picture.clientWidth * height) / width}px`
    map.invalidateSize({ animate: false })
    fit()
  })
}
