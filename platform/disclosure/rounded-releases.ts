import type { Queries } from '../database/database.ts'

/** To what counts were rounded, by release and indicator; nothing where they were not. */
export type RoundedTo = (release: number, indicator: string) => number | null

/** Which figures have rounded counts: rounded when they were published, or by their source before. */
export async function roundedReleases(db: Queries): Promise<RoundedTo> {
  const rows = await db.query<{ release: number; indicator: string; base: number }>(
    `select distinct release_id as release, indicator, counts_rounded_to as base
     from observation_series where counts_rounded_to is not null`,
  )
  const bases = new Map(rows.map((r) => [`${r.release} ${r.indicator}`, r.base]))
  return (release, indicator) => bases.get(`${release} ${indicator}`) ?? null
}
