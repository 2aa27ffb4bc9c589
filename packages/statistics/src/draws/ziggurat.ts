const layers = 256
// The right edge of the lowest layer and the area of each, for 256 layers (Marsaglia and Tsang 2000).
export const edge = 3.6541528853610088
const area = 0.00492867323399

/**
 * Of each layer, the width of a step of the 23-bit grid, how many steps lie wholly inside the curve, and
 * the curve's height at the layer's edges.
 */
export const { widths, inside, heights } = tables()

function tables() {
  const x = new Float64Array(layers + 1)
  const f = new Float64Array(layers + 1)
  x[0] = area / Math.exp(-0.5 * edge * edge)
  x[1] = edge
  for (let i = 2; i < layers; i++) {
    const before = x[i - 1] as number
    x[i] = Math.sqrt(-2 * Math.log(area / before + Math.exp(-0.5 * before * before)))
  }
  for (let i = 0; i <= layers; i++) f[i] = Math.exp(-0.5 * (x[i] as number) ** 2)
  const k = new Float64Array(layers)
  const w = new Float64Array(layers)
  for (let i = 0; i < layers; i++) {
    k[i] = ((x[i + 1] as number) / (x[i] as number)) * 0x800000
    w[i] = (x[i] as number) / 0x800000
  }
  return { widths: w, inside: k, heights: f }
}
