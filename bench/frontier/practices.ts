import type { FrontierData } from '@plumbline/frontier'
import { normalQuantile, randomSource } from '@plumbline/statistics'

/**
 * Invented practices, true to life in what makes a frontier slow: sizes from 1,500 to 60,000 patients, two
 * inputs (money, staff) and three counts of what is done, noisier in small practices; last a condition.
 */
export function practices(units: number, seed: number): FrontierData {
  const random = randomSource(seed)
  const normal = (): number => normalQuantile((random.uint32() + 0.5) / 2 ** 32)
  const size = Float64Array.from({ length: units }, () =>
    Math.min(60_000, Math.max(1500, Math.exp(9 + 0.6 * normal()))),
  )
  const need = size.map(() => 25 + 12 * normal())
  const times = (spread: number) => (patients: number) => patients * Math.exp(spread * normal())
  const counted = (rate: number, spread: number) => (patients: number) => {
    const expected = rate * times(spread)(patients)
    return Math.max(0, Math.round(expected + Math.sqrt(expected) * normal()))
  }
  return {
    inputs: [size.map((patients) => 160 * times(0.18)(patients)), size.map(times(0.3))],
    outputs: [
      size.map(counted(0.12, 0.15)),
      size.map(counted(0.05, 0.25)),
      size.map(counted(0.4, 0.1)),
      need.map((value) => Math.max(1, value)),
    ],
  }
}
