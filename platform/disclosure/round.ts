import {
  type Audit,
  auditRounding,
  type CellTable,
  cellOf,
  roundControlled,
  roundCount,
} from '@plumbline/disclosure'
import { cellKeyOf, cellsOf, keyOfFigure, type ReleaseCells, tableOf } from './cells.ts'
import { type Counted, figureKey, type PlaceSum } from './counts.ts'
import type { Link, Rounding } from './declaration.ts'
import { sameKeys } from './same-counts.ts'
import type { Cell, Sum } from './sums.ts'

/** A figure's counts as they are shown: those counted, and the others where there is a base of people. */
export interface RoundedCounts {
  readonly part: number
  /** The base is shown as the sum of both, so that a percentage never goes beyond 100. */
  readonly others: number | null
}

/** Counts as a release showed them, to a multiple of its base. */
export interface Shown {
  readonly base: number
  readonly counts: readonly RoundedCounts[]
}

/** A release that was public before, with what it showed of each figure. */
export interface RoundedEarlier {
  readonly figures: readonly Counted[]
  readonly rounded: readonly RoundedCounts[]
}

export interface ToRound {
  readonly figures: readonly Counted[]
  readonly places: readonly PlaceSum[]
  readonly round: Rounding
  readonly secret: string
  /** A name of a figure that is the same from release to release, whatever the database. */
  readonly nameOf: (figure: Counted) => string
  /** Every release of the slot that was public, the oldest first. */
  readonly earlier: readonly RoundedEarlier[]
  /** Which indicators count some of the same people. */
  readonly links?: readonly Link[]
}

const measures = ['part', 'others'] as const

/**
 * Rounds the counts of one indicator and period, each to a multiple next to it. Which way is drawn from the
 * figure's name and the secret, so that asking again tells nothing new; a count that the earlier release had
 * too is shown as it was. The last pattern is attacked together with that release, whatever made it.
 */
export async function roundFigures(
  to: ToRound,
): Promise<{ readonly rounded: readonly RoundedCounts[]; readonly audit: Audit }> {
  const { figures, places, round, earlier, links } = to
  const now = cellsOf('now', figures, places, () => 'open', links)
  const byKey = keyed(to, now.cells)
  const apart = withoutBases(now)
  const table = tableOf([apart])
  const prefer = valuesOf(table, byKey)
  const fixed = valuesOf(table, kept(to))
  const own = prefer.map((value, cell) => {
    const given = fixed[cell] as number
    return Number.isNaN(given) ? value : given
  })
  const controlled = async () =>
    (await roundControlled(table, round.base, { prefer, fixed, otherwise: own })).values
  const random = async () => own
  const ways = round.method === 'random' ? [random, controlled] : [controlled, random]
  const before = earlier.map((one, at) =>
    cellsOf(nameOfEarlier(at), one.figures, places, () => 'unpublished', links, 'may hold'),
  )
  const attacked = tableOf([...before, now], unchanged(earlier, figures))
  let found: Awaited<ReturnType<typeof roundFigures>> | null = null
  for (const way of ways) {
    const values = await way()
    const rounded = figures.map((f) => countsOf(table, values, f))
    const audit = await attack(attacked, to, rounded)
    found = { rounded, audit }
    if (audit.safe) break
  }
  return found ?? { rounded: [], audit: await attack(attacked, to, []) }
}

/** Which counts are the same in two indicators, by their keys: whoever rounded them apart would tell more of each. */
const sameOf = (figures: readonly Counted[]): ReadonlyMap<string, readonly string[]> =>
  sameKeys(figures, (m, f) => keyOfFigure('now', m, f))

/**
 * The base of a figure is shown as the sum of its two parts, and is rounded by itself only where it is tied to counts
 * of another indicator. Sums of bases follow from those of the two parts, so none is lost with a base that goes.
 */
function withoutBases({ cells, sums }: ReleaseCells): ReleaseCells {
  const tied = new Set(
    sums
      .map(({ total, parts }) => [total, ...parts])
      .filter((keys) => new Set(keys.map(sheetOfKey)).size > 1)
      .flat(),
  )
  const stays = (key: string): boolean => key.split('|')[1] !== 'base' || tied.has(key)
  return {
    cells: cells.filter(({ key }) => stays(key)),
    sums: sums.filter(({ total, parts }) => [total, ...parts].every(stays)),
  }
}

