import { type CellStatus, type CellTable, listedTable } from '@plumbline/disclosure'
import { differencesOfBases, type SmallBases } from './bases.ts'
import { cellsOfColumn } from './column-cells.ts'
import type { Counted, PlaceSum } from './counts.ts'
import type { Link } from './declaration.ts'
import { type Known, knownSums, sumsAddingUp, type ToldCount, toldBySums } from './known-sums.ts'
import { countOf, type Measure, measures, sumsOfSame } from './same-counts.ts'
import { cellsOfSamePeople } from './same-people.ts'
import { type Cell, type Holding, PartsAboveTotal, type Sum } from './sums.ts'

const keyOf = (release: string, measure: Measure, subject: string, group: string): string =>
  [release, measure, subject, group].join('|')

/** The cells' place in a table of {@link cellsOf}. */
export const cellKeyOf = (key: string): string => `${encodeURIComponent(key)}?`

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
 * @param known what is known of the indicators: of the figures by themselves, what adds up among them.
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
  known: Known = { sums: knownSums([figures]), isPublic: () => false },
): ReleaseCells {
  const sheets = Map.groupBy(figures, (f) => sheetOf(release, f))
  const told = Map.groupBy(toldBySums(figures, known), (t) => sheetOf(release, t.figure))
  const usable: ToldCount[] = []
  const ofSheets = [...sheets].map(([name, some]) => {
    const sheet = { name, statusOf, holding }
    const more = told.get(name) ?? []
    const cells = more.length === 0 ? null : withTold(sheet, some, places, more)
    if (cells) usable.push(...more)
    return cells ?? cellsOfSheet(sheet, some, places)
  })
  const all = [
    ...ofSheets,
    ...links.map((link) => linkCells(release, figures, link, holding)),
    differencesOfBases(figures, bases, statusOf, (f) => keyOfFigure(release, 'base', f)),
    sumsAddingUp(release, figures, known, (m, f) => keyOfFigure(release, m, f), usable),
    { cells: [], sums: sumsOfSame(figures, (m, f) => keyOfFigure(release, m, f)) },
    cellsOfSamePeople(release, figures, places, (m, f) => keyOfFigure(release, m, f)),
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

/** The cells of one indicator with what others tell of it; null where that cannot be true: then it was chance. */
function withTold(
  sheet: SheetOf,
  figures: readonly Counted[],
  places: readonly PlaceSum[],
  told: readonly ToldCount[],
): ReleaseCells | null {
  try {
    return cellsOfSheet(sheet, figures, places, told)
  } catch (error) {
    if (error instanceof PartsAboveTotal) return null
    throw error
  }
}

/** All cells of one measure, with every sum that an attacker can use. */
function ofMeasure(
  { name, statusOf, holding }: SheetOf,
  measure: Measure,
  figures: readonly (readonly [Counted, number])[],
  places: readonly PlaceSum[],
  told: readonly ToldCount[] = [],
): ReleaseCells {
  const keyOfCell = (subject: string, group: string) => keyOf(name, measure, subject, group)
  const listed = figures
    .filter(([, count]) => !Number.isNaN(count))
    .map(([f, count]) => {
      return { subject: String(f.subject), group: f.group, count, status: statusOf(f) }
    })
  const more = told
    .filter((t) => t.measure === measure)
    .map(({ figure: { subject, group }, count, isPublic }) => {
      const status = isPublic ? ('published' as const) : ('unpublished' as const)
      return { subject: String(subject), group, count, status }
    })
  return cellsOfColumn({ name: measure, keyOf: keyOfCell, holding, places }, [...listed, ...more])
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

/** The cells of one indicator. */
function cellsOfSheet(
  sheet: SheetOf,
  figures: readonly Counted[],
  places: readonly PlaceSum[],
  told: readonly ToldCount[] = [],
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
    if (m === 'people')
      return ofMeasure({ ...sheet, holding: 'may hold' }, m, counts[m], places, told)
    return (isSum ? ofSums : ofMeasure)(sheet, m, counts[m], places, told)
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
  // Every cell is named by some sums: each name is made once.
  const names = new Map<string, string>()
  const nameOf = (key: string): string => {
    const name = names.get(key) ?? cellKeyOf(key)
    names.set(key, name)
    return name
  }
  // One after another: large files have hundreds of thousands of each.
  function* cells() {
    for (const { cells } of all)
      for (const { key, count, status } of cells) yield { key: nameOf(key), count, status }
  }
  function* sums() {
    for (const { sums } of [...all, { sums: more }])
      for (const { total, parts } of sums) yield { total: nameOf(total), parts: parts.map(nameOf) }
  }
  return listedTable(cells(), sums())
}

export const cellsOfFigure = (release: string, figure: Counted): string[] =>
  measures.filter((m) => countOf(figure, m) !== null).map((m) => keyOfFigure(release, m, figure))
