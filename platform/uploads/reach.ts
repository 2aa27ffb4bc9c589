import type { Queries } from '../database/database.ts'

/** Providers of one service whom a release is about. */
export interface ProvidersOf {
  readonly service: string
  readonly count: number
  /** One of them, for a sentence. */
  readonly name: string
}

/**
 * Of which services the providers are whom a release has figures of or describes, as they were listed last. Whom
 * nothing has listed yet, and places, are left out.
 */
export const providersOf = (db: Queries, release: number): Promise<ProvidersOf[]> =>
  db.query<ProvidersOf>(
    `with about as (
       select unnest(subjects) as id from observation_series where release_id = $1
       union select subject_id from description where release_id = $1)
     select l.service, count(*)::int as count, min(l.name) as name
     from about a join subject s on s.id = a.id and s.kind = 'provider'
     cross join lateral (select service, name from listing
       where subject_id = a.id and publication <= (select coalesce(max(id), 0) from publication)
       order by publication desc limit 1) l
     where l.service is not null group by l.service order by l.service`,
    [release],
  )
