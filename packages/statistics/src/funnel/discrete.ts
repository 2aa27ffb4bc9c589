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
  let low = 0
  let high = mean + 10 * Math.sqrt(mean) + 20
  while (share(high) > wanted) high *= 2
  for (let step = 0; step < 60; step++) {
    const middle = low + (high - low) / 2
    if (middle === low || middle === high) break
    if (share(middle) > wanted) low = middle
    else high = middle
  }
  return low + (high - low) / 2
}
