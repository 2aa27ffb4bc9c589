import type { CellStatus } from '@plumbline/disclosure'

/** What is left of a total when the parts that are published are taken out of it. */
export const rest = '~rest'

export interface Cell {
  readonly key: string
  readonly count: number
  readonly status: CellStatus
}

/** A sum that is known to hold. */
export interface Sum {
  readonly total: string
  readonly parts: readonly string[]
  /** Which sum it is, the same in every release, though one may publish other parts of it; undefined for others. */
  readonly of?: string
  /** Of its parts, what is left when those that are published are taken out. */
  readonly rest?: string | undefined
  /** Figures that are not listed and make up what is left, as far as anybody knows. */
  readonly unlisted?: readonly string[]
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

/**
 * Whether sums must hold, or are left out where they do not: places move between one release and the next. Of numbers
 * that are rounded, what is left of a total is nothing.
 */
export type Holding = 'must hold' | 'may hold' | 'rounded'

/** Stands between a group and one within it, of the same dimension. */
const inside = '\u001f'

/** A value with those that it lies in, the largest first. */
export const nested = (path: readonly string[]): string => path.join(inside)

/** A value and those that it lies in, the largest first. */
export const pathOf = (value: string): string[] => value.split(inside)

export const dimensionsOf = (group: string): string[] =>
  group === '' ? [] : group.split(';').map((part) => part.split('=')[0] as string)

/** What a group says of one of its dimensions; '' where it says nothing. */
export const valueIn = (group: string, dimension: string): string =>
  group
    .split(';')
    .find((part) => part.startsWith(`${dimension}=`))
    ?.slice(dimension.length + 1) ?? ''

/** A group that says something else of one of its dimensions. */
export const withValue = (group: string, dimension: string, value: string): string =>
  group
    .split(';')
    .map((part) => (part.startsWith(`${dimension}=`) ? `${dimension}=${value}` : part))
    .join(';')

/**
 * The next larger group in one dimension: `age=5;sex=girls` without sex is `age=5`; those under 5 within those under
 * 18 are, without their age, those under 18.
 */
export function without(group: string, dimension: string): string {
  const path = pathOf(valueIn(group, dimension))
  if (path.length > 1) return withValue(group, dimension, nested(path.slice(0, -1)))
  return group
    .split(';')
    .filter((part) => part.split('=')[0] !== dimension)
    .join(';')
}

/** What is left of a group in one dimension, as a group. */
export function restIn(group: string, dimension: string): string {
  const value = valueIn(group, dimension)
  if (value !== '') return withValue(group, dimension, nested([value, rest]))
  return `${group === '' ? '' : `${group};`}${dimension}=${rest}`
}

/** In how many steps everyone is reached from a group. */
export const stepsOf = (group: string): number =>
  dimensionsOf(group).reduce((n, d) => n + pathOf(valueIn(group, d)).length, 0)

/** A group as its file has it, without those that it lies in. */
export const plainGroup = (group: string): string =>
  dimensionsOf(group).reduce((g, d) => withValue(g, d, pathOf(valueIn(g, d)).at(-1) ?? ''), group)

/** Counts by subject and group; a subject may stand for what is left of a place. */
export type Counts = Map<string, Map<string, number>>
