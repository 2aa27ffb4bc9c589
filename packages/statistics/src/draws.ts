import { type RandomSource, randomSource } from './random.ts'

/** Draws from a seeded source of random numbers. */
export interface Draws {
  /** From the standard normal distribution. */
  normal(): number
  /** From the gamma distribution of rate 1; shape above 0. */
  gamma(shape: number): number
  /** gamma of a shape from 1 up, given as `shape - 1/3` and one over the root of nine times that. */
  gammaOf(d: number, c: number): number
  /** From the beta distribution; both shapes above 0. */
  beta(a: number, b: number): number
  /** From the Poisson distribution; mean from 0 up. */
  poisson(mean: number): number
  /** A number from 0 up to but not 1. */
  uniform(): number
}

const layers = 256
// The right edge of the lowest layer and the area of each, for 256 layers (Marsaglia and Tsang 2000).
const edge = 3.6541528853610088
const area = 0.00492867323399

const { widths, inside, heights } = tables()

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

/**
 * Draws from the distributions that simulations need: normal by the ziggurat of 256 layers (Marsaglia and
 * Tsang 2000), gamma by their method of 2000, beta from two gammas, Poisson by inversion below 30 and by
 * Hörmann's PTRS (1993) from there. The same seed gives the same draws; the logarithm decides only whether
 * a rare draw is kept, so machines would differ only where theirs falls within rounding of that edge.
 *
 * @param seed a whole number from 0 to 2⁵³ - 1.
 * @throws StatisticsError naming `seed`.
 * @example drawsOf(1).normal() // -2.1137…
 */
export function drawsOf(seed: number, stream = 0): Draws {
  return drawsFrom(randomSource(seed, stream))
}

/** drawsOf, from a source that is at hand. */
export function drawsFrom(source: RandomSource): Draws {
  // Taken a thousand at a time, which is far faster than one by one.
  const ahead = new Uint32Array(1024)
  let used = ahead.length

  function uint32(): number {
    if (used === ahead.length) {
      source.fill(ahead)
      used = 0
    }
    return ahead[used++] as number
  }

  function uniform(): number {
    return ((uint32() >>> 5) * 0x4000000 + (uint32() >>> 6)) / 0x20000000000000
  }

  function tail(sign: number): number {
    for (;;) {
      const x = -Math.log(1 - uniform()) / edge
      const y = -Math.log(1 - uniform())
      if (y + y > x * x) return sign * (edge + x)
    }
  }

  function normal(): number {
    for (;;) {
      const bits = uint32()
      const layer = bits & 255
      // 24 bits with a sign: the layer's number and the place in it share none.
      const place = (bits >> 8) | 0
      const x = place * (widths[layer] as number)
      if (Math.abs(place) < (inside[layer] as number)) return x
      if (layer === 0) return tail(place < 0 ? -1 : 1)
      const low = heights[layer] as number
      const high = heights[layer + 1] as number
      if (low + uniform() * (high - low) < Math.exp(-0.5 * x * x)) return x
    }
  }

  function gamma(shape: number): number {
    if (shape < 1) return gamma(shape + 1) * (1 - uniform()) ** (1 / shape)
    const d = shape - 1 / 3
    return gammaOf(d, 1 / Math.sqrt(9 * d))
  }

  function gammaOf(d: number, c: number): number {
    for (;;) {
      const x = normal()
      const t = 1 + c * x
      if (t <= 0) continue
      const v = t * t * t
      const u = (uint32() + 0.5) / 0x100000000
      const square = x * x
      if (u < 1 - 0.0331 * square * square) return d * v
      if (Math.log(u) < 0.5 * square + d * (1 - v + Math.log(v))) return d * v
    }
  }

  function beta(a: number, b: number): number {
    const x = gamma(a)
    return x / (x + gamma(b))
  }

  return { normal, gamma, gammaOf, beta, uniform, poisson: (mean) => poissonDraw(mean, uniform) }
}

function poissonDraw(mean: number, uniform: () => number): number {
  if (mean < 30) {
    const limit = Math.exp(-mean)
    let product = uniform()
    let count = 0
    while (product > limit) {
      product *= uniform()
      count++
    }
    return count
  }
  const b = 0.931 + 2.53 * Math.sqrt(mean)
  const a = -0.059 + 0.02483 * b
  const alpha = 1.1239 + 1.1328 / (b - 3.4)
  const quick = 0.9277 - 3.6224 / (b - 2)
  for (;;) {
    const u = uniform() - 0.5
    const v = 1 - uniform()
    const away = 0.5 - Math.abs(u)
    const count = Math.floor(((2 * a) / away + b) * u + mean + 0.43)
    if (away >= 0.07 && v <= quick) return count
    if (count < 0 || (away < 0.013 && v > away)) continue
    const left = Math.log((v * alpha) / (a / (away * away) + b))
    if (left <= count * Math.log(mean) - mean - logFactorial(count)) return count
  }
}

/** Stirling's series: exact to 1e-10 from 9 up, where the draws above need it. */
function logFactorial(count: number): number {
  if (count < 9) {
    let product = 1
    for (let i = 2; i <= count; i++) product *= i
    return Math.log(product)
  }
  const n = count + 1
  return (n - 0.5) * Math.log(n) - n + 0.9189385332046727 + 1 / (12 * n) - 1 / (360 * n ** 3)
}
