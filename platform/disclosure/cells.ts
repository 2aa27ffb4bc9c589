import { type CellStatus, type CellTable, crossTable, linkTables } from '@plumbline/disclosure'
import { sumsAddingUp } from './adding-up.ts'
import { differencesOfBases, type SmallBases } from './bases.ts'
import type { Counted, PlaceSum } from './counts.ts'
import type { Link } from './declaration.ts'
import { addRestOfPlaces, partsOfPlaces } from './place-parts.ts'
import { countOf, type Measure, measures, sumsOfSame } from './same-counts.ts'
import {
  type Cell,
  type Counts,
  dimensionsOf,
  type Holding,
  PartsAboveTotal,
  plainGroup,
  rest,
  restIn,
  type Sum,
  stepsOf,
  valueIn,
  without,
} from './sums.ts'
import { domainsOf, sumsOfParts, sumsOfUnlisted } from './unlisted.ts'

const keyOf = (release: string, measure: Measure, subject: string, group: string): string =>
  [release, measure, subject, group].join('|')

/** The cells' place in a table of {@link cellsOf}. */
export const cellKeyOf = (key: string): string => `${encodeURIComponent(key)}?`

/** A total of a group with its parts, by their groups. */
interface GroupSum {
  readonly dimension: string
  readonly total: string
  readonly parts: readonly string[]
  readonly rest: string | undefined
}

/**
 * The sums of listed totals that a group is in without being a part of them: girls under 5 are among all girls, who
 * are a part of everyone. Where girls are listed by their ages alone these are a sum all the same.
 */
function sumsAbove(group: string, groups: ReadonlyMap<string, number>): string[] {
  const above = (from: string): string[] =>
    dimensionsOf(from).flatMap((d) => [without(from, d), ...above(without(from, d))])
  const totals = new Set(above(group).filter((total) => groups.has(total)))
  return [...totals].flatMap((total) =>
    stepsOf(group) - stepsOf(total) < 2
      ? []
      : dimensionsOf(group)
          .filter((d) => valueIn(group, d) !== valueIn(total, d))
          .map((dimension) => `${dimension}|${total}`),
  )
}

/** Each total of a group with its parts: everyone is the sum of girls, boys and the rest. */
function groupSums(groups: Map<string, number>, holding: Holding): GroupSum[] {
  const parts = new Map<string, string[]>()
  for (const group of groups.keys()) {
    for (const dimension of dimensionsOf(group)) {
      const total = without(group, dimension)
      if (!groups.has(total)) continue
      const key = `${dimension}|${total}`
      parts.set(key, [...(parts.get(key) ?? []), group])
    }
    for (const key of sumsAbove(group, groups)) if (!parts.has(key)) parts.set(key, [])
  }
  return [...parts].flatMap(([key, some]): GroupSum[] => {
    const [dimension = '', total = ''] = key.split('|')
    const all = groups.get(total) as number
    if (some.length === 0 && all === 0) return []
    const known = some.reduce((n, g) => n + (groups.get(g) as number), 0)
    if (known > all && holding === 'may hold') return []
    if (known !== all && holding === 'rounded') return []
    if (known > all) throw new PartsAboveTotal(`The group “${plainGroup(total)}”`, all, known)
    if (known === all) return [{ dimension, total, parts: some, rest: undefined }]
    const left = restIn(total, dimension)
    groups.set(left, all - known)
    return [{ dimension, total, parts: [...some, left], rest: left }]
  })
}

