import { type Audit, auditPattern, type CellTable, cellOf, protect } from '@plumbline/disclosure'
import { besideOthers } from './bases.ts'
import { cellKeyOf, cellsOfFigure, keyOfFigure } from './cells.ts'
import type { Counted } from './counts.ts'
import type { HidingRules, SameBase } from './declaration.ts'
import {
  asItStood,
  hiddenAsTheyAre,
  hiddenByTheLast,
  tableWithEarlier,
  type WithEarlier,
} from './history.ts'
import { isPublic, peopleCells, withPeopleAsTold, withPeopleUnseen } from './people-cells.ts'
import { type Measure, measures, sameKeys } from './same-counts.ts'

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
/** Beside so many releases before it a pattern is chosen at first; it is attacked beside all of them. */
const recent = 6
/** How often releases that a pattern would give away are added to those beside which it is chosen. */
const mostAdded = 3

/** A pattern, and what the attack on it found. */
interface Hidden {
  readonly verdicts: readonly Verdict[]
  readonly audit: Audit
}

/** A release beside some before it: the table, the cells of its figures, and those that are small. */
interface Beside {
  readonly table: CellTable
  readonly cells: readonly (readonly number[])[]
  readonly small: ReadonlySet<number>
  /** Of a cell, those of other figures that are the same count. */
  readonly same: ReadonlyMap<number, readonly number[]>
  /** Cells that say of how many people a figure is that counts none of them, where they are not few. */
  readonly people: ReadonlySet<number>
  /** Cells of hidden figures that are known from another figure of an earlier release. */
  readonly known: ReadonlySet<number>
}

/**
 * Which figures of one indicator and period must not be shown, so that nobody can work out a small count
 * from all that is: its own other counts, groups, places, and every release that stood in its place before. A
 * figure hides all its counts, none of which may be worked out. The last pattern is attacked whatever made it.
 *
 * Choosing takes far longer than attacking: after many releases it is done beside the newest of them and those that
 * the attack names, and only where that finds nothing safe beside all.
 * @returns a verdict for each figure, and what the attack found.
 */
export async function hideFigures(
  { rules, bases = [], ...rest }: ToHide,
  suppress: Suppress = protect,
): Promise<Hidden> {
  const smallBases = { lists: bases, threshold: rules.threshold ?? 1 }
  const of = { ...rest, bases: smallBases }
  const { figures, earlier } = of
  const whole = besideEarlier(of, rules)
  const isSmall = (at: number): boolean =>
    whole.cells[at]?.some((cell) => whole.small.has(cell)) === true
  const close = besideOthers(figures, smallBases, isSmall)
  const choose = async (beside: Beside): Promise<Hidden> => {
    const from = async (first: readonly number[]): Promise<Hidden> => {
      const verdicts = await choosePattern(beside, rules, first, suppress)
      return { verdicts, audit: await attackPattern(whole, rules, verdicts) }
    }
    if (earlier.length === 0) return from(close)
    // Who sees now what was hidden and has not changed would know what it was then.
    const least = await from([...close, ...hiddenAsTheyAre(of)])
    if (least.audit.safe) return least
    // A pattern of many figures is not always found; all that was hidden together protected itself once.
    const most = await from([...close, ...hiddenAsTheyAre(of), ...hiddenByTheLast(of)])
    return most.audit.safe ? most : least
  }
  const held = new Set(earlier.slice(-recent))
  for (let round = 0; round <= mostAdded && held.size < earlier.length; round++) {
    const some = earlier.filter((one) => held.has(one))
    const found = await choose(besideEarlier({ ...of, earlier: some }, rules))
    if (found.audit.safe) return found
    const told = earlier.filter((_, at) => found.audit.leaks.some((l) => isOf(l.key, at)))
    if (told.every((one) => held.has(one))) break
    for (const one of told) held.add(one)
  }
  return choose(whole)
}

/** Whether a cell is of a release before, by its place among them. */
const isOf = (key: string, at: number): boolean =>
  decodeURIComponent(key).split(/[|:]/, 1)[0] === `before ${at + 1}`

