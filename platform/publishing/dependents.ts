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

/** In the order in which they are computed: each may rest on those before it. */
export const dependents: readonly Dependent[] = [
  maps,
  judgements,
  fairness,
  reportCards,
  value,
  signals,
]
