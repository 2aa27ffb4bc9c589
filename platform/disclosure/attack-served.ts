import { createRequire } from 'node:module'
import type { Highs } from 'highs'
import { groupOf, type VisitRow } from './random-visits.ts'

// The package's types describe a CommonJS module, which `require` gives.
const load: () => Promise<Highs> = createRequire(import.meta.url)('highs')

/** More people than there are in any table: what is not bounded otherwise ends here. */
const most = 100_000

/** A row that anybody may read. */
export interface Served {
  readonly code: string
  readonly group: string
  readonly numerator: number | null
  readonly denominator: number | null
}

/**
 * An attacker who shares no code with what hides: a linear programme over everything that is served and all
 * sums that hold (groups in all, wards in districts, neighbourhoods and the county, those in time and the
 * late), for each count that is not shown. Tests alone use it.
 * @returns a line for each count from 1 to below the threshold that it can tell from `threshold` others, and
 * for each other hidden count that it can work out exactly.
 */
export async function attackServed(
  truth: readonly VisitRow[],
  served: readonly Served[],
  threshold: number,
): Promise<string[]> {
  const solver = await load()
  const programme = programmeOf(truth, served)
  const leaks: string[] = []
  for (const [name, count] of programme.hidden) {
    const end = (way: 'minimize' | 'maximize'): number => {
      const found = solver.solve(`${way}\n obj: ${name}\n${programme.text}`)
      return Math.round(found.ObjectiveValue * 1e6) / 1e6
    }
    const [low, high] = [end('minimize'), end('maximize')]
    if (!(low - 1e-6 <= count && count <= high + 1e-6)) throw new Error('The attack is wrong.')
    const width = Math.floor(high + 1e-6) - Math.ceil(low - 1e-6)
    const least = count >= 1 && count < threshold ? threshold - 1 : 1
    if (width < least)
      leaks.push(
        `${[...programme.names].find(([, n]) => n === name)?.[0]} is ${count}: ${low} to ${high}`,
      )
  }
  return leaks
}

function programmeOf(truth: readonly VisitRow[], served: readonly Served[]) {
  const shown = new Map(served.map((s) => [`${s.code}|${s.group}`, s]))
  const rows = new Map(truth.map((r) => [`${r.code}|${groupOf(r)}`, r]))
  const names = new Map<string, string>()
  const variable = (key: string): string => {
    const name = names.get(key) ?? `x${names.size}`
    names.set(key, name)
    return name
  }
  const lines: string[] = []
  const hidden: [string, number][] = []
  const bounds: string[] = []
  for (const [key, row] of rows) {
    const seen = shown.get(key)
    const [part, others, base] = ['p', 'o', 'b'].map((m) => variable(`${m}|${key}`))
    lines.push(`${part} + ${others} - ${base} = 0`)
    const known = [seen?.numerator ?? null, null, seen?.denominator ?? null]
    for (const [at, name] of [part, others, base].entries())
      if (known[at] !== null) lines.push(`${name} = ${known[at]}`)
    if (known[0] !== null && known[2] !== null) continue
    const counts = [row.inTime, row.all - row.inTime, row.all]
    for (const [at, name] of [part, others, base].entries()) {
      if (known[at] !== null) continue
      const count = counts[at] as number
      // The worst case: the attacker knows where nobody is, and so that all else that is hidden is somebody.
      if (count > 0) hidden.push([name as string, count])
      bounds.push(count === 0 ? `${name} = 0` : `1 <= ${name} <= ${most}`)
    }
  }
  for (const sum of sumsOf(rows)) {
    for (const m of ['p', 'o', 'b']) {
      const parts = sum.parts.map((p) => variable(`${m}|${p}`)).join(' + ')
      lines.push(`${parts} - ${variable(`${m}|${sum.total}`)} = 0`)
    }
  }
  const text = `subject to\n${lines.map((l, i) => ` c${i}: ${l}`).join('\n')}\nbounds\n${bounds.map((b) => ` ${b}`).join('\n')}\nend\n`
  return { hidden, text, names }
}

/** A release as it was, and what anybody may read of it: what its file leaves out is in neither list but the first. */
export interface KeptRelease {
  readonly truth: readonly VisitRow[]
  readonly served: readonly Served[]
}

/**
 * The same attacker, who kept every release of a slot and lays them side by side: what did not change is the same
 * in all of them, also where one leaves it out with nothing beside it that changed.
 * @returns a line for each count from 1 to below the threshold that was hidden, shown by no release, and can be told
 * from `threshold` others.
 */
export async function attackKept(
  releases: readonly KeptRelease[],
  threshold: number,
): Promise<string[]> {
  const solver = await load()
  const { text, wanted } = programmeOfAll(releases, threshold)
  return [...wanted].flatMap(([name, { key, count }]) => {
    const end = (way: 'minimize' | 'maximize'): number => {
      const found = solver.solve(`${way}\n obj: ${name}\n${text}`)
      if (found.Status !== 'Optimal') throw new Error(`The attack found nothing: ${found.Status}.`)
      return Math.round(found.ObjectiveValue * 1e6) / 1e6
    }
    const [low, high] = [end('minimize'), end('maximize')]
    if (!(low - 1e-6 <= count && count <= high + 1e-6)) throw new Error('The attack is wrong.')
    const width = Math.floor(high + 1e-6) - Math.ceil(low - 1e-6)
    return width < threshold - 1 ? [`${key} is ${count}: ${low} to ${high}`] : []
  })
}

