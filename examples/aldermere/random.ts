import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64'
import { uniformInt } from 'pure-rand/distribution/uniformInt'
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus'

/**
 * Draws that are the same on every machine. Only +, -, x, / and square roots are used, which every
 * engine rounds alike; Math.exp and Math.log are not, so `exponential` below stands in for them.
 */
export class Random {
  readonly #generator: ReturnType<typeof xoroshiro128plus>

  /** @param name what is drawn for: each name has its own stream, so that none disturbs another. */
  constructor(seed: number, name: string) {
    this.#generator = xoroshiro128plus(hash(`${seed}/${name}`))
  }

  /** A number from 0 up to, and without, 1. */
  share(): number {
    return uniformFloat64(this.#generator)
  }

  between(low: number, high: number): number {
    return low + (high - low) * this.share()
  }

  /** A whole number, both ends included. */
  whole(low: number, high: number): number {
    return uniformInt(this.#generator, low, high)
  }

  pick<T>(from: readonly T[]): T {
    return from[this.whole(0, from.length - 1)] as T
  }

  /** The same things in another order (Fisher and Yates). */
  shuffled<T>(things: readonly T[]): T[] {
    const all = [...things]
    for (let i = all.length - 1; i > 0; i--) {
      const j = this.whole(0, i)
      ;[all[i], all[j]] = [all[j] as T, all[i] as T]
    }
    return all
  }

  /** Mean 0, standard deviation 1: twelve uniform draws less 6, which never leaves -6 to 6. */
  normal(): number {
    let sum = -6
    for (let i = 0; i < 12; i++) sum += this.share()
    return sum
  }

  /** How many of `n` succeed, each with probability `p`. Above 400, by the normal distribution. */
  binomial(n: number, p: number): number {
    if (n > 400) {
      const drawn = Math.round(n * p + Math.sqrt(n * p * (1 - p)) * this.normal())
      return Math.min(n, Math.max(0, drawn))
    }
    let count = 0
    for (let i = 0; i < n; i++) if (this.share() < p) count += 1
    return count
  }

  /** How many events, where `mean` are expected. Above 60, by the normal distribution. */
  poisson(mean: number): number {
    if (mean > 60) return Math.max(0, Math.round(mean + Math.sqrt(mean) * this.normal()))
    const limit = exponential(-mean)
    let product = this.share()
    let count = 0
    while (product > limit) {
      product *= this.share()
      count += 1
    }
    return count
  }
}

/** FNV-1a, 32 bits. */
function hash(text: string): number {
  let h = 0x811c9dc5
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193)
  return h
}

/** e to the power of x: its series at x / 1024, squared ten times. Good to 12 digits for |x| < 60. */
export function exponential(x: number): number {
  const small = x / 1024
  let term = 1
  let sum = 1
  for (let i = 1; i <= 12; i++) {
    term *= small / i
    sum += term
  }
  for (let i = 0; i < 10; i++) sum *= sum
  return sum
}

/** The probability whose log odds are x. */
export const probability = (x: number): number => 1 / (1 + exponential(-x))

/** The log odds of a probability, by bisection. */
export function logOdds(p: number): number {
  let [low, high] = [-20, 20]
  for (let i = 0; i < 50; i++) {
    const middle = (low + high) / 2
    if (probability(middle) < p) low = middle
    else high = middle
  }
  return (low + high) / 2
}
