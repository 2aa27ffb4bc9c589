import { gammaCdf, normalQuantile, type RandomSource } from '../src/index.ts'

/** The chance of each count from 0 to n, of n tries with a chance of p each. */
export function binomialChances(n: number, p: number): Float64Array {
  const logs = new Float64Array(n + 1)
  for (let k = 1; k <= n; k++) {
    logs[k] = (logs[k - 1] as number) + Math.log((n - k + 1) / k)
  }
  return logs.map((log, k) => Math.exp(log + k * Math.log(p) + (n - k) * Math.log1p(-p)))
}

/** The chance of each count from 0 to where hardly any is left, where `mean` are expected. */
export function poissonChances(mean: number): Float64Array {
  const most = Math.ceil(mean + 12 * Math.sqrt(mean) + 20)
  const upTo = (k: number): number => (k < 0 ? 0 : 1 - gammaCdf(mean, k + 1))
  return Float64Array.from({ length: most + 1 }, (_, k) => upTo(k) - upTo(k - 1))
}

/** A draw from the standard normal. */
export const normalDraw = (source: RandomSource): number =>
  normalQuantile((source.uint32() + 0.5) / 2 ** 32)

/** A draw from the Poisson, by multiplying uniform numbers; in parts where the mean is large. */
export function poissonDraw(source: RandomSource, mean: number): number {
  if (mean > 20) return poissonDraw(source, mean / 2) + poissonDraw(source, mean / 2)
  const end = Math.exp(-mean)
  let count = 0
  for (let product = source.uniform(); product > end; product *= source.uniform()) count++
  return count
}
