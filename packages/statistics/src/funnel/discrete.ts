import { betaCdf, gammaCdf, normalQuantile } from '../distributions.ts'

/**
 * A quantile of the binomial that moves between its steps (Spiegelhalter 2005, appendix A.1.1): r - α,
 * where r is the first count whose cumulative share reaches p and α how far its step overshoots.
 */
export function interpolatedBinomial(p: number, n: number, proportion: number): number {
  const upTo = (count: number): number =>
    count < 0 ? 0 : count >= n ? 1 : 1 - betaCdf(proportion, count + 1, n - count)
  const guess = n * proportion + normalQuantile(p) * Math.sqrt(n * proportion * (1 - proportion))
  return interpolate(p, Math.min(n, Math.max(0, Math.round(guess))), upTo)
}

/** The same for the Poisson. */
export function interpolatedPoisson(p: number, mean: number): number {
  const upTo = (count: number): number => (count < 0 ? 0 : 1 - gammaCdf(mean, count + 1))
  const guess = mean + normalQuantile(p) * Math.sqrt(mean)
  return interpolate(p, Math.max(0, Math.round(guess)), upTo)
}

function interpolate(p: number, guess: number, upTo: (count: number) => number): number {
  let count = guess
  while (count > 0 && upTo(count - 1) >= p) count--
  while (upTo(count) < p) count++
  const reached = upTo(count)
  const before = upTo(count - 1)
  // At a count of 0 the line to -1 would leave what can be.
  return Math.max(0, count - (reached - p) / (reached - before))
}

/**
 * The count, not whole in general, whose exact interval has `mean` for one of its limits: the upper one
 * where p is below a half, the lower one where it is above. 0 where every count's interval reaches it.
 */
export function touchingCount(p: number, mean: number): number {
  // The limits of x are quantiles of gamma(x + 1) and gamma(x): both shares fall as x grows.
  const more = p < 0.5 ? 1 : 0
  const share = (count: number): number => (count + more <= 0 ? 1 : gammaCdf(mean, count + more))
  const wanted = 1 - p
  if (share(0) <= wanted) return 0
  // Near the normal's limit, widened until the wanted share lies between.
  const guess = mean + normalQuantile(p) * Math.sqrt(mean)
  let width = 1 + 0.1 * Math.sqrt(mean)
  let low = Math.max(0, guess - width)
  while (low > 0 && share(low) <= wanted) low = Math.max(0, low - (width *= 2))
  let high = Math.max(low, guess) + width
  while (share(high) > wanted) high += width *= 2
  return crossing(share, wanted, low, high)
}

/** Where a falling function passes `wanted` between two ends: false position, Illinois variant. */
function crossing(f: (x: number) => number, wanted: number, low: number, high: number): number {
  let a = low
  let b = high
  let above = f(a) - wanted
  let below = f(b) - wanted
  let side = 0
  for (let step = 0; step < 200 && b - a > 1e-13 * b; step++) {
    const x = a + ((b - a) * above) / (above - below)
    if (!(x > a && x < b)) break
    const y = f(x) - wanted
    if (y > 0) {
      a = x
      above = y
      // Twice on the same side: the other end is stuck, so its weight is halved.
      if (side > 0) below /= 2
      side = 1
    } else {
      b = x
      below = y
      if (side < 0) above /= 2
      side = -1
    }
    if (y === 0) return x
  }
  return a + ((b - a) * above) / (above - below)
}
