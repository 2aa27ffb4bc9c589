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

/** Whether sums must hold, or are left out where they do not: places move between one release and the next. */
export type Holding = 'must hold' | 'may hold'

/** A group without one of its dimensions: `age=5;sex=girls` without sex is `age=5`. */
export function without(group: string, dimension: string): string {
  return group
    .split(';')
    .filter((part) => part.split('=')[0] !== dimension)
    .join(';')
}

export const dimensionsOf = (group: string): string[] =>
  group === '' ? [] : group.split(';').map((part) => part.split('=')[0] as string)

/** Counts by subject and group; a subject may stand for what is left of a place. */
export type Counts = Map<string, Map<string, number>>
