/**
 * A draw from the Poisson distribution: by the product of uniform numbers below a mean of 30 (Knuth), by
 * Hörmann's transformed rejection with squeeze, PTRS (1993), from there.
 */
export function poissonDraw(mean: number, uniform: () => number): number {
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
