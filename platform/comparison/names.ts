import type { ListingRow } from '../providers/listing-rows.ts'
import type { SubjectStore } from '../providers/store.ts'
import type { PlaceLink } from './figures.ts'
import { Kept } from './kept.ts'
import type { State } from './reader.ts'
import { inOrder, type Named, type Names } from './table.ts'

type Listings = ReadonlyMap<number, ListingRow>

/** Levels by which a table of providers may be narrowed. */
const areaLevels = ['region', 'nhs-region', 'icb', 'county', 'district']

/** From so many rows on, a table takes its names from those of everybody, which are kept. */
const many = 500

/** Who has the rows of a table: table after table names the same thousands, so they are made once. */
export class NamesStore {
  readonly #subjects: SubjectStore
  readonly #everybody = new Kept<ReadonlyMap<number, Named>>(2)

  constructor(subjects: SubjectStore) {
    this.#subjects = subjects
  }

  /** The names of some, by number, as a state sees them. */
  async of(state: State, ids: readonly number[]): Promise<Names> {
    const known = ids.length < many ? new Map<number, Named>() : await this.#all(state)
    const rest = await this.#read(
      state,
      ids.filter((id) => !known.has(id)),
    )
    const get = (id: number): Named => known.get(id) ?? rest.get(id) ?? nameless(id)
    const parents = new Set(ids.flatMap((id) => get(id).parents))
    return { get, areas: areasOf(await this.#subjects.listings(state, [...parents])) }
  }

  async #all(state: State): Promise<ReadonlyMap<number, Named>> {
    const listed = await this.#subjects.listedIn(state)
    return this.#everybody.get(String(listed), async () => {
      const everybody = await this.#subjects.everybody(state)
      const all = [...everybody.values()].map((l) => namedOf(l, everybody))
      const ranks = new Map(all.toSorted(inOrder).map((named, rank) => [named, rank]))
      const ids = [...everybody.keys()]
      return new Map(
        all.map((named, i) => [ids[i] as number, { ...named, rank: ranks.get(named) ?? null }]),
      )
    })
  }

  async #read(state: State, ids: readonly number[]): Promise<ReadonlyMap<number, Named>> {
    if (ids.length === 0) return new Map()
    const listings = await this.#subjects.listings(state, ids)
    const parents = new Set([...listings.values()].flatMap((l) => l.parents))
    const places = await this.#subjects.listings(state, [...parents])
    return new Map([...listings].map(([id, l]) => [id, namedOf(l, places)]))
  }
}

function namedOf(l: ListingRow, places: Listings): Named {
  const { code, name, kind, parents } = l
  const area = parents.map((p) => places.get(p)).find((p) => p && p.level !== 'lsoa')
  const search = `${name} ${code} ${l.postcode ?? ''}`.toLowerCase()
  const closed = l.body.closed ?? false
  return { code, name, kind, area: area?.name ?? null, closed, parents, search, rank: null }
}

/** One of whom no current release tells more than that there are figures. */
const nameless = (id: number): Named => ({
  code: String(id),
  name: String(id),
  kind: 'place',
  area: null,
  closed: false,
  parents: [],
  search: '',
  rank: null,
})

function areasOf(parents: Listings): ReadonlyMap<number, PlaceLink> {
  const areas = new Map<number, PlaceLink>()
  for (const { id, code, name, level } of parents.values()) {
    if (level !== null && areaLevels.includes(level)) areas.set(id, { code, name, level })
  }
  return areas
}
