// All that Leaflet writes as HTML here: a picture, to see what the browser can do, and the signs on its two
// buttons. Anything else is refused (Trusted Types).
const signs = ['<span aria-hidden="true">+</span>', '<span aria-hidden="true">&#x2212;</span>']
const written = ['<svg/>', ...signs]
globalThis.trustedTypes?.createPolicy('default', {
  createHTML: (text) => (written.includes(text) ? text : null),
})
