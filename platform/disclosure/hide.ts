import { type Audit, type CellTable, cellStatuses, protect } from '@plumbline/disclosure'
import { besideOthers } from './bases.ts'
import { attackBeside, type Beside, besideEarlier, darkCells } from './beside.ts'
import { type Counted, figureKey } from './counts.ts'
import type { HidingRules, SameBase } from './declaration.ts'
import { type Earlier, hiddenAsTheyAre, hiddenByTheLast, type WithEarlier } from './history.ts'
import { largestPattern, withToldPublic } from './largest-pattern.ts'
import { withPeopleUnseen } from './people-cells.ts'
import { newlyTold, type Told, toldBefore } from './told-before.ts'

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
/**
 * Of tables with so many cells it is first seen what can be hidden at all: that takes two seconds, and to find by
 * choosing that nothing is safe takes a minute. Of larger ones, hiding everything makes one piece that is too large.
 */
const middling = [1000, 10_000] as const
/** A pattern, and what the attack on it found. */
interface Hidden {
  readonly verdicts: readonly Verdict[]
  readonly audit: Audit
}

/**
 * Which figures of one indicator and period must not be shown, so that nobody can work out a small count
 * from all that is: its own other counts, groups, places, and every release that stood in its place before. A
 * figure hides all its counts, none of which may be worked out. The last pattern is attacked whatever made it.
 *
 * Choosing takes longer than attacking: after many releases it is done beside the newest of them at first. Where that
 * finds nothing safe, or what can be hidden at all is known already, it is done beside all, among the figures that can be;
 * and where hiding all of these is not safe, nothing is, but for what releases before had told of themselves.
 * @returns a verdict for each figure, and what the attack found.
 */
export async function hideFigures(of: ToHide, suppress: Suppress = protect): Promise<Hidden> {
  const order = orderOf(of.figures)
  const figures = order.map((at) => of.figures[at] as Counted)
  const found = await hideInOrder({ ...of, figures, earlier: of.earlier.map(inOrder) }, suppress)
  const verdicts = of.figures.map((): Verdict => 'shown')
  for (const [i, at] of order.entries()) verdicts[at] = found.verdicts[i] as Verdict
  return { ...found, verdicts }
}

/** The places of some figures, in an order that hangs on no file's: what is guessed of them is guessed one by one. */
function orderOf(figures: readonly Counted[]): number[] {
  const keys = figures.map(figureKey)
  const compared = (a: string, b: string): number => (a === b ? 0 : a < b ? -1 : 1)
  return [...keys.keys()].sort((a, b) => compared(keys[a] as string, keys[b] as string))
}

function inOrder(one: Earlier): Earlier {
  const order = orderOf(one.figures)
  return {
    ...one,
    figures: order.map((at) => one.figures[at] as Counted),
    hidden: (i) => one.hidden(order[i] as number),
    rounding: undefined,
  }
}

async function hideInOrder(
  { rules, bases = [], ...rest }: ToHide,
  suppress: Suppress,
): Promise<Hidden> {
  const smallBases = { lists: bases, threshold: rules.threshold ?? 1 }
  const of = { ...rest, bases: smallBases }
  const { figures, earlier } = of
  let whole = besideEarlier(of, rules)
  let told: Told = new Map()
  const isSmall = (at: number): boolean =>
    whole.cells[at]?.some((cell) => whole.small.has(cell)) === true
  const close = besideOthers(figures, smallBases, isSmall)
  // Who sees now what was hidden and has not changed would know what it was then.
  const first = [...close, ...hiddenAsTheyAre(of)]
  const choose = async (beside: Beside, from: readonly number[]): Promise<Hidden> => {
    const verdicts = await choosePattern(beside, rules, from, suppress)
    const audit = await attackBeside(whole, rules, (at) => verdicts[at] !== 'shown')
    return { verdicts, audit: newlyTold(audit, told) }
  }
  const some = earlier.slice(-recent)
  const older = earlier.slice(0, -recent)
  const near = older.length > 0 ? besideEarlier({ ...of, earlier: some, older }, rules) : whole
  const must = new Set([...first, ...[...figures.keys()].filter(isSmall)])
  const looksFirst = suppress === protect && earlier.length > 0 && isMiddling(whole)
  let largest = looksFirst ? await largestPattern(whole, rules, must) : null
  const needsAll = largest === null || largest.hidden.size === figures.length
  const found = needsAll ? await choose(near, first) : null
  // Whoever chooses badly on purpose wants to see what comes of it.
  if (found && (found.audit.safe || suppress !== protect)) return found
  largest ??= await largestPattern(whole, rules, must)
  let { hidden: hideable, audit } = largest
  if (!audit.safe) {
    const before = whole
    whole = await withToldPublic(before, rules)
    if (whole !== before) ({ hidden: hideable, audit } = await largestPattern(whole, rules, must))
  }
  if (!audit.safe) {
    told = await toldBefore(whole, of, rules)
    if (told.size === 0) return { verdicts: figures.map(() => 'shown'), audit }
    const once = found ?? (await choose(near, first))
    const newly = newlyTold(once.audit, told)
    if (newly.safe) return { ...once, audit: newly }
    hideable = new Set(figures.keys())
  }
  const within = among(whole, hideable)
  const again = await choose(within, first)
  if (again.audit.safe) return again
  // A pattern of many figures is not always found; all that was hidden together protected itself once.
  const last = hiddenByTheLast(of).filter((at) => hideable.has(at))
  const most = await choose(within, [...first, ...last])
  return most.audit.safe ? most : choose(within, [...hideable])
}

/** Whether all of a table can be attacked sooner than it is chosen what to hide of it. */
const isMiddling = ({ table }: Beside): boolean =>
  table.keys.length > middling[0] && table.keys.length < middling[1]

/** A table of which only some figures can be hidden, by their places. */
function among(beside: Beside, hideable: ReadonlySet<number>): Beside {
  const { table, cells } = beside
  const statuses = table.statuses.slice()
  for (const [at, own] of cells.entries())
    if (!hideable.has(at))
      for (const cell of own) statuses[cell] = cellStatuses.indexOf('published')
  return { ...beside, table: { ...table, statuses } }
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
