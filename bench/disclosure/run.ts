import {
  attackerIntervals,
  auditPattern,
  type CellTable,
  crossTable,
  protect,
} from '@plumbline/disclosure'
import { randomTable, treeOf } from './tables.ts'

/**
 * The speed of packages/disclosure on one thread, in seconds of the processor, since other work makes the clock say
 * more; and how near its choices come to the least cost. Exits with 1 where a target is missed or a table is not safe.
 */
const rules = { threshold: 5 }
type Shape = readonly (readonly number[])[]

const tableOf = (shape: Shape, mean: number, seed: number): CellTable =>
  crossTable(
    randomTable(
      shape.map((widths, d) => ({ name: `d${d}`, total: treeOf(`d${d}`, widths) })),
      mean,
      seed,
    ),
  )

function say(name: string, text: string, good: boolean): void {
  process.stdout.write(`${name.padEnd(64)} ${text}${good ? '' : '  MISSED'}\n`)
  if (!good) process.exitCode = 1
}

async function timed<T>(run: () => Promise<T>): Promise<readonly [T, number]> {
  const before = process.cpuUsage()
  const answer = await run()
  const { user, system } = process.cpuUsage(before)
  return [answer, (user + system) / 1e6]
}

async function large(shape: Shape, mean: number, target: number): Promise<void> {
  const table = tableOf(shape, mean, 1)
  const [safe, seconds] = await timed(() => protect(table, rules))
  const { report } = safe
  const name = `protect and audit ${table.keys.length} cells (${JSON.stringify(shape)}, mean ${mean})`
  say(name, `${seconds.toFixed(1)} s, target ${target} s`, safe.audit.safe && seconds < target)
  say(
    '  hidden for their own sake, to protect others, of all',
    `${report.forTheirOwnSake}, ${report.toProtectOthers}, ${table.keys.length}`,
    true,
  )
  const [again, audit] = await timed(() => auditPattern(table, rules, safe.hidden))
  say('  audit alone', `${audit.toFixed(2)} s`, again.safe)
}

async function thousand(): Promise<void> {
  const table = tableOf([[3, 5, 6], [2], [2]], 20, 1)
  const { hidden } = await protect(table, rules)
  const [, seconds] = await timed(() => auditPattern(table, rules, hidden))
  const [, exact] = await timed(() => attackerIntervals(table, rules, hidden))
  const number = hidden.reduce((a, b) => a + b, 0)
  say(`audit ${table.keys.length} cells`, `${seconds.toFixed(2)} s, target 1 s`, seconds < 1)
  say(`  both ends of all ${number} intervals exactly`, `${exact.toFixed(2)} s`, true)
}

/** How much dearer the heuristic is than the exact choice, for tables that both can do. */
async function ratios(): Promise<void> {
  const shapes: Shape[] = [
    [[4], [3]],
    [[6], [6]],
    [[2, 2], [3]],
    [
      [2, 2],
      [2, 2],
    ],
    [[4], [3], [2]],
  ]
  const ratios: number[] = []
  let slowest = 0
  let automatic = 0
  for (const shape of shapes) {
    for (let seed = 1; seed <= 10; seed++) {
      const table = tableOf(shape, 12, seed)
      const [exact, seconds] = await timed(() => protect(table, rules))
      slowest = Math.max(slowest, seconds)
      if (exact.report.method === 'exact') automatic += 1
      const heuristic = await protect(table, rules, { method: 'heuristic' })
      if (exact.report.cost > 0) ratios.push(heuristic.report.cost / exact.report.cost)
    }
  }
  ratios.sort((a, b) => a - b)
  const mean = ratios.reduce((a, b) => a + b, 0) / ratios.length
  const tables = shapes.length * 10
  say(
    `exact choice, ${tables} tables of up to 60 cells`,
    `${automatic} exact`,
    automatic === tables,
  )
  say('  the slowest', `${slowest.toFixed(2)} s`, true)
  say(
    '  the heuristic costs, beside the exact choice',
    `${mean.toFixed(2)} times on average, ${ratios[ratios.length >> 1]?.toFixed(2)} in the middle, ${ratios.at(-1)?.toFixed(2)} at most`,
    true,
  )
}

process.stdout.write(`Node ${process.version}\n`)
await ratios()
await thousand()
await large([[9, 5, 10], [2], [4]], 25, 60)
await large([[9, 16, 46], [2], [4]], 25, 60)
await large([[9, 16, 46], [2], [4]], 4, 60)
await large([[10, 10], [9], [9], [9]], 15, 60)
const megabytes = process.resourceUsage().maxRSS / 1024
say('most memory', `${megabytes.toFixed(0)} MB, target 1,000 MB`, megabytes < 1000)
