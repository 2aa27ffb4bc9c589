import { reportCards } from '../cards/compute.ts'
import type { Database } from '../database/database.ts'
import { signals } from '../desk/compute.ts'
import type { Catalogue } from '../evidence/catalogue.ts'
import type { Indicator } from '../evidence/indicator.ts'
import { fairness } from '../fairness/compute.ts'
import { maps } from '../places/compute.ts'
import { judgements } from '../standards/compute.ts'
import { value } from '../value/compute.ts'
import type { Listing } from './listings.ts'

/** A publication whose figures are computed and do not count yet: what judging may rest on. */
export interface PublicationAtHand {
  readonly db: Database
  /** Its number; everything that is stored for it carries it. */
  readonly number: number
  /** The releases that count in it. */
  readonly releases: readonly number[]
  readonly catalogue: Catalogue
  readonly indicators: ReadonlyMap<string, Indicator>
  /** Providers and places as this publication lists them, by subject number. */
  readonly listings: ReadonlyMap<number, Listing>
  /** The statistically nearest others of each provider, by subject number. */
  readonly peers: ReadonlyMap<number, Int32Array>
  /** Indicators whose series were computed anew: what rests on none of them stays as it is. */
  readonly touched: ReadonlySet<string>
  readonly signal: AbortSignal | undefined
}

/** Something that follows from figures: computed once, at publish, after them. */
export interface Dependent {
  /** What it is, for the progress line: "Judging". */
  readonly label: string
  /** Its tables, whose rows carry the publication's number in the column `publication`. */
  readonly tables: readonly string[]
  /**
   * Stores what follows from the figures under the publication's number. Nothing of an earlier
   * number is changed: what is gone is stored as gone.
   */
  compute(publication: PublicationAtHand): Promise<void>
}

/** What goes on beside one another; each thing in a line may rest on those before it in its own. */
const besides: readonly (readonly Dependent[])[] = [
  // Most of it is done on a thread of its own.
  [value],
  [maps, judgements, fairness, reportCards],
]

/** What rests on all others. */
const last = signals

export const dependents: readonly Dependent[] = [...besides.flat(), last]

/**
 * Computes all that follows from figures. `on` is told of each thing that is begun.
 * @throws what the first of them threw that failed; none of the others is begun any more, or stores anything.
 */
export async function computeDependents(
  publication: PublicationAtHand,
  on: (begun: Dependent) => void,
): Promise<void> {
  const failed = new AbortController()
  const { signal } = failed
  const both = publication.signal ? AbortSignal.any([publication.signal, signal]) : signal
  const at = { ...publication, signal: both }
  const compute = async (one: Dependent): Promise<void> => {
    both.throwIfAborted()
    on(one)
    await one.compute(at)
  }
  const inLine = async (line: readonly Dependent[]): Promise<void> => {
    try {
      for (const one of line) await compute(one)
    } catch (error) {
      failed.abort(error)
      throw error
    }
  }
  await Promise.allSettled(besides.map(inLine))
  both.throwIfAborted()
  await compute(last)
}