function programmeOfAll(releases: readonly KeptRelease[], threshold: number) {
  const names = new Map<string, string>()
  const nameOf = (version: string): string => {
    const name = names.get(version) ?? `x${names.size}`
    names.set(version, name)
    return name
  }
  const [lines, least] = [new Set<string>(), new Map<string, number>()]
  const wanted = new Map<string, { key: string; count: number }>()
  const told = new Set<string>()
  for (const [at, { truth, served }] of releases.entries()) {
    const rows = new Map(truth.map((r) => [`${r.code}|${groupOf(r)}`, r]))
    const seen = new Map(served.map((s) => [`${s.code}|${s.group}`, s]))
    const sums = sumsOf(rows)
    const unknown = changedUnseen(releases.slice(0, at), rows, seen, sums)
    const variable = (m: string, key: string): string => {
      const { inTime, all } = rows.get(key) as VisitRow
      return nameOf(`${m}|${key}|${inTime}|${all}|${unknown.has(key) ? at : ''}`)
    }
    for (const [key, row] of rows) {
      const own = ['p', 'o', 'b'].map((m) => variable(m, key)) as [string, string, string]
      const counts = [row.inTime, row.all - row.inTime, row.all]
      lines.add(`${own[0]} + ${own[1]} - ${own[2]} = 0`)
      const figure = seen.get(key)
      for (const [i, name] of own.entries()) {
        const count = counts[i] as number
        if (!figure) least.set(name, least.get(name) ?? 0)
        else if (figure.numerator !== null) {
          lines.add(`${name} = ${count}`)
          told.add(name)
        } else if (count === 0) lines.add(`${name} = 0`)
        else {
          least.set(name, 1)
          if (count < threshold && !wanted.has(name))
            wanted.set(name, { key: `release ${at + 1}, ${'pob'[i]} of ${key}`, count })
        }
      }
    }
    for (const { total, parts } of sums)
      for (const m of ['p', 'o', 'b'])
        lines.add(`${parts.map((p) => variable(m, p)).join(' + ')} - ${variable(m, total)} = 0`)
  }
  for (const name of told) wanted.delete(name)
  const bounds = [...least].map(([name, from]) => ` ${from} <= ${name} <= ${most}`)
  const text = `subject to\n${[...lines].map((l, i) => ` c${i}: ${l}`).join('\n')}\nbounds\n${bounds.join('\n')}\nend\n`
  return { text, wanted }
}

/**
 * Rows that a release leaves out and of which nobody can guess that they are what they were: in one of their sums,
 * something else that is left out has changed.
 */
function changedUnseen(
  before: readonly KeptRelease[],
  rows: ReadonlyMap<string, VisitRow>,
  seen: ReadonlyMap<string, Served>,
  sums: ReturnType<typeof sumsOf>,
): Set<string> {
  const then = before.map(
    ({ truth }) =>
      new Map(truth.map((r) => [`${r.code}|${groupOf(r)}`, `${r.inTime} of ${r.all}`])),
  )
  const now = (key: string): string => `${rows.get(key)?.inTime} of ${rows.get(key)?.all}`
  const unknown = new Set<string>()
  for (const { parts } of sums) {
    const out = parts.filter((p) => !seen.has(p))
    if (then.some((was) => out.every((p) => was.get(p) === now(p)))) continue
    for (const p of out) unknown.add(p)
  }
  return unknown
}

/** Every sum that holds among rows that are there: absent rows are of nobody. */
export function sumsOf(rows: ReadonlyMap<string, VisitRow>) {
  const parts = new Map<string, string[]>()
  const add = (total: string, dimension: string, part: string): void => {
    if (!rows.has(total)) return
    const key = `${dimension}\n${total}`
    parts.set(key, [...(parts.get(key) ?? []), part])
  }
  for (const [key, row] of rows) {
    const group = groupOf(row)
    if (row.sex !== '') add(`${row.code}|${groupOf({ ...row, sex: '' })}`, 'sex', key)
    if (row.age !== '') add(`${row.code}|${groupOf({ ...row, age: '' })}`, 'age', key)
    if (row.level === 'ward') {
      add(`${row.parents[0]}|${group}`, 'district', key)
      add(`${row.parents[1]}|${group}`, 'neighbourhood', key)
    }
    if (row.level === 'district') add(`C1|${group}`, 'districts', key)
    if (row.level === 'neighbourhood') add(`C1|${group}`, 'neighbourhoods', key)
  }
  return [...parts].map(([key, some]) => ({ total: key.split('\n')[1] as string, parts: some }))
}
