import {
  clopperPearsonIntervals,
  differencesOfProportions,
  poissonIntervals,
  randomSource,
  ratiosOfRates,
  wilsonIntervals,
} from '@plumbline/statistics'
import { type Case, measureCases } from './cases.ts'
import { type Measurement, print } from './measure.ts'

const million = 1_000_000
const source = randomSource(1)
const ns = Float64Array.from({ length: million }, () => 1 + source.below(5000))
const counts = ns.map((n) => source.below(n + 1))
// A tenth of the counts below 10, which need the exact limits.
const events = Float64Array.from({ length: million }, () =>
  source.below(10) === 0 ? source.below(10) : 10 + source.below(5000),
)
const few = 10_000

const cases: Case[] = [
  {
    name: '1,000,000 Wilson intervals',
    target: 60,
    run: () => wilsonIntervals(counts, ns),
    reads: [counts, ns],
  },
  {
    name: '1,000,000 Byar or exact intervals, a tenth below 10',
    target: 400,
    run: () => poissonIntervals(events),
    reads: [events],
  },
  {
    name: '10,000 Clopper-Pearson intervals',
    target: 500,
    run: () => clopperPearsonIntervals(counts.subarray(0, few), ns.subarray(0, few)),
    reads: [counts.subarray(0, few), ns.subarray(0, few)],
  },
  {
    name: '10,000 differences of proportions, Miettinen-Nurminen',
    target: 500,
    run: () =>
      differencesOfProportions(
        counts.subarray(0, few),
        ns.subarray(0, few),
        counts.subarray(few, 2 * few),
        ns.subarray(few, 2 * few),
        { method: 'miettinen-nurminen' },
      ),
    reads: [counts.subarray(0, 2 * few), ns.subarray(0, 2 * few)],
  },
  {
    name: '10,000 ratios of rates, exact',
    target: 1000,
    run: () =>
      ratiosOfRates(
        events.subarray(0, few),
        ns.subarray(0, few),
        events.subarray(few, 2 * few),
        ns.subarray(few, 2 * few),
      ),
    reads: [events.subarray(0, 2 * few), ns.subarray(0, 2 * few)],
  },
]

export function bench(): Measurement[] {
  return measureCases(cases)
}

if (import.meta.main) print(bench())
