import {
  type Audit,
  auditPattern,
  type CellStatus,
  type CellTable,
  cellOf,
  protect,
} from '@plumbline/disclosure'
import { besideOthers } from './bases.ts'
import { cellKeyOf, cellsOf, cellsOfFigure, type SmallBases, tableOf } from './cells.ts'
import { type Counted, figureKey, type PlaceSum } from './counts.ts'
import type { HidingRules, Link, SameBase } from './declaration.ts'
import type { RoundedCounts } from './round.ts'

/** Why a figure is not shown, or that it is. */
export const verdicts = ['shown', 'small', 'protects others'] as const
export type Verdict = (typeof verdicts)[number]

/** The release that another takes the place of: its figures, and which of them it hid. */
export interface Earlier {
  readonly figures: readonly Counted[]
  readonly hidden: (at: number) => boolean
  /** What it showed in place of its counts, where it rounded them rather than hide any. */
  readonly rounding?: Shown | undefined
}

/** Counts as a release showed them, to a multiple of its base. */
export interface Shown {
  readonly base: number
  readonly counts: readonly RoundedCounts[]
}

export interface ToHide {
  readonly figures: readonly Counted[]
  readonly places: readonly PlaceSum[]
  readonly rules: HidingRules
  readonly earlier: Earlier | null
  /** Which indicators count some of the same people. */
  readonly links?: readonly Link[]
  /** Which indicators are questions to the same people. */
  readonly bases?: readonly SameBase[]
}

/** Chooses the cells to hide in a table; `protect` unless a test breaks it on purpose. */
export type Suppress = (
  table: CellTable,
  rules: HidingRules,
  options: { readonly also: Uint8Array; readonly exactUpTo: number },
) => Promise<{ readonly hidden: Uint8Array }>

/** Rounds of choosing: a figure hides all its counts, which may call for others. */
const mostRounds = 12
/** Beyond so many cells to choose from the heuristic chooses: a publish must not take minutes. */
const exactUpTo = 40

/**
 * Which figures of one indicator and period must not be shown, so that nobody can work out a small count
 * from all that is: its own other counts, groups, places, and the release that it takes the place of. A
 * figure hides all its counts, none of which may be worked out. The last pattern is attacked whatever made it.
 * @returns a verdict for each figure, and what the attack found.
 */
export async function hideFigures(
  { figures, places, rules, earlier, links, bases = [] }: ToHide,
  suppress: Suppress = protect,
): Promise<{ readonly verdicts: readonly Verdict[]; readonly audit: Audit }> {
  const smallBases = { lists: bases, threshold: rules.threshold ?? 1 }
  const now = cellsOf('now', figures, places, () => 'open', links, smallBases)
  const all = earlier ? [beforeOf(earlier, places, links, smallBases), now] : [now]
  const table = tableOf(all, earlier ? unchanged(earlier.figures, figures) : [])
  const cells = figures.map((f) =>
    cellsOfFigure('now', f).map((key) => cellOf(table, cellKeyOf(key))),
  )
  const small = new Set(smallCells(table, rules))
  const from = async (hiddenFirst: readonly number[]) => {
    const verdicts: Verdict[] = figures.map(() => 'shown')
    const also = new Uint8Array(table.keys.length)
    const darken = (at: number): void => {
      const own = cells[at] as number[]
      verdicts[at] = own.some((cell) => small.has(cell)) ? 'small' : 'protects others'
      // A 0 is taken as known: nobody is behind it, and a total of 0 would tell it anyhow.
      for (const cell of own) if ((table.counts[cell] ?? 0) > 0) also[cell] = 1
    }
    for (const at of hiddenFirst) darken(at)
    for (let round = 0; round < mostRounds; round++) {
      const { hidden } = await suppress(table, rules, { also, exactUpTo })
      let more = false
      cells.forEach((own, at) => {
        if (verdicts[at] !== 'shown' || !own.some((cell) => hidden[cell] === 1)) return
        more = true
        darken(at)
      })
      if (!more) break
    }
    return { verdicts, audit: await auditPattern(table, rules, also, also) }
  }
  const isSmall = (at: number): boolean => cells[at]?.some((cell) => small.has(cell)) === true
  const close = besideOthers(figures, bases, smallBases.threshold, isSmall)
  if (!earlier) return from(close)
  // Who sees now what was hidden and has not changed would know what it was then.
  const least = await from([...close, ...hiddenBefore(earlier, figures, 'unchanged')])
  if (least.audit.safe) return least
  // A pattern of many figures is not always found; all that was hidden together protected itself once.
  const most = await from([...close, ...hiddenBefore(earlier, figures, 'all')])
  return most.audit.safe ? most : least
}

/** Cells that the threshold itself hides. */
function smallCells(table: CellTable, rules: HidingRules): number[] {
  const least = rules.zeros === 'hidden' ? 0 : 1
  return [...table.counts.keys()].filter((cell) => {
    const count = table.counts[cell] as number
    return count >= least && count < (rules.threshold ?? 1)
  })
}

function beforeOf(
  { figures, hidden }: Earlier,
  places: readonly PlaceSum[],
  links: readonly Link[] | undefined,
  bases: SmallBases,
) {
  const dark = new Set(figures.filter((_, at) => hidden(at)))
  const statusOf = (f: Counted): CellStatus => (dark.has(f) ? 'unpublished' : 'published')
  return cellsOf('before', figures, places, statusOf, links, bases)
}

/** Pairs of figures that are in both releases what they were, by their places. */
function pairs(before: readonly Counted[], now: readonly Counted[]): [was: number, is: number][] {
  const old = new Map(before.map((f, at) => [figureKey(f), at]))
  return now.flatMap((figure, at): [number, number][] => {
    const place = old.get(figureKey(figure))
    const was = before[place ?? -1]
    if (place === undefined || !was || Number.isNaN(figure.part)) return []
    return was.part === figure.part && was.base === figure.base ? [[place, at]] : []
  })
}

/** The figures that the release before hid: those that have not changed, or all that are still there. */
function hiddenBefore(
  { figures, hidden }: Earlier,
  now: readonly Counted[],
  which: 'unchanged' | 'all',
): number[] {
  if (which === 'unchanged')
    return pairs(figures, now).flatMap(([was, at]) => (hidden(was) ? [at] : []))
  const dark = new Set(figures.filter((_, at) => hidden(at)).map(figureKey))
  return now.flatMap((f, at) => (dark.has(figureKey(f)) ? [at] : []))
}

/** Counts that are in both releases what they were: who knows one knows the other. */
function unchanged(before: readonly Counted[], now: readonly Counted[]) {
  return pairs(before, now).flatMap(([place, at]) => {
    const [was, figure] = [before[place] as Counted, now[at] as Counted]
    const earlier = cellsOfFigure('before', was)
    return cellsOfFigure('now', figure).map((key, at) => ({
      total: earlier[at] as string,
      parts: [key],
    }))
  })
}
