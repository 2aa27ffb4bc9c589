import { randomSource } from '@plumbline/statistics'
import {
  analyseDrivers,
  bootstrap,
  type Categories,
  calibrate,
  categoriesOf,
  estimateByDomain,
  estimateMean,
  isRefused,
  jackknife,
  type Margin,
  type Refusal,
  rake,
  sampleDesign,
  stratifiedSample,
} from '@plumbline/weights'

/**
 * The speed of packages/weights on one thread, in seconds of the processor, since other work makes the clock say
 * more: a survey of 100,000 answers and one of 10,000. The best of three runs. Exits with 1 where a target is missed.
 */
const random = randomSource(1)

function answered<T>(answer: T | Refusal): T {
  if (isRefused(answer)) throw new Error(answer.sentence)
  return answer
}

function measure(name: string, target: number, run: () => unknown): void {
  let seconds = Number.POSITIVE_INFINITY
  for (let turn = 0; turn < 3; turn++) {
    const before = process.cpuUsage()
    run()
    const { user, system } = process.cpuUsage(before)
    seconds = Math.min(seconds, (user + system) / 1e6)
  }
  const missed = seconds > target
  process.stdout.write(
    `${name.padEnd(68)} ${seconds.toFixed(3)} s, target ${target} s${missed ? '  MISSED' : ''}\n`,
  )
  if (missed) process.exitCode = 1
}

const columnOf = (rows: number, kinds: number): Categories => ({
  names: Array.from({ length: kinds }, (_, kind) => `k${kind}`),
  codes: Int32Array.from({ length: rows }, (_, i) => (i < kinds ? i : random.below(kinds))),
})

/** Totals up to a fifth from an even share, the same sum for each variable. */
function marginOf(variable: string, rows: number, kinds: number): Margin {
  const parts = Array.from({ length: kinds }, () => 0.8 + 0.4 * random.uniform())
  const sum = parts.reduce((total, part) => total + part, 0)
  const categories = columnOf(rows, kinds)
  const totals = Object.fromEntries(
    categories.names.map((name, kind) => [name, (1_000_000 * (parts[kind] as number)) / sum]),
  )
  return { variable, categories, totals }
}

const marginsOf = (rows: number): Margin[] =>
  [
    ['age', 9],
    ['sex', 2],
    ['place', 20],
    ['deprivation', 10],
  ].map(([variable, kinds]) => marginOf(String(variable), rows, Number(kinds)))

process.stdout.write(`Node ${process.version}, one thread\n`)

const practices = categoriesOf(Array.from({ length: 1_000_000 }, (_, i) => `p${i % 500}`))
const sizes = Object.fromEntries(practices.names.map((name) => [name, 400]))
measure('200,000 of a million, in 500 strata', 2, () =>
  answered(stratifiedSample(practices, sizes, 1)),
)

const large = 100_000
const weights = Float64Array.from({ length: large }, () => 5 + random.below(10))
const margins = marginsOf(large)
measure('rake 100,000 answers to 4 variables, 41 categories', 1, () =>
  answered(rake(weights, margins)),
)
measure('calibrate them by linear distance', 3, () => answered(calibrate(weights, margins)))
const logit = { method: 'logit', lower: 0.3, upper: 3 } as const
measure('calibrate them by logit within 0.3 and 3', 8, () =>
  answered(calibrate(weights, margins, { method: logit })),
)

const scores = Float64Array.from({ length: large }, () => 1 + random.below(5))
const strata = columnOf(large, 500)
const design = answered(sampleDesign({ weights, strata }))
measure('means of 500 domains of 100,000 answers', 1, () => {
  answered(estimateByDomain(design, scores, strata))
})
const calibration = { base: weights, auxiliaries: margins }
const raked = answered(rake(weights, margins))
const final = answered(sampleDesign({ weights: raked.weights, strata, calibration }))
measure('one mean of 100,000 raked answers', 1, () => answered(estimateMean(final, scores)))

const rows = 10_000
const few = answered(sampleDesign({ weights: weights.slice(0, rows) }))
const fewMargins = marginsOf(rows)
const fewScores = scores.slice(0, rows)
measure('mean of 10,000 answers, 500 bootstrap replicates', 3, () => {
  const replicates = answered(bootstrap(few, { seed: 1 }))
  answered(estimateMean(few, fewScores, { replicates }))
})
measure('jackknife of 100 groups of them, each raked anew', 3, () => {
  const reweight = (again: Float64Array) => rake(again, fewMargins)
  answered(jackknife(few, { groups: 100, reweight }))
})
const drivers = Array.from({ length: 8 }, (_, k) => ({
  name: `driver ${k}`,
  values: fewScores.map((score) => score + random.below(5)),
}))
measure('8 drivers of them, 500 bootstrap replicates', 15, () =>
  answered(analyseDrivers(few, fewScores, drivers, { seed: 1 })),
)
