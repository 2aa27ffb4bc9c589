import {
  assignQuantiles,
  controlCharts,
  funnel,
  randomSource,
  ratioFunnel,
  recentProportionTrends,
} from '@plumbline/statistics'
import { type Case, measureCases } from './cases.ts'
import { type Measurement, print } from './measure.ts'

const series = 10_000
const source = randomSource(3)
const values = Float64Array.from(
  { length: series * 60 },
  () => source.uniform() + source.uniform() + source.uniform(),
)
const ns = Float64Array.from({ length: series * 60 }, () => 50 + source.below(500))
const counts = ns.map((n) => source.below(n))
const expected = Float64Array.from({ length: series }, () => 1 + source.below(900))
const observed = expected.map((e) => source.below(2 * e))
const five = { counts: counts.subarray(0, series * 5), ns: ns.subarray(0, series * 5) }

const cases: Case[] = [
  {
    name: 'XmR charts with rules, 10,000 series x 60 points',
    target: 500,
    run: () => controlCharts(values, undefined, 60, { improvement: 'increase', target: 2 }),
    reads: [values],
  },
  {
    name: "Laney p' charts with rules, 10,000 series x 60 points",
    target: 500,
    run: () => controlCharts(counts, ns, 60, { kind: 'p-prime' }),
    reads: [counts, ns],
  },
  {
    name: 'funnel with over-dispersion, 10,000 units',
    target: 100,
    run: () =>
      funnel({ kind: 'ratio', observed, expected }, { scale: 'log', dispersion: 'additive' }),
    reads: [observed, expected],
  },
  {
    name: 'exact funnel limits of ratios, 10,000 units',
    target: 1000,
    run: () => ratioFunnel(expected),
    reads: [expected],
  },
  {
    name: 'recent trends of proportions, 10,000 series x 5 periods',
    target: 100,
    run: () => recentProportionTrends(five.counts, five.ns, 5),
    reads: [five.counts, five.ns],
  },
  {
    name: 'deciles of 600,000 units',
    target: 1000,
    run: () => assignQuantiles(values),
    reads: [values],
  },
]

export function bench(): Measurement[] {
  return measureCases(cases)
}

if (import.meta.main) print(bench())
