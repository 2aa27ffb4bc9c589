import type { CellStatus, CellTable } from '@plumbline/disclosure'
import { cellsOfAnswers } from './answers.ts'
import { saidAtOnce } from './at-once.ts'
import type { SmallBases } from './bases.ts'
import { cellsOf, cellsOfFigure, keyOfFigure, type ReleaseCells, tableOf } from './cells.ts'
import { completedReleases } from './completed.ts'
import { type Counted, figureKey, type PlaceSum } from './counts.ts'
import type { Link } from './declaration.ts'
import { type Known, knownSums, wholesAddingUp } from './known-sums.ts'
import {
  type Merged,
  type MergedSum,
  merged,
  type Stood,
  withoutRelease,
} from './merged-releases.ts'
import type { Shown } from './round.ts'
import { samePairs, wholesOfSame } from './same-before.ts'
import type { Cell, Sum } from './sums.ts'

/** A release that was public once, current, replaced or withdrawn: its figures, and which of them it hid. */
export interface Earlier {
  readonly release: number
  /** The publication that made it public; in one of them the number of the release says which came first. */
  readonly order: number
  readonly figures: readonly Counted[]
  readonly hidden: (at: number) => boolean
  /** What it showed in place of its counts, where it rounded them rather than hide any. */
  readonly rounding?: Shown | undefined
}

export interface WithEarlier {
  readonly figures: readonly Counted[]
  readonly places: readonly PlaceSum[]
  readonly links?: readonly Link[]
  readonly bases?: SmallBases | undefined
  /** Every release of the slot that was public, the oldest first. */
  readonly earlier: readonly Earlier[]
  /** Those before that are not looked at, but for what adds up in them. */
  readonly older?: readonly Earlier[]
}

/** A figure as it stood: two releases that give the same counts give the same figure. */
export const asItStood = (f: Counted): string =>
  `${figureKey(f)}|${Number.isNaN(f.part) ? `of ${f.people}` : f.part}|${f.base}`

/** The same of how many people it is: a release may give them that gave none before, and the same figure. */
export const peopleAsTheyStood = (f: Counted): string => `${figureKey(f)}|of ${f.people}`

const cellAsItStood = (key: string, f: Counted): string =>
  key.split('|')[1] === 'people' ? peopleAsTheyStood(f) : asItStood(f)

/** The figures, by their places, that some earlier release hid as they are now and none showed. */
export function hiddenAsTheyAre({ figures, earlier }: WithEarlier): number[] {
  const [dark, shown] = [new Set<string>(), new Set<string>()]
  for (const { figures: old, hidden } of earlier)
    for (const [at, f] of old.entries()) (hidden(at) ? dark : shown).add(asItStood(f))
  return figures.flatMap((f, at) => {
    const key = asItStood(f)
    return dark.has(key) && !shown.has(key) ? [at] : []
  })
}

/** The figures, by their places, that the last of the earlier releases hid, changed or not. */
export function hiddenByTheLast({ figures, earlier }: WithEarlier): number[] {
  const last = earlier.at(-1)
  const dark = new Set(last?.figures.filter((_, at) => last.hidden(at)).map(figureKey))
  return figures.flatMap((f, at) => (dark.has(figureKey(f)) ? [at] : []))
}

/**
 * A release beside all that were public before it, as one table: whoever kept them can lay them side by side.
 * What did not change is the same in all of them. What one lists and another leaves out is not forgotten: where
 * the sums say that it may be as it was, what is left of the total in one is what is listed in the other.
 * @returns the table, in which the figures of the release are called `now`.
 * @throws PartsAboveTotal where parts of the release come to more than their total.
 */
