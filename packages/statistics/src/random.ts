import { StatisticsError } from './errors.ts'

/** A stream of seeded random numbers: the same seed gives the same numbers on every machine. */
export interface RandomSource {
  /** A whole number from 0 to 2³² - 1, each as likely. */
  uint32(): number
  /** The next numbers of uint32, as many as the column holds, at a fraction of the time. */
  fill(into: Uint32Array): void
  /** A number from 0 up to but not 1, a multiple of 2⁻⁵³, each as likely. */
  uniform(): number
  /** A whole number from 0 to `n - 1`, each as likely, without the bias of a remainder; n from 1 to 2³². */
  below(n: number): number
}

/**
 * A seeded generator of random numbers: xoshiro128** 1.1 (Blackman and Vigna 2021), period 2¹²⁸ - 1,
 * whose state is filled from the seed by splitmix32. Only 32-bit whole-number arithmetic is used, which
 * the language defines exactly, so simulations come out the same on every machine. Not for secrets.
 *
 * @param seed a whole number from 0 to 2⁵³ - 1.
 * @param stream a whole number from 0 to 2³² - 1, default 0: streams of one seed are unrelated, so that
 *   each unit of a simulation can have its own and does not depend on the order of the units.
 * @throws StatisticsError naming `seed` or `stream`.
 * @example randomSource(1).uint32() // 2771007240
 */
export function randomSource(seed: number, stream = 0): RandomSource {
  if (!Number.isSafeInteger(seed) || seed < 0) {
    throw new StatisticsError('seed', `${seed} is not a whole number from 0 to 2^53 - 1`)
  }
  if (!Number.isInteger(stream) || stream < 0 || stream > 0xffffffff) {
    throw new StatisticsError('stream', `${stream} is not a whole number from 0 to 2^32 - 1`)
  }
  let mixed = mix((seed >>> 0) ^ mix((seed / 0x100000000) >>> 0) ^ mix(stream ^ 0x6a09e667))
  const next = (): number => {
    mixed = (mixed + 0x9e3779b9) | 0
    return mix(mixed)
  }
  return xoshiro128(next(), next(), next(), next())
}

/** One step of splitmix32: the finaliser of MurmurHash3, a one-to-one mixing of 32 bits. */
function mix(value: number): number {
  let h = value | 0
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return h ^ (h >>> 16)
}

/**
 * xoshiro128** from a state of four 32-bit words, for those who bring their own; {@link randomSource}
 * fills it from a seed. All 0, which the generator cannot leave, is taken as 1, 0, 0, 0.
 * @example xoshiro128(1, 2, 3, 4).uint32() // 11520
 */
export function xoshiro128(a: number, b: number, c: number, d: number): RandomSource {
  let s0 = a | 0
  let s1 = b | 0
  let s2 = c | 0
  let s3 = d | 0
  if ((s0 | s1 | s2 | s3) === 0) s0 = 1

  function uint32(): number {
    const fives = Math.imul(s1, 5)
    const result = Math.imul((fives << 7) | (fives >>> 25), 9) >>> 0
    const t = s1 << 9
    s2 ^= s0
    s3 ^= s1
    s1 ^= s2
    s0 ^= s3
    s2 ^= t
    s3 = (s3 << 11) | (s3 >>> 21)
    return result
  }

  function fill(into: Uint32Array): void {
    // Kept in local variables, which stay in registers: shared ones are boxed at every write.
    let [a0, a1, a2, a3] = [s0, s1, s2, s3]
    for (let i = 0; i < into.length; i++) {
      const fives = Math.imul(a1, 5)
      into[i] = Math.imul((fives << 7) | (fives >>> 25), 9)
      const t = a1 << 9
      a2 ^= a0
      a3 ^= a1
      a1 ^= a2
      a0 ^= a3
      a2 ^= t
      a3 = (a3 << 11) | (a3 >>> 21)
    }
    ;[s0, s1, s2, s3] = [a0, a1, a2, a3]
  }

  function below(n: number): number {
    if (!Number.isInteger(n) || n < 1 || n > 0x100000000) {
      throw new StatisticsError('n', `${n} is not a whole number from 1 to 2^32`)
    }
    // The highest multiple of n that 32 bits hold: draws above it would favour the low numbers.
    const fair = 0x100000000 - (0x100000000 % n)
    let draw = uint32()
    while (draw >= fair) draw = uint32()
    return draw % n
  }

  return {
    uint32,
    fill,
    uniform: () => ((uint32() >>> 5) * 0x4000000 + (uint32() >>> 6)) / 0x20000000000000,
    below,
  }
}
