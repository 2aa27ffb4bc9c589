import type { Counted } from './counts.ts'
import {
  type Column,
  columnOf,
  measures,
  type SameCounts,
  Sets,
  sameCounts,
} from './same-counts.ts'
import type { Cell, Sum } from './sums.ts'

/** Counts of several indicators that come to a count of another, wherever all are listed. */
export interface AddingUp {
  readonly total: Column
  readonly parts: readonly Column[]
}

/** In fewer places it might be chance. */
const least = 3
/** So many sums of one total are looked for. */
const mostSums = 4
/** So many counts are looked at for one total, so that hundreds of indicators come to an end. */
const mostLooked = 1_000_000

/**
 * Which indicators of a file are answers of which each of the same people gave one: those who smoke, who did and who
 * never did are all who were asked. Nobody declares it, since whoever reads the file sees it; what is hidden of one is
 * what the others leave of all.
 */
export function addingUp(
  figures: readonly Counted[],
  same: readonly SameCounts[] = sameCounts(figures),
): AddingUp[] {
  const indicators = Map.groupBy(figures, (f) => f.indicator ?? '')
  if (indicators.size < 2) return []
  const columns = [...indicators].flatMap(([code, own]) =>
    measures.map((measure) => columnOf(code, measure, own)),
  )
  const sets = new Sets()
  const nameOf = ({ indicator, measure }: Column): string => `${measure}|${indicator}`
  for (const { one, other } of same) sets.join(nameOf(one), nameOf(other))
  // Of counts that are the same, one stands for all.
  const first = new Map(columns.toReversed().map((c) => [sets.of(nameOf(c)), c]))
  const distinct = columns.filter((c) => first.get(sets.of(nameOf(c))) === c && isSomebody(c))
  const parts = columns.filter(
    (c) => c.measure === 'part' && isSomebody(c) && isFirstPart(c, columns, sets, nameOf),
  )
  return distinct
    .filter(({ measure }) => measure !== 'others')
    .flatMap((total) => {
      const apart = parts.filter((p) => sets.of(nameOf(p)) !== sets.of(nameOf(total)))
      return partsOf(total, apart).map((some) => ({ total, parts: some }))
    })
}

const isSomebody = ({ counts }: Column): boolean => [...counts.values()].some((c) => c.count > 0)

const isFirstPart = (
  column: Column,
  columns: readonly Column[],
  sets: Sets,
  nameOf: (c: Column) => string,
): boolean =>
  columns.find((c) => c.measure === 'part' && sets.of(nameOf(c)) === sets.of(nameOf(column))) ===
  column

/** A column beside a total: its counts where the total has some, NaN where it is not listed. */
interface Candidate {
  readonly column: Column
  readonly counts: readonly number[]
}

/** The sets of columns that come to a total wherever all of them are listed. */
function partsOf(total: Column, all: readonly Column[]): Column[][] {
  const rows = [...total.counts]
  const whole = rows.map(([, { count }]) => count)
  const isEnough = (left: readonly number[]): boolean =>
    left.filter((n, row) => !Number.isNaN(n) && (whole[row] as number) > 0).length >= least
  const candidates = all
    .map((column): Candidate => {
      const counts = rows.map(([at]) => column.counts.get(at)?.count ?? Number.NaN)
      return { column, counts }
    })
    .filter(({ counts }) => !counts.some((n, row) => n > (whole[row] as number)))
    .filter(({ counts }) => isEnough(counts))
  const ahead = comesTo(candidates)
  const found: Column[][] = []
  let looked = 0
  /** @param left what is left of the total in each place; NaN where not all that are chosen are listed. */
  const look = (at: number, left: readonly number[], chosen: readonly Column[]): void => {
    looked += rows.length
    if (left.some((n) => n < 0) || !isEnough(left)) return
    if (chosen.length > 1 && !left.some((n) => n > 0)) {
      found.push([...chosen])
      return
    }
    const next = candidates[at]
    if (next === undefined || found.length >= mostSums || looked > mostLooked) return
    if (left.some((n, row) => n > (ahead[at]?.[row] ?? 0))) return
    const after = left.map((n, row) => n - (next.counts[row] as number))
    look(at + 1, after, [...chosen, next.column])
    look(at + 1, left, chosen)
  }
  look(0, whole, [])
  return found
}

/** What all candidates from each one on come to; NaN where some are not listed. */
function comesTo(candidates: readonly Candidate[]): number[][] {
  const ahead = candidates.map(({ counts }) => [...counts])
  for (let i = ahead.length - 2; i >= 0; i--)
    ahead[i] = (ahead[i] as number[]).map((n, row) => n + (ahead[i + 1]?.[row] as number))
  return ahead
}

/** The sums of {@link addingUp}; what is left where an answer is not listed is a cell that nobody publishes. */
export function sumsAddingUp(
  release: string,
  figures: readonly Counted[],
  keyOf: (measure: Column['measure'], figure: Counted) => string,
): { readonly cells: Cell[]; readonly sums: Sum[] } {
  const cells: Cell[] = []
  const sums: Sum[] = []
  for (const { total, parts } of addingUp(figures)) {
    const name = `${total.measure} of ${total.indicator} by ${parts.map((p) => p.indicator).join(' and ')}`
    for (const [at, { figure, count }] of total.counts) {
      const listed = parts.flatMap((p) => p.counts.get(at) ?? [])
      const left = count - listed.reduce((n, c) => n + c.count, 0)
      if (listed.length === 0 || left < 0) continue
      const keys = listed.map((c) => keyOf('part', c.figure))
      const of = `|${name}|${figure.subject}|${figure.group}`
      const unlisted = parts
        .filter((p) => !p.counts.has(at))
        .map((p) => keyOf('part', { ...figure, indicator: p.indicator }))
      const rest = left > 0 ? `${release}${of}` : undefined
      if (rest !== undefined) cells.push({ key: rest, count: left, status: 'unpublished' })
      const all = rest === undefined ? keys : [...keys, rest]
      sums.push({ of, total: keyOf(total.measure, figure), parts: all, rest, unlisted })
    }
  }
  return { cells, sums }
}
