import digammaOf from '@stdlib/math-base-special-digamma'
import gammalnOf from '@stdlib/math-base-special-gammaln'
import trigammaOf from '@stdlib/math-base-special-trigamma'

// Written in CommonJS: the function is the module itself.
type Special = (x: number) => number
const digamma = digammaOf as unknown as Special
const gammaln = gammalnOf as unknown as Special

/** The second derivative of the logarithm of the gamma function. */
export const trigamma: Special = trigammaOf as unknown as Special

/**
 * ln Γ(a + n) - ln Γ(a), the logarithm of a (a + 1) ... (a + n - 1), without the loss of digits that the
 * difference of two large logarithms has.
 * @param a above 0.
 * @param n from 0 up; need not be whole.
 * @example logRising(3, 2) // ln 12 = 2.4849…
 */
export function logRising(a: number, n: number): number {
  if (n === 0) return 0
  if (a < 15) return gammaln(a + n) - gammaln(a)
  const b = a + n
  return (a - 0.5) * Math.log1p(n / a) + n * (Math.log(b) - 1) + series(b) - series(a)
}

/**
 * The derivative of logRising by `a`: 1 / a + 1 / (a + 1) + ... + 1 / (a + n - 1).
 * @param a above 0.
 * @param n from 0 up; need not be whole.
 * @example digammaRising(2, 2) // 1/2 + 1/3 = 0.8333…
 */
export function digammaRising(a: number, n: number): number {
  if (n === 0) return 0
  if (a < 15) return digamma(a + n) - digamma(a)
  return Math.log1p(n / a) + slope(a + n) - slope(a)
}

/** What Stirling's formula leaves out of ln Γ; from 15 up right to 1e-14. */
function series(x: number): number {
  const square = 1 / (x * x)
  return (1 / 12 - square * (1 / 360 - square * (1 / 1260 - square / 1680))) / x
}

/** What it leaves out of the derivative. */
function slope(x: number): number {
  const square = 1 / (x * x)
  return -0.5 / x - square * (1 / 12 - square * (1 / 120 - square * (1 / 252 - square / 240)))
}
