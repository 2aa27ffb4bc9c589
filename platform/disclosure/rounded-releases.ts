import type { Queries } from '../database/database.ts'

/** The releases whose counts are rounded, each with the number to whose multiples they are. */
export async function roundedReleases(db: Queries): Promise<ReadonlyMap<number, number>> {
  const rows = await db.query<{ release: number; base: number }>(
    `select release_id as release, (rules->'round'->>'base')::int as base from protected_release
     where rules ? 'round'`,
  )
  return new Map(rows.map((r) => [r.release, r.base]))
}
