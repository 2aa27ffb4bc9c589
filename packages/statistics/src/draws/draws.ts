import { type RandomSource, randomSource } from '../random.ts'
import { poissonDraw } from './poisson.ts'
import { edge, heights, inside, widths } from './ziggurat.ts'

/** Draws from a seeded source of random numbers. */
export interface Draws {
  /** From the standard normal distribution. */
  normal(): number
  /** Fills a column with normal draws. */
  normals(into: Float64Array): void
  /** From the gamma distribution of rate 1; shape above 0. */
  gamma(shape: number): number
  /** Fills a column with a draw from each gamma distribution. */
  gammas(shapes: GammaShapes, into: Float64Array): void
  /** From the beta distribution; both shapes above 0. */
  beta(a: number, b: number): number
  /** From the Poisson distribution; mean from 0 up. */
  poisson(mean: number): number
  /** A number from 0 up to but not 1. */
  uniform(): number
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

  /** What the fast path of a normal draw leaves: the edge of a layer, the tail, or another try. */
  function slowly(first: number): number {
    let bits = first
    for (;;) {
      const layer = bits & 255
      const place = bits >> 8
      const x = place * (widths[layer] as number)
      if (Math.abs(place) < (inside[layer] as number)) return x
      if (layer === 0) return tail(place < 0 ? -1 : 1)
      const low = heights[layer] as number
      const high = heights[layer + 1] as number
      if (low + uniform() * (high - low) < Math.exp(-0.5 * x * x)) return x
      bits = uint32()
    }
  }

  function tail(sign: number): number {
    for (;;) {
      const x = -Math.log(1 - uniform()) / edge
      const y = -Math.log(1 - uniform())
      if (y + y > x * x) return sign * (edge + x)
    }
  }

  function normals(into: Float64Array): void {
    // The place is kept in a local variable, which stays in a register.
    let at = used
    for (let i = 0; i < into.length; i++) {
      if (at === ahead.length) {
        source.fill(ahead)
        at = 0
      }
      // The layer's number and the place in it share no bits.
      const bits = ahead[at++] as number
      const layer = bits & 255
      const place = bits >> 8
      if (Math.abs(place) < (inside[layer] as number)) {
        into[i] = place * (widths[layer] as number)
        continue
      }
      used = at
      into[i] = slowly(bits)
      at = used
    }
    used = at
  }

  function gammas({ shape, d, c }: GammaShapes, into: Float64Array): void {
    let at = used
    for (let i = 0; i < into.length; i++) {
      const di = d[i] as number
      const ci = c[i] as number
      if (di < 0) {
        used = at
        into[i] = smallGamma(shape[i] as number)
        at = used
        continue
      }
      for (;;) {
        if (at > ahead.length - 2) {
          source.fill(ahead)
          at = 0
        }
        const bits = ahead[at++] as number
        const layer = bits & 255
        const place = bits >> 8
        let x = place * (widths[layer] as number)
        if (Math.abs(place) >= (inside[layer] as number)) {
          used = at
          x = slowly(bits)
          if (used === ahead.length) {
            source.fill(ahead)
            used = 0
          }
          at = used
        }
        const t = 1 + ci * x
        if (t <= 0) continue
        const v = t * t * t
        const u = ((ahead[at++] as number) + 0.5) * 2 ** -32
        const square = x * x
        if (
          u < 1 - 0.0331 * square * square ||
          Math.log(u) < 0.5 * square + di * (1 - v + Math.log(v))
        ) {
          into[i] = di * v
          break
        }
      }
    }
    used = at
  }

  /** Of a shape below 1: that of a shape one higher, times a power of a uniform number. */
  function smallGamma(shape: number): number {
    if (shape === 0) return 0
    return gamma(shape + 1) * (1 - uniform()) ** (1 / shape)
  }

  const one = new Float64Array(1)

  function normal(): number {
    normals(one)
    return one[0] as number
  }

  function gamma(shape: number): number {
    gammas(gammaShapes(Float64Array.of(shape)), one)
    return one[0] as number
  }

  function beta(a: number, b: number): number {
    const x = gamma(a)
    return x / (x + gamma(b))
  }

  return { normal, normals, gamma, gammas, beta, uniform, poisson: (m) => poissonDraw(m, uniform) }
}

/** Shapes of gamma distributions, from 0 up (0 always draws 0), with what does not change between draws. */
export interface GammaShapes {
  readonly shape: Float64Array
  /** Shape - 1/3, or -1 for a shape below 1. */
  readonly d: Float64Array
  /** One over the root of 9 d. */
  readonly c: Float64Array
}

export function gammaShapes(shape: Float64Array): GammaShapes {
  const d = shape.map((k) => (k < 1 ? -1 : k - 1 / 3))
  return { shape, d, c: d.map((of) => 1 / Math.sqrt(9 * Math.abs(of))) }
}
