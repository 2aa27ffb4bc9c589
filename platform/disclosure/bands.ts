import { rangeOf } from './nested-groups.ts'
import { nested, pathOf, rest } from './sums.ts'

/** Years of age, or whatever a column counts: from one up to another that belongs to them no more. */
interface Band {
  readonly from: number
  readonly to: number
}

/** A group of a column, as a file writes it, with those that hold it in front. */
interface Group {
  readonly value: string
  /** What its label plainly means; null where that is no range. */
  readonly band: Band | null
}

/** A group of a column, or everyone (''), and what adds up to it. */
export interface ColumnSum {
  readonly total: string
  readonly parts: readonly string[]
  /** All groups in it that some release lists. */
  readonly listed: readonly Group[]
  /** Its part where those that are listed may not be all; undefined where their labels say that they are. */
  readonly rest: string | undefined
}

/** Whether the ranges of a column end where the next begins: 0-5, 5-10. */
export type Ends = 'its own' | 'of the next'

/**
 * What adds up in a column whose groups no single release need list together: ages up to 14 lie in those up to 15, and
 * those of 15 are between; those up to 15 and from 15 on have these in common. Nobody lists them, and whoever keeps
 * both releases knows how many they are.
 * @param values all that some release lists of one place and of one group in the other columns.
 */
export function sumsOfColumn(values: readonly string[], ends: Ends): ColumnSum[] {
  const groups = values.map((value): Group => ({ value, band: bandOf(value, ends) }))
  const known = new Map(groups.flatMap((g) => (g.band ? [[nameOf(g.band), g.value]] : [])))
  const cuts = [...new Set(groups.flatMap(({ band }) => (band ? [band.from, band.to] : [])))].sort(
    (a, b) => a - b,
  )
  const value = (band: Band): string => known.get(nameOf(band)) ?? labelOf(band, ends)
  const found: ColumnSum[] = []
  const made = new Map<string, Band>()
  const partsOf = (some: readonly Band[]): string[] =>
    some.map((band) => {
      if (!known.has(nameOf(band))) made.set(nameOf(band), band)
      return value(band)
    })
  for (const [total, below] of Map.groupBy(groups, (g) => holderOf(g.value, values))) {
    const bands = below.flatMap((g) => g.band ?? [])
    const words = below.filter((g) => g.band === null).map((g) => g.value)
    const whole = total === '' ? null : bandOf(total, ends)
    const isApart = bands.every((one, i) => bands.slice(i + 1).every((b) => !overlap(one, b)))
    const own = isApart
      ? below.flatMap((g) => (g.band ? [g.value] : []))
      : partsOf(piecesOf(cuts, bands))
    const between = whole && words.length === 0 ? partsOf(gapsOf(whole, bands)) : undefined
    const left = between ? undefined : restOf(total)
    const listed = groups.filter((g) => total === '' || above(g.value).includes(total))
    found.push({
      ...{ total, listed, rest: left },
      parts: [...own, ...words, ...(between ?? [])],
    })
  }
  const torn = groups.flatMap(({ band }) =>
    band && groups.some((g) => g.band && isTorn(band, g.band)) ? [band] : [],
  )
  for (const band of [...torn, ...made.values()]) {
    const parts = partsOf(piecesOf(cuts, [band]))
    if (parts.length > 1) found.push({ total: value(band), parts, listed: [], rest: undefined })
  }
  return found
}

/**
 * Groups among some that are apart from each other and together all that others are, as far as their labels say;
 * undefined where they are not all.
 */
export function coverOf(some: readonly Group[], all: readonly Group[]): Group[] | undefined {
  const values = new Set(some.map((g) => g.value))
  const isTop = ({ value, band }: Group): boolean =>
    band === null && !above(value).some((v) => values.has(v))
  const words = some.filter(isTop)
  const isIn = ({ value }: Group): boolean => [value, ...above(value)].some((v) => values.has(v))
  if (!all.every((g) => g.band !== null || isIn(g))) return undefined
  const bands = all.flatMap((g) => g.band ?? [])
  const [from, to] = [
    Math.min(...bands.map((b) => b.from)),
    Math.max(...bands.map((b) => b.to)),
  ] as const
  const chain = bands.length === 0 ? [] : chainOf(some, from, to)
  return chain && [...words, ...chain]
}

/** Ranges among some groups of which each begins where another ends, from one end to another. */
function chainOf(some: readonly Group[], from: number, to: number): Group[] | undefined {
  if (from === to) return []
  for (const group of some) {
    if (group.band?.from !== from) continue
    const next = chainOf(some, group.band.to, to)
    if (next) return [group, ...next]
  }
  return undefined
}

/** The groups that hold one, as their names say. */
const above = (value: string): string[] => {
  const path = pathOf(value)
  return path.slice(0, -1).map((_, at) => nested(path.slice(0, at + 1)))
}

/** Of which kind the ends of ranges are that one release lists of one place. */
export function endsOf(values: readonly string[]): Ends {
  const all = values.flatMap((value) => {
    const range = rangeOf(pathOf(value).at(-1) ?? '')
    return range ? [range] : []
  })
  const ends = new Set(all.filter(([from, to]) => to > from).map(([, to]) => to))
  // One year at the end of a range lies in it: 27 in 6-27.
  return all.some(([from, to]) => to > from && ends.has(from)) ? 'of the next' : 'its own'
}

function bandOf(value: string, ends: Ends): Band | null {
  const range = rangeOf(pathOf(value).at(-1) ?? '')
  if (!range) return null
  const [from, to] = range
  return { from, to: ends === 'of the next' && to > from ? to : to + 1 }
}

/** What a band is called that nobody lists. */
function labelOf({ from, to }: Band, ends: Ends): string {
  if (to === Number.POSITIVE_INFINITY) return `${from}+`
  if (ends === 'of the next') return `${from}-${to}`
  return to === from + 1 ? `${from}` : `${from}-${to - 1}`
}

const nameOf = ({ from, to }: Band): string => `${from} to ${to}`
const restOf = (total: string): string => (total === '' ? rest : nested([total, rest]))

/** The smallest group that holds one and is listed; '' for everyone. */
function holderOf(value: string, listed: readonly string[]): string {
  const path = pathOf(value).slice(0, -1)
  while (path.length > 0 && !listed.includes(nested(path))) path.pop()
  return nested(path)
}

const holds = (a: Band, b: Band): boolean => a.from <= b.from && b.to <= a.to
const overlap = (a: Band, b: Band): boolean => a.from < b.to && b.from < a.to
/** Whether two have something in common, and each something that the other has not. */
const isTorn = (a: Band, b: Band): boolean => overlap(a, b) && !holds(a, b) && !holds(b, a)

/** What lies between cuts and in one of some bands. */
const piecesOf = (cuts: readonly number[], bands: readonly Band[]): Band[] =>
  cuts
    .slice(0, -1)
    .map((from, at) => ({ from, to: cuts[at + 1] as number }))
    .filter((piece) => bands.some((band) => holds(band, piece)))

/** What of a band is in none of some others. */
function gapsOf(whole: Band, bands: readonly Band[]): Band[] {
  const gaps: Band[] = []
  let from = whole.from
  for (const band of bands.toSorted((a, b) => a.from - b.from)) {
    if (band.from > from) gaps.push({ from, to: Math.min(band.from, whole.to) })
    from = Math.max(from, band.to)
  }
  if (from < whole.to) gaps.push({ from, to: whole.to })
  return gaps.filter((gap) => gap.from < gap.to)
}
