import { Kept } from '../comparison/kept.ts'
import type { State } from '../comparison/reader.ts'
import type { Database } from '../database/database.ts'
import { closedFact } from '../publishing/listings.ts'

/** A provider or place as lists of them need it, with the codes of all that it lies in. */
export interface Registered {
  readonly kind: 'provider' | 'place'
  readonly code: string
  readonly name: string
  readonly service: string | null
  readonly level: string | null
  readonly type: string | null
  readonly postcode: string | null
  readonly town: string | null
  readonly closed: boolean
  /** The day, as its source writes it. */
  readonly closedOn: string | null
  /** Codes of the places that hold it, from the smallest to the largest. */
  readonly within: readonly string[]
}

/** Everybody whom a state lists, but small areas, of which there are tens of thousands. */
export interface RegisterReader {
  /** All providers by code. */
  providers(state: State): Promise<readonly Registered[]>
  /** All places by code, without small areas. */
  places(state: State): Promise<readonly Registered[]>
  /** Whether a code is that of one of these places. */
  isPlace(state: State, code: string): Promise<boolean>
}

interface Row extends Omit<Registered, 'within'> {
  readonly id: number
  readonly parents: readonly number[]
}

/** All that a state lists, sorted out once. */
interface Known {
  readonly providers: readonly Registered[]
  readonly places: readonly Registered[]
  readonly placeCodes: ReadonlySet<string>
}

const byCode = (a: Registered, b: Registered): number => (a.code < b.code ? -1 : 1)

/** The list of who there is, kept as long as nobody's listing changes. */
export class Register implements RegisterReader {
  readonly #db: Database
  readonly #listedIn: (state: State) => Promise<number>
  readonly #all = new Kept<Known>(2)

  constructor(db: Database, listedIn: (state: State) => Promise<number>) {
    this.#db = db
    this.#listedIn = listedIn
  }

  async providers(state: State): Promise<readonly Registered[]> {
    return (await this.#known(state)).providers
  }

  async places(state: State): Promise<readonly Registered[]> {
    return (await this.#known(state)).places
  }

  async isPlace(state: State, code: string): Promise<boolean> {
    return (await this.#known(state)).placeCodes.has(code)
  }

  async #known(state: State): Promise<Known> {
    const listed = await this.#listedIn(state)
    return this.#all.get(String(listed), () => this.#read(listed))
  }

  async #read(publication: number): Promise<Known> {
    const rows = await this.#db.query<Row>(
      `select s.id, s.kind, s.code, l.name, l.service, l.level, l.body->>'type' as type, l.postcode,
         l.town, coalesce((l.body->>'closed')::boolean, false) as closed,
         l.body->'facts'->>'${closedFact}' as "closedOn", l.parents
       from listing l join subject s on s.id = l.subject_id
       where l.level is distinct from 'lsoa' and l.publication <= $1 and not l.ended
         and not exists (select 1 from listing n where n.subject_id = l.subject_id
           and n.publication <= $1 and n.publication > l.publication)`,
      [publication],
    )
    const codes = new Map(rows.map((r) => [r.id, r.code]))
    const all = rows
      .map(({ id: _, parents, ...row }) => ({
        ...row,
        within: parents.flatMap((p) => codes.get(p) ?? []),
      }))
      .sort(byCode)
    const places = all.filter((r) => r.kind === 'place')
    return {
      providers: all.filter((r) => r.kind === 'provider'),
      places,
      placeCodes: new Set(places.map((p) => p.code)),
    }
  }
}