/** An indicator's figures in a release. */
const sheetOfKey = (key: string): string => key.split('|')[0] ?? ''

const countOf = (f: Counted, measure: (typeof measures)[number]): number =>
  measure === 'part' ? f.part : (f.base ?? Number.NaN) - f.part

/** What the secret draws for each cell; what is left of a place or group has no name of its own. */
function keyed({ figures, round, secret, nameOf }: ToRound, cells: readonly Cell[]) {
  const names = new Map(
    figures.flatMap((f) =>
      measures.map((m) => [keyOfFigure('now', m, f), `${nameOf(f)}|${m}`] as const),
    ),
  )
  const same = sameOf(figures)
  const nameOfKey = (key: string): string =>
    (same.get(key) ?? [key]).map((k) => names.get(k)).find((n) => n !== undefined) ?? key
  return new Map(
    cells.map(({ key, count }) => {
      const name = `${round.base}|${nameOfKey(key)}`
      return [key, roundCount(count, name, { base: round.base, secret })]
    }),
  )
}

const nameOfEarlier = (at: number): string => `before ${at + 1}`

/** What the last release that had a count as it is now showed of it. */
function kept({ figures, earlier }: ToRound): ReadonlyMap<string, number> {
  const shown = new Map<string, number>()
  for (const release of earlier) {
    const places = new Map(release.figures.map((f, at) => [figureKey(f), at]))
    for (const figure of figures) {
      const at = places.get(figureKey(figure))
      const [was, before] = [release.figures[at ?? -1], release.rounded[at ?? -1]]
      if (!was || !before) continue
      for (const m of measures) {
        const value = before[m]
        if (countOf(was, m) === countOf(figure, m) && value !== null && !Number.isNaN(value))
          shown.set(keyOfFigure('now', m, figure), value)
      }
    }
  }
  return shown
}

/** Counts that are in an earlier release what they are now: who knows one knows the other. */
function unchanged(earlier: readonly RoundedEarlier[], now: readonly Counted[]): Sum[] {
  return earlier.flatMap(({ figures }, at) => {
    const old = new Map(figures.map((f) => [figureKey(f), f]))
    return now.flatMap((figure) => {
      const was = old.get(figureKey(figure))
      if (!was) return []
      return measures
        .filter((m) => countOf(was, m) === countOf(figure, m))
        .map((m) => ({
          total: keyOfFigure(nameOfEarlier(at), m, was),
          parts: [keyOfFigure('now', m, figure)],
        }))
    })
  })
}

/** Values in the order of a table; NaN for a cell that none is known of. */
function valuesOf(table: CellTable, values: ReadonlyMap<string, number>): Float64Array {
  const all = new Float64Array(table.keys.length).fill(Number.NaN)
  for (const [key, value] of values) {
    const cell = cellOf(table, cellKeyOf(key))
    if (cell >= 0) all[cell] = value
  }
  return all
}

function countsOf(table: CellTable, values: Float64Array, figure: Counted): RoundedCounts {
  const of = (m: (typeof measures)[number]): number =>
    values[cellOf(table, cellKeyOf(keyOfFigure('now', m, figure)))] ?? Number.NaN
  return { part: of('part'), others: figure.base === null ? null : of('others') }
}

/** An attacker who sees every rounded count, of this release and of all before it. */
async function attack(
  table: CellTable,
  { figures, round, earlier }: ToRound,
  rounded: readonly RoundedCounts[],
): Promise<Audit> {
  const seen = new Map<string, number>()
  const see = (release: string, of: readonly Counted[], shown: readonly RoundedCounts[]): void => {
    for (const [at, figure] of of.entries()) {
      for (const m of measures) {
        const value = shown[at]?.[m] ?? null
        if (value !== null) seen.set(keyOfFigure(release, m, figure), value)
      }
    }
  }
  see('now', figures, rounded)
  for (const [at, one] of earlier.entries()) see(nameOfEarlier(at), one.figures, one.rounded)
  const { base } = round
  const values = valuesOf(table, seen)
  const farthest = values.reduce((most, value, cell) => {
    const off = Math.abs(value - (table.counts[cell] as number))
    return off > most ? off : most
  }, 0)
  const steps = Math.floor(farthest / base) + 1
  return auditRounding(table, { threshold: base }, { values, base, steps })
}
