import { groupsOf } from './publish-people.ts'

/** What of some people is counted: `yes`, `no`, `unknown`, ... */
export type Counts = Readonly<Record<string, number>>

/** People of a ward and of one value of each column: how many they are, and how many of them are counted as what. */
export interface MixedCell {
  readonly place: string
  readonly values: Readonly<Record<string, string>>
  readonly all: number
  readonly counts: Counts
}

/** What everybody knows who attacks: places, values, and which counts tell of which. */
export interface MixedWorld {
  /** Values that hold others, by column: `{ age: { '0-15': ['0-4', '5-15'] } }`. */
  readonly wider: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>
  /** Larger places, their levels and their wards. */
  readonly above: Readonly<
    Record<string, { readonly level: string; readonly wards: readonly string[] }>
  >
  /** Answers of which everybody gave one. */
  readonly answers: readonly string[]
  /** Who is counted as the one is counted as the other too, as the descriptor declares. */
  readonly within: Readonly<Record<string, string>>
}

/** Of all people a count or a mean, or the share of those who are counted as something; or a count of these. */
export interface MixedIndicator {
  readonly code: string
  readonly kind: 'count' | 'mean' | 'proportion'
  /** As what; left out where it is of all people. */
  readonly counts?: string
}

/** A figure of a file. */
export interface MixedRow {
  readonly indicator: string
  readonly place: string
  readonly group: string
}

/** A release lists some rows of the people as they are then: the same cells in each, in the same order. */
export interface MixedRelease {
  readonly cells: readonly MixedCell[]
  readonly rows: readonly MixedRow[]
}

/** Releases that follow each other in one slot. */
export interface MixedHistory {
  readonly world: MixedWorld
  readonly indicators: readonly MixedIndicator[]
  /** The disclosure of the descriptor. */
  readonly declared: object
  readonly releases: readonly MixedRelease[]
}

/** A place and a group. */
export type Whom = Pick<MixedRow, 'place' | 'group'>

/** All places and groups of which there are rows, listed or not. */
export function everyone({ world, releases }: Pick<MixedHistory, 'world' | 'releases'>): Whom[] {
  const cells = releases[0]?.cells ?? []
  const places = [...new Set(cells.map((c) => c.place)), ...Object.keys(world.above)]
  const groups = new Set(cells.flatMap((c) => groupsOf(c.values, world.wider)))
  return places.flatMap((place) => [...groups].map((group): Whom => ({ place, group })))
}

/** The cells that are some people, by their places in the list of all. */
export function cellsOfWhom(
  cells: readonly MixedCell[],
  { place, group }: Whom,
  { wider, above }: MixedWorld,
): number[] {
  const wards = above[place]?.wards ?? [place]
  const wanted = group.split(';').flatMap((part): [string, readonly string[]][] => {
    const [column = '', value = ''] = part.split('=')
    return part === '' ? [] : [[column, [value, ...(wider[column]?.[value] ?? [])]]]
  })
  return [...cells.keys()].filter((at) => {
    const { place: ward, values } = cells[at] as MixedCell
    return (
      wards.includes(ward) &&
      wanted.every(([column, values_]) => values_.includes(values[column] ?? ''))
    )
  })
}

/** How many some cells are, or how many of them are counted as something. */
export function countOfCells(
  cells: readonly MixedCell[],
  some: readonly number[],
  counts: string | undefined,
): number {
  const own = some.map((at) => cells[at] as MixedCell)
  return own.reduce((n, c) => n + (counts === undefined ? c.all : (c.counts[counts] ?? 0)), 0)
}
