import type { Estimate } from '../interval.ts'

/** A log-likelihood as a function of how widely the units spread, the mean already at its best. */
export interface Profile {
  /** At a logarithm of the spread. */
  readonly at: (logSpread: number) => number
  /** With no spread at all. */
  readonly none: number
  /** Whether a little spread is likelier than none. */
  readonly rises: boolean
  /** The least and the greatest logarithm that is looked at. */
  readonly from: number
  readonly to: number
}

/** Logarithms of the likeliest spread and of its limits; -Infinity for none. */
export interface ProfileLimits {
  readonly best: number
  readonly lower: number
  readonly upper: number
}

/**
 * The likeliest spread, and the spreads at which twice the log-likelihood has fallen by `cut` (the
 * square of the critical value): the profile likelihood interval. Where no spread is likeliest the lower
 * limit is none, and the interval errs on the wide side.
 */
export function profileLimits(profile: Profile, cut: number): ProfileLimits {
  const { at, none, rises, from, to } = profile
  const best = rises ? polished(at, maximise(at, from, to)) : Number.NEGATIVE_INFINITY
  const top = rises ? at(best) : none
  const over = (logSpread: number): number => cut - 2 * (top - at(logSpread))
  const lower =
    cut - 2 * (top - none) >= 0 || !rises
      ? Number.NEGATIVE_INFINITY
      : over(from) >= 0
        ? from
        : crossing(over, from, best)
  return { best, lower, upper: over(to) >= 0 ? to : crossing(over, to, rises ? best : from) }
}

/**
 * An estimate of a standard deviation with its limits. It moves with the mean too, which the profile
 * takes along, so that of a few very unlike units a limit can fall on the wrong side of the value.
 */
export function holding(value: number, lower: number, upper: number): Estimate {
  return { value, lower: Math.min(lower, value), upper: Math.max(upper, value) }
}

/**
 * Where a function turns from below 0 (at `outside`) to 0 or more (at `inside`): false position with the
 * Illinois rule (Dowell and Jarratt 1971).
 */
export function crossing(f: (x: number) => number, outside: number, inside: number): number {
  let [low, high] = [outside, inside]
  let [atLow, atHigh] = [f(low), f(high)]
  if (atLow >= 0) return low
  let side = 0
  for (let i = 0; i < 200 && Math.abs(high - low) > 1e-12 * (1 + Math.abs(low)); i++) {
    const x = high - (atHigh * (high - low)) / (atHigh - atLow)
    const at = f(x)
    if (at === 0 || x === low || x === high) return x
    // Twice on one side: the other end's value counts half, so that it moves too.
    if (at < 0) {
      ;[low, atLow] = [x, at]
      if (side === -1) atHigh /= 2
      side = -1
    } else {
      ;[high, atHigh] = [x, at]
      if (side === 1) atLow /= 2
      side = 1
    }
  }
  return (low + high) / 2
}

/**
 * Values alone show a peak to half their digits: one step to where the slope, from five points about it,
 * is 0 shows the rest.
 */
function polished(f: (x: number) => number, x: number): number {
  const h = 3e-3
  const [a, b, c, d] = [f(x - 2 * h), f(x - h), f(x + h), f(x + 2 * h)]
  const slope = (a - 8 * b + 8 * c - d) / (12 * h)
  const bend = (c - 2 * f(x) + b) / (h * h)
  const move = bend < 0 ? -slope / bend : 0
  return Math.abs(move) < h ? x + move : x
}

const golden = (3 - Math.sqrt(5)) / 2

/** Where a function with one peak is greatest: Brent's method (1973, chapter 5). */
export function maximise(f: (x: number) => number, from: number, to: number): number {
  let [low, high] = [from, to]
  let x = low + golden * (high - low)
  let [w, v] = [x, x]
  let fx = f(x)
  let [fw, fv] = [fx, fx]
  let step = 0
  let before = 0
  for (let i = 0; i < 100; i++) {
    const middle = (low + high) / 2
    const near = 1e-8 * Math.abs(x) + 1e-9
    if (Math.abs(x - middle) <= 2 * near - (high - low) / 2) break
    const r = (x - w) * (fx - fv)
    let q = (x - v) * (fx - fw)
    let p = (x - v) * q - (x - w) * r
    q = 2 * (q - r)
    if (q > 0) p = -p
    else q = -q
    const fits = Math.abs(p) < Math.abs(0.5 * q * before) && p > q * (low - x) && p < q * (high - x)
    if (fits) {
      before = step
      step = p / q
    } else {
      before = x < middle ? high - x : low - x
      step = golden * before
    }
    const u = Math.abs(step) >= near ? x + step : x + (step > 0 ? near : -near)
    const fu = f(u)
    if (fu >= fx) {
      if (u < x) high = x
      else low = x
      ;[v, fv, w, fw, x, fx] = [w, fw, x, fx, u, fu]
    } else {
      if (u < x) low = u
      else high = u
      if (fu >= fw || w === x) [v, fv, w, fw] = [w, fw, u, fu]
      else if (fu >= fv || v === x || v === w) [v, fv] = [u, fu]
    }
  }
  return x
}
