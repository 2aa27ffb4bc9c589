import { type CellStatus, type CellTable, crossTable, linkTables } from '@plumbline/disclosure'
import { differencesOfBases } from './bases.ts'
import type { Counted, PlaceSum } from './counts.ts'
import type { Link, SameBase } from './declaration.ts'

/** The two or three counts behind a figure: those counted, the others, and all. */
const measures = ['part', 'others', 'base'] as const
type Measure = (typeof measures)[number]

/** What is left of a total when the parts that are published are taken out of it. */
const rest = '~rest'

export interface Cell {
  readonly key: string
  readonly count: number
  readonly status: CellStatus
}

/** A sum that is known to hold. */
export interface Sum {
  readonly total: string
  readonly parts: readonly string[]
}

/** A figure that cannot be true: its parts are more than their total. */
export class PartsAboveTotal extends Error {
  /** The same without its figures. */
  readonly unnamed: string

  constructor(what: string, total: number, parts: number) {
    const todo =
      "correct the file, or leave the places or groups that do not add up out of the descriptor's chains."
    super(`${what} is ${total}, but its parts come to ${parts}: ${todo}`)
    this.unnamed = `The parts of a place or group come to more than its total: ${todo}`
  }
}

const keyOf = (release: string, measure: Measure, subject: string, group: string): string =>
  [release, measure, subject, group].join('|')

/** The cells' place in a table of {@link cellsOf}. */
export const cellKeyOf = (key: string): string => `${encodeURIComponent(key)}?`

/** A group without one of its dimensions: `age=5;sex=girls` without sex is `age=5`. */
function without(group: string, dimension: string): string {
  return group
    .split(';')
    .filter((part) => part.split('=')[0] !== dimension)
    .join(';')
}

const dimensionsOf = (group: string): string[] =>
  group === '' ? [] : group.split(';').map((part) => part.split('=')[0] as string)

/** Counts by subject and group; a subject may stand for what is left of a place. */
type Counts = Map<string, Map<string, number>>

/** What is left of each place beyond the parts that are published, as a subject of its own. */
function addRestOfPlaces(counts: Counts, sums: readonly PlaceSum[]): [string, string[]][] {
  return sums.map(({ total, parts }, at) => {
    const own = counts.get(String(total)) ?? new Map<string, number>()
    const left = new Map<string, number>()
    for (const [group, count] of own) {
      const known = parts.reduce((n, p) => n + (counts.get(String(p))?.get(group) ?? 0), 0)
      if (known > count) throw new PartsAboveTotal(`A place (${total})`, count, known)
      left.set(group, count - known)
    }
    const names = parts.map(String)
    if (![...left.values()].some((x) => x > 0)) return [String(total), names]
    const name = `${rest} of ${total} in ${at}`
    counts.set(name, left)
    return [String(total), [...names, name]]
  })
}

/** Each total of a group with its parts: everyone is the sum of girls, boys and the rest. */
function groupSums(groups: Map<string, number>): [string, string[]][] {
  const parts = new Map<string, string[]>()
  for (const group of groups.keys()) {
    for (const dimension of dimensionsOf(group)) {
      const total = without(group, dimension)
      if (!groups.has(total)) continue
      const key = `${dimension}|${total}`
      parts.set(key, [...(parts.get(key) ?? []), group])
    }
  }
  return [...parts].map(([key, some]): [string, string[]] => {
    const [dimension = '', total = ''] = key.split('|')
    const all = groups.get(total) as number
    const known = some.reduce((n, g) => n + (groups.get(g) as number), 0)
    if (known > all) throw new PartsAboveTotal(`The group “${total}”`, all, known)
    if (known === all) return [total, some]
    const left = `${total === '' ? '' : `${total};`}${dimension}=${rest}`
    groups.set(left, all - known)
    return [total, [...some, left]]
  })
}

