import { type Audit, auditPattern, type CellTable, cellOf, protect } from '@plumbline/disclosure'
import { besideOthers } from './bases.ts'
import { cellKeyOf, cellsOfFigure } from './cells.ts'
import type { HidingRules, SameBase } from './declaration.ts'
import { hiddenAsTheyAre, hiddenByTheLast, tableWithEarlier, type WithEarlier } from './history.ts'

/** Why a figure is not shown, or that it is. */
export const verdicts = ['shown', 'small', 'protects others'] as const
export type Verdict = (typeof verdicts)[number]

export interface ToHide extends Omit<WithEarlier, 'bases'> {
  readonly rules: HidingRules
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
 * from all that is: its own other counts, groups, places, and every release that stood in its place before. A
 * figure hides all its counts, none of which may be worked out. The last pattern is attacked whatever made it.
 * @returns a verdict for each figure, and what the attack found.
 */
export async function hideFigures(
  { rules, bases = [], ...rest }: ToHide,
  suppress: Suppress = protect,
): Promise<{ readonly verdicts: readonly Verdict[]; readonly audit: Audit }> {
  const smallBases = { lists: bases, threshold: rules.threshold ?? 1 }
  const of = { ...rest, bases: smallBases }
  const { figures, earlier } = of
  const table = tableWithEarlier(of)
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
  const close = besideOthers(figures, smallBases, isSmall)
  if (earlier.length === 0) return from(close)
  // Who sees now what was hidden and has not changed would know what it was then.
  const least = await from([...close, ...hiddenAsTheyAre(of)])
  if (least.audit.safe) return least
  // A pattern of many figures is not always found; all that was hidden together protected itself once.
  const most = await from([...new Set([...close, ...hiddenAsTheyAre(of), ...hiddenByTheLast(of)])])
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