export function tableWithEarlier(of: WithEarlier): CellTable {
  const { figures, places, links, bases, earlier, older = [] } = of
  const releases = [...older, ...earlier]
  const all = [...releases.map((one) => one.figures), figures]
  const together = saidAtOnce(all)
  if (together.length > 0) all.push(together)
  const shown = shownIn(releases)
  const known: Known = { sums: knownSums(all), isPublic: (f) => shown.has(asItStood(f)) }
  const own = cellsOf('now', figures, places, () => 'open', links, 'must hold', bases, known)
  const answers = answersOf('now', figures, places, known)
  const now = { ...both(own, answers), stood: new Map() }
  if (earlier.length === 0) return tableOf([now])
  const before = earlier.map((one, at) => beforeOf(`before ${at + 1}`, one, of, known))
  const atOnce = togetherOf(together, of, known)
  const { cells, sums, figuresOf: then } = merged([...before, ...atOnce, now])
  const listed = figures.flatMap((f) => cellsOfFigure('now', f))
  const figuresOf = [
    ...then.slice(0, before.length),
    new Map(listed.map((k) => [withoutRelease(k), k])),
  ]
  const leftOut = sumsOfLeftOut(cells, sums, figuresOf)
  const pairs = samePairs(all)
  const completed = completedReleases(cells, places, figuresOf, (names) => [
    ...wholesAddingUp(known.sums, names),
    ...wholesOfSame(pairs, figuresOf),
  ])
  const ties = sameAsBefore(figures, [...before, ...atOnce])
  // A sum that holds of the same cell on both sides says nothing.
  const tied = [...sums, ...leftOut.sums, ...completed.sums, ...ties].filter(
    ({ total, parts }) => new Set([total, ...parts]).size === parts.length + 1,
  )
  return tableOf([reachable([...cells.values(), ...leftOut.cells, ...completed.cells], tied)])
}

/** What was shown in some releases, as it stood. */
function shownIn(releases: readonly Earlier[]): ReadonlySet<string> {
  const shown = new Set<string>()
  for (const { figures, hidden } of releases)
    for (const [at, f] of figures.entries()) if (!hidden(at)) shown.add(asItStood(f))
  return shown
}

function beforeOf(
  name: string,
  { figures, hidden }: Pick<Earlier, 'figures' | 'hidden'>,
  { places, links, bases }: WithEarlier,
  known: Known,
): Stood {
  const dark = new Set(figures.filter((_, at) => hidden(at)))
  const statusOf = (f: Counted): CellStatus => (dark.has(f) ? 'unpublished' : 'published')
  const cells = cellsOf(name, figures, places, statusOf, links, 'may hold', bases, known)
  const answers = answersOf(name, figures, places, known)
  const stood = new Map(
    figures.flatMap((f) =>
      cellsOfFigure(name, f).map((key) => [key, cellAsItStood(key, f)] as const),
    ),
  )
  return { ...both(cells, answers), stood }
}

const both = (one: ReleaseCells, other: ReleaseCells): ReleaseCells => {
  return { cells: [...one.cells, ...other.cells], sums: [...one.sums, ...other.sums] }
}

const answersOf = (
  release: string,
  figures: readonly Counted[],
  places: readonly PlaceSum[],
  { sums }: Known,
): ReleaseCells =>
  cellsOfAnswers(release, figures, places, sums, (m, f) => keyOfFigure(release, m, f))

/** What all releases say at once, as if one had: what some of them shows is public. */
function togetherOf(figures: readonly Counted[], of: WithEarlier, known: Known): Stood[] {
  if (figures.length === 0) return []
  const hidden = (at: number): boolean => !known.isPublic(figures[at] as Counted)
  return [beforeOf('at once', { figures, hidden }, of, known)]
}

/** Figures that some earlier release gave as they are now: who knows one knows the other. */
function sameAsBefore(figures: readonly Counted[], before: readonly Stood[]): Sum[] {
  const first = new Map<string, string>()
  for (const { stood } of before)
    for (const [key, as] of stood) {
      const version = `${withoutRelease(key)}|${as}`
      if (!first.has(version)) first.set(version, key)
    }
  return figures.flatMap((f) =>
    cellsOfFigure('now', f).flatMap((key): Sum[] => {
      const total = first.get(`${withoutRelease(key)}|${cellAsItStood(key, f)}`)
      return total === undefined ? [] : [{ total, parts: [key] }]
    }),
  )
}

