import type { ReleaseRow } from '../../comparison/figures.ts'
import type { State } from '../../comparison/reader.ts'
import type { Database } from '../../database/database.ts'
import { ReleaseStore } from '../../publishing/store.ts'

/** A release that counts, with how it was read. */
export interface CurrentRelease {
  readonly row: ReleaseRow
  readonly descriptor: string
  readonly invented: boolean
  readonly isHistory: boolean
}

/** The releases that count in a state, in the order in which they were read. */
export async function currentReleases(db: Database, state: State): Promise<CurrentRelease[]> {
  const all = await new ReleaseStore(db).list(state, { limit: Number.POSITIVE_INFINITY })
  const read = await db.query<{
    id: number
    descriptor: string
    invented: boolean
    isHistory: boolean
  }>(
    `select id, descriptor, invented, split_part(slot, '|', 2) = '' as "isHistory" from release
     where published_in <= $1 and (ended_in is null or ended_in > $1)`,
    [state.publication],
  )
  const rows = new Map(all.map((r) => [r.id, r]))
  return read
    .flatMap(({ id, ...how }) => {
      const row = rows.get(id)
      return row ? [{ row, ...how }] : []
    })
    .sort((a, b) => a.row.id - b.row.id)
}
