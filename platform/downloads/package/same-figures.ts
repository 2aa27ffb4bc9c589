import { createHash } from 'node:crypto'
import type { Database } from '../../database/database.ts'
import type { PeriodKind } from '../../evidence/period.ts'
import { observations } from '../observations.ts'

/**
 * A digest of each series of a publication: every figure with its status, limits, method, counts and
 * note, and whom it is about by code, name and service; not the numbers of releases and subjects, which
 * each Plumbline gives for itself. Two Plumblines with the same digests have the same figures.
 */
export async function figureDigests(
  db: Database,
  publication: number,
  periodKind: (indicator: string) => PeriodKind | null,
): Promise<Map<string, string>> {
  const lines = new Map<string, string[]>()
  const scope = { kind: 'everything' } as const
  for await (const b of observations(db, { publication, scope, periodKind })) {
    const key = [b.indicator, b.period, b.start, b.end, b.breakdown].join('|')
    const found = lines.get(key) ?? []
    lines.set(key, found)
    for (const { release: _, ...row } of b.rows) found.push(JSON.stringify(row))
  }
  return new Map(
    [...lines].map(([key, all]) => [
      key,
      `${all.length} ${createHash('sha256').update(all.sort().join('\n')).digest('hex')}`,
    ]),
  )
}

/** What every provider and place is called and where it lies, by code. */
export async function listingsByCode(
  db: Database,
  publication: number,
): Promise<Map<string, string>> {
  const rows = await db.query<{ code: string; listing: string }>(
    `select code, json_build_array(kind, name, service, level, postcode, town, body,
       (select json_agg(p.code order by u.place) from unnest(parents) with ordinality as u(id, place)
         join subject p on p.id = u.id))::text as listing
     from (select distinct on (s.id) s.kind, s.code, l.* from listing l
       join subject s on s.id = l.subject_id where l.publication <= $1
       order by s.id, l.publication desc) newest where not ended order by code`,
    [publication],
  )
  return new Map(rows.map((r) => [r.code, r.listing]))
}
