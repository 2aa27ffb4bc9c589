import { analyseFrontier, bootstrapScores, efficiencyScores, malmquist } from '@plumbline/frontier'
import { practices } from './practices.ts'

/**
 * The speed of packages/frontier on one thread, for as many units as England has general practices, with 2
 * inputs and 4 outputs. Exits with 1 where a target is missed or a unit has no answer.
 */
const units = 6300
const data = practices(units, 1)
const later = practices(units, 2)

function measure(name: string, target: number | undefined, run: () => number): void {
  const started = performance.now()
  const before = process.cpuUsage()
  const without = run()
  const seconds = (performance.now() - started) / 1000
  const { user, system } = process.cpuUsage(before)
  const busy = ((user + system) / 1e6).toFixed(1)
  const wanted = target === undefined ? '' : `, target ${target} s`
  process.stdout.write(
    `${name.padEnd(56)} ${seconds.toFixed(1)} s (processor ${busy} s)${wanted}, ${without} unsolved\n`,
  )
  if (seconds > (target ?? Number.POSITIVE_INFINITY) || without > 0) process.exitCode = 1
}

process.stdout.write(`Node ${process.version}, ${units} units, 2 inputs, 4 outputs\n`)
for (const returns of ['constant', 'variable'] as const) {
  measure(
    `scores, ${returns} returns`,
    60,
    () => efficiencyScores(data, { returns }).unsolved.length,
  )
}
const unsolvedOf = ({ units }: ReturnType<typeof analyseFrontier>): number =>
  units.filter(({ kind }) => kind === 'unsolved').length
measure('peers, slacks, targets and returns to scale of all', 60, () =>
  unsolvedOf(analyseFrontier(data)),
)
measure('the same with one output fixed', 60, () =>
  unsolvedOf(analyseFrontier({ ...data, fixed: { outputs: [3] } })),
)
measure('Malmquist index', 60, () => malmquist(data, later).unanswered.length)
measure(
  'bootstrap, 40 replicates, variable returns',
  undefined,
  () => bootstrapScores(data, { seed: 1, replicates: 40 }).unsolved.length,
)
