import { createRequire } from 'node:module'
import type { Highs } from 'highs'
import { type Served, sumsOf } from './attack-served.ts'
import { groupOf, type VisitRow } from './random-visits.ts'

// The package's types describe a CommonJS module, which `require` gives.
const load: () => Promise<Highs> = createRequire(import.meta.url)('highs')

/** A release as it was, and what anybody may read of it. */
export interface RoundedRelease {
  readonly truth: readonly VisitRow[]
  readonly served: readonly Served[]
}

/** How far a count may lie from what is shown: less than a base, or where a table is hard to round, three. */
const farthest = 3

/**
 * An attacker who shares no code with what rounds: a linear programme over all that is served of one release and
 * the next, who knows that each count was less than a base from what is shown (in a release where some were
 * further, that much), that counts which did not change are the same, and all sums. Tests alone use it.
 * @returns a line for each count from 1 to below the base that it can tell from `base` others.
 */
export async function attackRounded(
  releases: readonly RoundedRelease[],
  base: number,
): Promise<string[]> {
  const solver = await load()
  const { text, wanted } = programmeOf(releases, base)
  return wanted.flatMap(([key, name, count]) => {
    const end = (way: 'minimize' | 'maximize'): number => {
      const found = solver.solve(`${way}\n obj: ${name}\n${text}`)
      if (found.Status !== 'Optimal') throw new Error(`The attack found nothing: ${found.Status}.`)
      return Math.round(found.ObjectiveValue * 1e6) / 1e6
    }
    const [low, high] = [end('minimize'), end('maximize')]
    if (!(low - 1e-6 <= count && count <= high + 1e-6)) throw new Error('The attack is wrong.')
    const width = Math.floor(high + 1e-6) - Math.ceil(low - 1e-6)
    return width < base - 1 ? [`${key} is ${count}: ${low} to ${high}`] : []
  })
}

const counts = ({ inTime, all }: VisitRow) => ({ p: inTime, o: all - inTime, b: all })

function programmeOf(releases: readonly RoundedRelease[], base: number) {
  const lines: string[] = []
  const bounds: string[] = []
  const wanted: [key: string, name: string, count: number][] = []
  const names = new Map<string, string>()
  const variable = (key: string): string => {
    const name = names.get(key) ?? `x${names.size}`
    names.set(key, name)
    return name
  }
  for (const [at, { truth, served }] of releases.entries()) {
    const rows = new Map(truth.map((r) => [`${r.code}|${groupOf(r)}`, r]))
    const shown = new Map(served.map((s) => [`${s.code}|${s.group}`, s]))
    const reach = reachOf(rows, shown, base)
    for (const [key, row] of rows) {
      const [p, o, b] = ['p', 'o', 'b'].map((m) => variable(`${at}|${m}|${key}`))
      lines.push(`${p} + ${o} - ${b} = 0`)
      const seen = partsOf(shown.get(key))
      for (const m of ['p', 'o'] as const) {
        const name = m === 'p' ? p : o
        const value = seen?.[m] ?? null
        const count = counts(row)[m]
        if (count > 0 && count < base) wanted.push([`${at}|${m}|${key}`, name as string, count])
        bounds.push(
          value === null
            ? `0 <= ${name} <= 100000`
            : `${Math.max(0, value - reach + 1)} <= ${name} <= ${value + reach - 1}`,
        )
        const before = releases[at - 1]?.truth.find((r) => `${r.code}|${groupOf(r)}` === key)
        if (before && counts(before)[m] === count)
          lines.push(`${name} - ${variable(`${at - 1}|${m}|${key}`)} = 0`)
      }
    }
    for (const sum of sumsOf(rows)) {
      for (const m of ['p', 'o', 'b']) {
        const parts = sum.parts.map((part) => variable(`${at}|${m}|${part}`)).join(' + ')
        lines.push(`${parts} - ${variable(`${at}|${m}|${sum.total}`)} = 0`)
      }
    }
  }
  const text = `subject to\n${lines.map((l, i) => ` c${i}: ${l}`).join('\n')}\nbounds\n${bounds.map((b) => ` ${b}`).join('\n')}\nend\n`
  return { text, wanted }
}

/** Those counted and the others, as they are served. */
function partsOf(seen: Served | undefined): { p: number; o: number } | null {
  if (!seen || seen.numerator === null || seen.denominator === null) return null
  return { p: seen.numerator, o: seen.denominator - seen.numerator }
}

/** How far counts of a release lie from what is shown at most: a base, but for tables that are hard to round. */
function reachOf(
  rows: ReadonlyMap<string, VisitRow>,
  shown: ReadonlyMap<string, Served>,
  base: number,
): number {
  const off = [...rows].flatMap(([key, row]) => {
    const seen = partsOf(shown.get(key))
    const { p, o } = counts(row)
    return seen ? [Math.abs(seen.p - p), Math.abs(seen.o - o)] : []
  })
  const steps = Math.floor(Math.max(0, ...off) / base) + 1
  if (steps > farthest) throw new Error('This is no rounding.')
  return steps * base
}