/** All cells of one measure, with every sum that an attacker can use. */
function ofMeasure(
  { name: release, statusOf, holding }: SheetOf,
  measure: Measure,
  figures: readonly (readonly [Counted, number])[],
  sums: readonly PlaceSum[],
): { cells: Cell[]; sums: Sum[] } {
  const counts: Counts = new Map()
  const statuses = new Map<string, CellStatus>()
  for (const [figure, count] of figures) {
    if (Number.isNaN(count)) continue
    const subject = String(figure.subject)
    counts.set(subject, (counts.get(subject) ?? new Map()).set(figure.group, count))
    statuses.set(keyOf(release, measure, subject, figure.group), statusOf(figure))
  }
  const key = (subject: string, group: string) => keyOf(release, measure, subject, group)
  const places = partsOfPlaces(counts, sums)
  addRestOfPlaces(counts, places, holding)
  const found: Sum[] = []
  const domains = domainsOf(counts)
  for (const [subject, groups] of counts) {
    for (const { dimension, total, parts, rest: left } of groupSums(groups, holding)) {
      const domain = subject.includes(rest) ? [] : (domains.get(`${dimension}|${total}`) ?? [])
      found.push({
        of: `${measure}|${subject}|${dimension} of ${total}`,
        total: key(subject, total),
        parts: parts.map((g) => key(subject, g)),
        rest: left === undefined ? undefined : key(subject, left),
        unlisted: [...domain].filter((g) => !parts.includes(g)).map((g) => key(subject, g)),
      })
    }
  }
  for (const place of places) {
    for (const [group, count] of counts.get(place.total) ?? []) {
      const has = (p: string) => counts.get(p)?.has(group) === true
      const left = place.rest(group)
      const known = [...place.parts(group), left].filter(has)
      const sum = known.reduce((n, p) => n + (counts.get(p)?.get(group) ?? 0), 0)
      // The rest of a group may be nobody's in one of the parts: then there is no cell for it.
      if (known.length === 0 || sum !== count) continue
      found.push({
        of: `${measure}|${place.of}|${group}`,
        total: key(place.total, group),
        parts: known.map((p) => key(p, group)),
        rest: has(left) ? key(left, group) : undefined,
        unlisted: group.includes(rest) ? [] : place.unlisted(group).map((p) => key(p, group)),
      })
    }
  }
  const cells = [...counts].flatMap(([subject, groups]) =>
    [...groups].map(([group, count]) => ({
      key: key(subject, group),
      count,
      status: statuses.get(key(subject, group)) ?? ('unpublished' as const),
    })),
  )
  const unlisted = sumsOfUnlisted(cells, found, sumsOfParts(counts, places, domains, key))
  return { cells: [...cells, ...unlisted.cells], sums: [...found, ...unlisted.sums] }
}

/** The same of sums behind means: where some come to more than their total, all are taken to be rounded. */
const ofSums: typeof ofMeasure = (sheet, ...of) => {
  try {
    return ofMeasure({ ...sheet, holding: 'must hold' }, ...of)
  } catch (error) {
    if (!(error instanceof PartsAboveTotal)) throw error
    return ofMeasure({ ...sheet, holding: 'rounded' }, ...of)
  }
}

/** The figures of one indicator in a release: its name, what may become of each, and whether sums must hold. */
interface SheetOf {
  readonly name: string
  readonly statusOf: (figure: Counted) => CellStatus
  readonly holding: Holding
}

/** A release's figures of one indicator and period, as the cells of a table. */
export interface ReleaseCells {
  readonly cells: readonly Cell[]
  readonly sums: readonly Sum[]
}

/** The figures of an indicator in a release are a sheet of their own. */
const sheetOf = (release: string, { indicator }: Pick<Counted, 'indicator'>): string =>
  indicator === undefined ? release : `${release}:${indicator}`

/** The key of a count of a figure. */
export const keyOfFigure = (release: string, measure: Measure, figure: Counted): string =>
  keyOf(sheetOf(release, figure), measure, String(figure.subject), figure.group)

/**
 * Every count that the figures of a period would publish, and every sum that ties them: groups within all, places
 * within places, those counted with the others to all, one indicator within another, bases of the same people, and
 * counts that two indicators share.
 * @param release a name that tells these from another release's.
 * @param holding whether a sum that cannot be true is an error; else it is left out.
 * @throws PartsAboveTotal where parts come to more than their total, and must not.
 */