function besideEarlier(of: WithEarlier, rules: HidingRules): Beside {
  const table = withPeopleAsTold(tableWithEarlier(of), of)
  const cells = of.figures.map((f) =>
    cellsOfFigure('now', f).map((key) => cellOf(table, cellKeyOf(key))),
  )
  const small = new Set(smallCells(table, rules))
  const people = peopleCells(table, of.figures).filter(({ cell }) => !small.has(cell))
  return {
    ...{ table, cells, small, people: new Set(people.map(({ cell }) => cell)) },
    ...{ same: sameCells(table, of), known: knownCells(table, of) },
  }
}

/** Cells of figures that are the same count, of each all of them. */
function sameCells(table: CellTable, { figures }: WithEarlier): Map<number, readonly number[]> {
  const same = sameKeys(figures, (m, f) => keyOfFigure('now', m, f))
  const cellOfKey = (key: string): number => cellOf(table, cellKeyOf(key))
  return new Map([...same].map(([key, all]) => [cellOfKey(key), all.map(cellOfKey)]))
}

/**
 * Cells of figures that an earlier release hid as they are, and one of whose counts another figure showed: that of
 * how many a share is, beside the share of another question.
 */
function knownCells(table: CellTable, { figures, earlier }: WithEarlier): Set<number> {
  const known = new Set<string>()
  for (const { figures: old, hidden } of earlier) {
    const keyOf = (m: Measure, f: Counted): string => `${m}|${asItStood(f)}`
    const same = sameKeys(old, keyOf)
    if (same.size === 0) continue
    for (const [at, f] of old.entries())
      if (!hidden(at))
        for (const m of measures) for (const k of same.get(keyOf(m, f)) ?? []) known.add(k)
  }
  const cells = figures.flatMap((f) =>
    measures
      .filter((m) => known.has(`${m}|${asItStood(f)}`))
      .map((m) => cellOf(table, cellKeyOf(keyOfFigure('now', m, f)))),
  )
  return new Set(cells)
}

/** The cells that figures hide and no other figure shows: a share may be hidden, and of how many it is shown elsewhere. */
function darkCells(
  { table, cells, same, known, small }: Beside,
  isDark: (at: number) => boolean,
): Uint8Array {
  const dark = new Uint8Array(table.keys.length)
  for (const [at, own] of cells.entries()) {
    if (!isDark(at)) continue
    // A 0 is taken as known: nobody is behind it, and a total of 0 would tell it anyhow.
    // What was public before cannot be hidden.
    for (const cell of own)
      if ((table.counts[cell] ?? 0) > 0 && !isPublic(table, cell)) dark[cell] = 1
  }
  for (const cell of known) if (!small.has(cell)) dark[cell] = 0
  for (const [at, own] of cells.entries())
    if (!isDark(at))
      for (const cell of own) for (const other of same.get(cell) ?? []) dark[other] = 0
  return dark
}

async function choosePattern(
  beside: Beside,
  rules: HidingRules,
  hiddenFirst: readonly number[],
  suppress: Suppress,
): Promise<readonly Verdict[]> {
  const { cells, small } = beside
  const verdicts: Verdict[] = cells.map(() => 'shown')
  const darken = (at: number): void => {
    verdicts[at] = cells[at]?.some((cell) => small.has(cell)) ? 'small' : 'protects others'
  }
  for (const at of hiddenFirst) darken(at)
  for (let round = 0; round < mostRounds; round++) {
    const dark = darkCells(beside, (at) => verdicts[at] !== 'shown')
    const seen = withPeopleUnseen(beside.table, dark, beside.people)
    const { hidden } = await suppress(seen.table, rules, { also: seen.dark, exactUpTo })
    let more = false
    for (const [at, own] of cells.entries()) {
      if (verdicts[at] !== 'shown' || !own.some((cell) => hidden[cell] === 1)) continue
      more = true
      darken(at)
    }
    if (!more) break
  }
  return verdicts
}

function attackPattern(
  whole: Beside,
  rules: HidingRules,
  verdicts: readonly Verdict[],
): Promise<Audit> {
  const hidden = darkCells(whole, (at) => verdicts[at] !== 'shown')
  const { table, dark } = withPeopleUnseen(whole.table, hidden, whole.people)
  return auditPattern(table, rules, dark, dark)
}

/** Cells that the threshold itself hides. */
function smallCells(table: CellTable, rules: HidingRules): number[] {
  const least = rules.zeros === 'hidden' ? 0 : 1
  return [...table.counts.keys()].filter((cell) => {
    const count = table.counts[cell] as number
    return !isPublic(table, cell) && count >= least && count < (rules.threshold ?? 1)
  })
}
