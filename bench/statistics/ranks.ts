import { drawsOf } from '../../packages/statistics/src/draws/draws.ts'
import {
  shrinkProportions,
  shrinkRates,
  simulateRanks,
} from '../../packages/statistics/src/index.ts'
import { type Measurement, median, medians, print, ratioOf } from './measure.ts'

const units = 6300
const draws = 10_000

/** Rank simulation for as many units as England has general practices, in three models. */
export function bench(): Measurement[] {
  const random = drawsOf(3)
  const ns = Float64Array.from({ length: units }, () => 50 + Math.floor(random.uniform() * 2000))
  const counts = ns.map((n) => Math.round(n * random.beta(20, 80)))
  const proportions = shrinkProportions(counts, ns)
  const models = {
    'normal-normal': {
      family: 'normal',
      mean: proportions.estimates,
      sd: ns.map((n) => Math.sqrt(0.16 / n)),
    },
    'gamma-Poisson': shrinkRates(counts, ns).posterior,
    'beta-binomial': proportions.posterior,
  } as const
  const simplest = loop()
  const fits: Measurement[] = [
    {
      name: 'beta-binomial fit with limits, 6,300 units',
      milliseconds: median(3, () => shrinkProportions(counts, ns)),
      target: undefined,
      ratio: undefined,
    },
  ]
  return [
    ...Object.entries(models).map(([name, posterior]) => {
      const times = medians(3, () => simulateRanks(posterior, { seed: 1, floor: 0.15 }))
      return {
        name: `ranks, ${name}, 6,300 units x 10,000 draws`,
        ...times,
        target: 5000,
        ratio: ratioOf(times.milliseconds, simplest),
      }
    }),
    ...fits,
  ]
}

/** The simplest loop over the same memory: a rank of two bytes written for each unit and draw, then read. */
function loop(): number {
  return median(3, () => {
    const ranks = new Uint16Array(units * draws)
    for (let i = 0; i < ranks.length; i++) ranks[i] = i
    let sum = 0
    for (let i = 0; i < ranks.length; i++) sum += ranks[i] as number
    return sum
  })
}

if (import.meta.main) print(bench())