export function cellsOf(
  release: string,
  figures: readonly Counted[],
  places: readonly PlaceSum[],
  statusOf: (figure: Counted) => CellStatus,
  links: readonly Link[] = [],
  holding: Holding = 'must hold',
  bases: SmallBases = { lists: [], threshold: 1 },
): ReleaseCells {
  const sheets = Map.groupBy(figures, (f) => sheetOf(release, f))
  const all = [
    ...[...sheets].map(([name, some]) => cellsOfSheet({ name, statusOf, holding }, some, places)),
    ...links.map((link) => linkCells(release, figures, link, holding)),
    differencesOfBases(figures, bases, statusOf, (f) => keyOfFigure(release, 'base', f)),
    sumsAddingUp(release, figures, (m, f) => keyOfFigure(release, m, f)),
    { cells: [], sums: sumsOfSame(figures, (m, f) => keyOfFigure(release, m, f)) },
  ]
  return { cells: all.flatMap((a) => a.cells), sums: all.flatMap((a) => a.sums) }
}

/** Who is counted by the larger of two indicators and not by the smaller: nobody publishes that. */
function linkCells(
  release: string,
  figures: readonly Counted[],
  { part, of }: Link,
  holding: Holding,
): ReleaseCells {
  const larger = new Map(
    figures.filter((f) => f.indicator === of).map((f) => [`${f.subject}|${f.group}`, f]),
  )
  const cells: Cell[] = []
  const sums: Sum[] = []
  for (const figure of figures) {
    const whole = larger.get(`${figure.subject}|${figure.group}`)
    if (figure.indicator !== part || !whole || Number.isNaN(figure.part + whole.part)) continue
    if (figure.part > whole.part && holding === 'may hold') continue
    if (figure.part > whole.part)
      throw new PartsAboveTotal(`A count of ${of}`, whole.part, figure.part)
    const key = [release, `${of} without ${part}`, figure.subject, figure.group].join('|')
    cells.push({ key, count: whole.part - figure.part, status: 'unpublished' })
    const parts = [keyOfFigure(release, 'part', figure), key]
    const total = keyOfFigure(release, 'part', whole)
    sums.push({ of: key.slice(release.length), total, parts, rest: key })
  }
  return { cells, sums }
}

/** The cells of one indicator. */
function cellsOfSheet(
  sheet: SheetOf,
  figures: readonly Counted[],
  places: readonly PlaceSum[],
): ReleaseCells {
  const based = figures.filter((f) => f.base !== null)
  const counts = {
    part: figures.map((f) => [f, f.part] as const),
    others: based.map((f) => [f, (f.base ?? 0) - f.part] as const),
    base: based.map((f) => [f, f.base ?? 0] as const),
    people: figures.map((f) => [f, f.people ?? Number.NaN] as const),
  }
  const isSum = figures.some((f) => f.isSum)
  const all = measures.map((m) => {
    // Who is asked of a part need not be asked of the whole: where there are more, they do not add up.
    if (m === 'people') return ofMeasure({ ...sheet, holding: 'may hold' }, m, counts[m], places)
    return (isSum ? ofSums : ofMeasure)(sheet, m, counts[m], places)
  })
  const across = based
    .filter((f) => !Number.isNaN(f.part + (f.base ?? 0)))
    .map((f) => {
      const key = (m: Measure) => keyOf(sheet.name, m, String(f.subject), f.group)
      return { total: key('base'), parts: [key('part'), key('others')] }
    })
  return {
    cells: all.flatMap((m) => m.cells),
    sums: [...all.flatMap((m) => m.sums), ...across],
  }
}

/** The cells of one release or more as one table, with what else is known to hold between them. */
export function tableOf(all: readonly ReleaseCells[], more: readonly Sum[] = []): CellTable {
  const tables = all.flatMap(({ cells }) =>
    cells.map(({ key, count, status }) =>
      crossTable({ dimensions: [], rows: [{ codes: [], count, status }], population: key }),
    ),
  )
  const sums = [...all.flatMap((r) => r.sums), ...more].map(({ total, parts }) => ({
    total: cellKeyOf(total),
    parts: parts.map(cellKeyOf),
  }))
  return linkTables(tables, { sums })
}

export const cellsOfFigure = (release: string, figure: Counted): string[] =>
  measures.filter((m) => countOf(figure, m) !== null).map((m) => keyOfFigure(release, m, figure))
