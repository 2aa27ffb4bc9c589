import {
  directlyStandardisedRates,
  europeanStandard2013,
  lifeExpectancies,
  randomSource,
} from '@plumbline/statistics'
import { type Case, measureCases } from './cases.ts'
import { type Measurement, print } from './measure.ts'

const areas = 10_000
const source = randomSource(2)
const populations = Float64Array.from({ length: areas * 19 }, () => 200 + source.below(5000))
const events = populations.map((n) => source.below(1 + Math.floor(n / 50)))
const people = Float64Array.from({ length: areas * 20 }, () => 500 + source.below(5000))
const deaths = people.map((n) => 1 + source.below(Math.floor(n / 20)))

const cases: Case[] = [
  {
    name: 'directly standardised rates, 10,000 areas x 19 ages',
    target: 150,
    run: () => directlyStandardisedRates(events, populations, europeanStandard2013.populations),
    reads: [events, populations],
  },
  {
    name: 'life expectancies, 10,000 areas x 20 ages',
    target: 150,
    run: () => lifeExpectancies(deaths, people),
    reads: [deaths, people],
  },
]

export function bench(): Measurement[] {
  return measureCases(cases)
}

if (import.meta.main) print(bench())