/**
 * What ties two releases of which one lists parts of a total that the other leaves out: if none of these changed, nor
 * what neither lists, then what one leaves out is what the other lists. Only where the counts allow it.
 */
function sumsOfLeftOut(
  cells: ReadonlyMap<string, Cell>,
  sums: readonly MergedSum[],
  figuresOf: Merged['figuresOf'],
): { cells: Cell[]; sums: Sum[] } {
  const found = new Map<string, Sum>()
  const more = new Map<string, Cell>()
  const countOf = (keys: readonly string[]) =>
    keys.reduce((n, key) => n + (cells.get(key)?.count ?? 0), 0)
  const tie = (one: readonly string[], other: readonly string[]): void => {
    if (one.length === 0 || other.length === 0 || countOf(one) !== countOf(other)) return
    const key = `left out|${[...one].sort().join(' ')} = ${[...other].sort().join(' ')}`.replace(
      /\|/g,
      ' ',
    )
    const common = one.length === 1 ? one[0] : other.length === 1 ? other[0] : undefined
    if (common !== undefined) {
      found.set(key, { total: common, parts: common === one[0] && one.length === 1 ? other : one })
      return
    }
    more.set(key, { key, count: countOf(one), status: 'unpublished' })
    found.set(`${key} 1`, { total: key, parts: one })
    found.set(`${key} 2`, { total: key, parts: other })
  }
  const same = Map.groupBy(
    sums.filter((s) => s.of !== undefined),
    (s) => s.of,
  )
  for (const variants of same.values()) {
    const ways = [...Map.groupBy(variants, (s) => s.listed).values()]
    for (const [at, some] of ways.entries())
      for (const others of ways.slice(at + 1))
        for (const one of some)
          for (const other of others) tie(onlyIn(one, other), onlyIn(other, one))
  }
  for (const { rest, unlisted = [] } of sums) {
    if (rest === undefined) continue
    for (const listed of figuresOf) {
      const there = unlisted.map((key) => listed.get(withoutRelease(key)))
      if (there.every((key) => key !== undefined)) tie([rest], there)
    }
  }
  return { cells: [...more.values()], sums: [...found.values()] }
}

/** The parts of a sum that another does not list, with what is left of it. */
function onlyIn(sum: MergedSum, other: MergedSum): string[] {
  const listed = new Set(other.listed.split('\n'))
  return sum.parts.filter(
    (p) => !other.parts.includes(p) && (p === sum.rest || !listed.has(withoutRelease(p))),
  )
}

/**
 * What is left of a table when all is taken out that tells nothing of the release at hand: sums of which all is
 * public, and what hangs together with nothing of it.
 */
function reachable(cells: readonly Cell[], sums: readonly Sum[]): ReleaseCells {
  const unknown = new Set(cells.filter((c) => c.status !== 'published').map((c) => c.key))
  const near = new Map<string, Sum[]>()
  for (const sum of sums)
    for (const key of [sum.total, ...sum.parts])
      if (unknown.has(key)) near.set(key, [...(near.get(key) ?? []), sum])
  const open = cells.filter((c) => c.status === 'open').map((c) => c.key)
  const kept = new Set<Sum>()
  const seen = new Set(open)
  const todo = [...open]
  for (let key = todo.pop(); key !== undefined; key = todo.pop()) {
    for (const sum of near.get(key) ?? []) {
      if (kept.has(sum)) continue
      kept.add(sum)
      for (const next of [sum.total, ...sum.parts]) {
        if (seen.has(next)) continue
        seen.add(next)
        if (unknown.has(next)) todo.push(next)
      }
    }
  }
  return { cells: cells.filter((c) => seen.has(c.key)), sums: sums.filter((s) => kept.has(s)) }
}
