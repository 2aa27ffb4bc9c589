import { Kept } from '../comparison/kept.ts'
import type { State } from '../comparison/reader.ts'
import type { Database } from '../database/database.ts'
import type { SubjectStore } from '../providers/store.ts'
import { type Degrees, distance } from './grid.ts'
import { type Placing, Postcodes, placings, postcodeOf, sharedPart } from './locate.ts'
import type { MapPoint, Near, NearService } from './maps.ts'

/** A provider as it is listed, placed or not. */
interface Provider extends Omit<MapPoint, 'at' | 'how'> {
  readonly parents: readonly number[]
  readonly placed: { readonly at: Degrees; readonly how: Placing } | null
}

/** A provider that has closed is not what somebody looks for nearby. */
export const isOpen = (status: string | null): boolean =>
  status === null || !/^(closed|inactive|dormant)/i.test(status)

/** Where providers lie, as it was stored at publish. */
export class PointStore {
  readonly #db: Database
  readonly #subjects: SubjectStore
  readonly #providers = new Kept<readonly Provider[]>(1)
  readonly #postcodes = new Kept<Postcodes>(1)

  constructor(db: Database, subjects: SubjectStore) {
    this.#db = db
    this.#subjects = subjects
  }

  async points(state: State, service: string, place?: string) {
    const id = place === undefined ? null : ((await this.#subjects.listing(state, place))?.id ?? -1)
    const all = (await this.#all(state)).filter(
      (p) => p.service === service && isOpen(p.status) && (id === null || p.parents.includes(id)),
    )
    const points = all.flatMap((p) => point(p) ?? [])
    return { points, unplaced: all.filter((p) => p.placed === null).map((p) => p.code) }
  }

  async near(state: State, text: string, most: number): Promise<Near | null> {
    const postcode = postcodeOf(text)
    const all = await this.#all(state)
    if (postcode === null) return null
    const found = (await this.#known(state)).find(postcode)
    const open = all.filter((p) => isOpen(p.status) && p.service !== null)
    const services = [...Map.groupBy(open, (p) => p.service ?? '')].map(
      ([service, some]): NearService => {
        const placed = some.flatMap((p) => point(p) ?? [])
        const alike = alikeOf(some, postcode)
        return {
          service,
          nearest: found ? nearestOf(placed, found.at, most) : [],
          alike: alike.slice(0, most),
          alikeCount: alike.length,
          unplaced: some.length - placed.length,
        }
      },
    )
    if (!found && services.every((s) => s.alikeCount === 0)) return null
    return { postcode, how: found?.how ?? null, from: found?.from ?? 0, services }
  }

  /** Postcodes by the providers whose coordinates are known. */
  #known(state: State): Promise<Postcodes> {
    return this.#postcodes.get(String(state.publication), async () => {
      const exact = (await this.#all(state)).flatMap(({ postcode, placed }) =>
        placed?.how === 'exact' ? [{ postcode, at: placed.at }] : [],
      )
      return new Postcodes(exact)
    })
  }

  #all(state: State): Promise<readonly Provider[]> {
    return this.#providers.get(String(state.publication), async () => {
      const [row] = await this.#db.query<{
        subjects: number[]
        longitude: number[]
        latitude: number[]
        how: number[]
      }>(
        `select subjects, longitude, latitude, how from map_points where publication <= $1
         order by publication desc limit 1`,
        [state.publication],
      )
      const placed = new Map<number, Provider['placed']>()
      row?.subjects.forEach((id, i) => {
        const at: Degrees = [row.longitude[i] ?? 0, row.latitude[i] ?? 0]
        placed.set(id, { at, how: placings[row.how[i] ?? 0] ?? 'outward' })
      })
      const listed = await this.#subjects.providers(state)
      return listed.map((l) => ({ ...l, placed: placed.get(l.id) ?? null }))
    })
  }
}

const nearestOf = (placed: readonly MapPoint[], at: Degrees, most: number) =>
  placed
    .map((p) => ({ ...p, kilometres: distance(at, p.at) }))
    .sort((a, b) => a.kilometres - b.kilometres || (a.code < b.code ? -1 : 1))
    .slice(0, most)

/** Those without a place whose postcode shares a part with the one asked for, the likest first. */
function alikeOf(some: readonly Provider[], postcode: string): NearService['alike'] {
  return some
    .flatMap(({ placed, ...p }) => {
      const shares = placed === null ? sharedPart(p.postcode, postcode) : null
      return shares === null ? [] : [{ ...p, shares }]
    })
    .sort(
      (a, b) =>
        placings.indexOf(a.shares) - placings.indexOf(b.shares) ||
        a.name.localeCompare(b.name, 'en-GB') ||
        (a.code < b.code ? -1 : 1),
    )
}

function point({ placed, ...p }: Provider): MapPoint | null {
  return placed && { ...p, ...placed }
}