/** All cells of one measure, with every sum that an attacker can use. */
function ofMeasure(
  release: string,
  measure: Measure,
  figures: readonly (readonly [Counted, number])[],
  sums: readonly PlaceSum[],
  statusOf: (figure: Counted) => CellStatus,
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
  const ofPlaces = addRestOfPlaces(counts, sums)
  const found: Sum[] = []
  for (const [subject, groups] of counts) {
    for (const [total, parts] of groupSums(groups)) {
      found.push({ total: key(subject, total), parts: parts.map((g) => key(subject, g)) })
    }
  }
  for (const [total, parts] of ofPlaces) {
    for (const group of counts.get(total)?.keys() ?? []) {
      const known = parts.filter((p) => counts.get(p)?.has(group))
      const sum = known.reduce((n, p) => n + (counts.get(p)?.get(group) ?? 0), 0)
      // The rest of a group may be nobody's in one of the parts: then there is no cell for it.
      if (known.length === 0 || sum !== counts.get(total)?.get(group)) continue
      found.push({ total: key(total, group), parts: known.map((p) => key(p, group)) })
    }
  }
  const cells = [...counts].flatMap(([subject, groups]) =>
    [...groups].map(([group, count]) => ({
      key: key(subject, group),
      count,
      status: statuses.get(key(subject, group)) ?? ('unpublished' as const),
    })),
  )
  return { cells, sums: found }
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

/** Which indicators have bases of the same people, and from how many on their differences may be told. */
export interface SmallBases {
  readonly lists: readonly SameBase[]
  readonly threshold: number
}

/**
 * Every count that the figures of a period would publish, and every sum that ties them: groups within all, places
 * within places, those counted with the others to all, one indicator within another, and bases of the same people.
 * @param release a name that tells these from another release's.
 * @throws PartsAboveTotal where parts come to more than their total.
 */
export function cellsOf(
  release: string,
  figures: readonly Counted[],
  places: readonly PlaceSum[],
  statusOf: (figure: Counted) => CellStatus,
  links: readonly Link[] = [],
  { lists, threshold }: SmallBases = { lists: [], threshold: 1 },
): ReleaseCells {
  const sheets = Map.groupBy(figures, (f) => sheetOf(release, f))
  const all = [
    ...[...sheets].map(([sheet, some]) => cellsOfSheet(sheet, some, places, statusOf)),
    ...links.map((link) => linkCells(release, figures, link)),
    differencesOfBases(figures, lists, threshold, (f) => keyOfFigure(release, 'base', f)),
  ]
  return { cells: all.flatMap((a) => a.cells), sums: all.flatMap((a) => a.sums) }
}

/** Who is counted by the larger of two indicators and not by the smaller: nobody publishes that. */
function linkCells(release: string, figures: readonly Counted[], { part, of }: Link): ReleaseCells {
  const larger = new Map(
    figures.filter((f) => f.indicator === of).map((f) => [`${f.subject}|${f.group}`, f]),
  )
  const cells: Cell[] = []
  const sums: Sum[] = []
  for (const figure of figures) {
    const whole = larger.get(`${figure.subject}|${figure.group}`)
    if (figure.indicator !== part || !whole || Number.isNaN(figure.part + whole.part)) continue
    if (figure.part > whole.part)
      throw new PartsAboveTotal(`A count of ${of}`, whole.part, figure.part)
    const key = [release, `${of} without ${part}`, figure.subject, figure.group].join('|')
    cells.push({ key, count: whole.part - figure.part, status: 'unpublished' })
    const parts = [keyOfFigure(release, 'part', figure), key]
    sums.push({ total: keyOfFigure(release, 'part', whole), parts })
  }
  return { cells, sums }
}

/** The cells of one indicator. */
function cellsOfSheet(
  release: string,
  figures: readonly Counted[],
  places: readonly PlaceSum[],
  statusOf: (figure: Counted) => CellStatus,
): ReleaseCells {
  const based = figures.filter((f) => f.base !== null)
  const all = [
    ofMeasure(
      release,
      'part',
      figures.map((f) => [f, f.part] as const),
      places,
      statusOf,
    ),
    ofMeasure(
      release,
      'others',
      based.map((f) => [f, (f.base ?? 0) - f.part] as const),
      places,
      statusOf,
    ),
    ofMeasure(
      release,
      'base',
      based.map((f) => [f, f.base ?? 0] as const),
      places,
      statusOf,
    ),
  ]
  const across = based
    .filter((f) => !Number.isNaN(f.part + (f.base ?? 0)))
    .map((f) => {
      const [part, others, base] = measures.map((m) =>
        keyOf(release, m, String(f.subject), f.group),
      )
      return { total: base as string, parts: [part as string, others as string] }
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
  measures
    .filter((m) => m === 'part' || figure.base !== null)
    .map((m) => keyOfFigure(release, m, figure))
