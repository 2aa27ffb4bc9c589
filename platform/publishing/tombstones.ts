import type { Database } from '../database/database.ts'
import { bySubjects } from '../evidence/by-subjects.ts'

/** What a publication leaves behind of one dataset. */
interface LeftBehind {
  readonly dataset: string
  readonly publication: number
  /** The releases that count in it. */
  readonly releases: readonly number[]
}

/**
 * Sheets that no current release supports any more are emptied, not deleted: once the new ones are stored.
 * The newest sheet of each subject is looked at here and not in the insert: the planner does not know of
 * the rows that this publication has just written, and would go through all of them for each subject.
 */
export async function emptySheets(
  db: Database,
  { dataset, publication }: Omit<LeftBehind, 'releases'>,
): Promise<void> {
  const newest = await bySubjects<{ id: number; written: number; empty: boolean }>(
    db,
    `select distinct on (subject_id) subject_id as id, publication as written, body = '' as empty
     from sheet
     where dataset = $1 and publication <= $2 and subject_id >= $3 and subject_id < $4
     order by subject_id, publication desc`,
    [dataset, publication],
  )
  const gone = newest.filter((s) => s.written < publication && !s.empty).map((s) => s.id)
  if (gone.length === 0) return
  await db.query(
    `insert into sheet (subject_id, dataset, publication, body)
     select id, $1, $2::int, '' from unnest($3::int[]) as id`,
    [dataset, publication, gone],
  )
}

/** Empties the series that no current release supports any more, as `emptySheets` does. */
export async function emptySeries(
  db: Database,
  { dataset, publication, releases }: LeftBehind,
): Promise<void> {
  await db.query(
    `insert into comparison_series (indicator, period, breakdown, publication, summary, subjects,
       value, status, release, releases)
     select distinct c.indicator, c.period, c.breakdown, $2::int, '{"empty":true}'::jsonb,
       '{}'::int[], '{}'::float8[], '{}'::smallint[], '{}'::smallint[], '{}'::int[]
     from comparison_series c
     where c.publication < $2
       and c.indicator in (select jsonb_array_elements_text(indicators) from release
         where dataset = $1)
       and not exists (select 1 from comparison_series n where n.indicator = c.indicator
         and n.period = c.period and n.breakdown = c.breakdown and n.publication = $2)
       and not exists (select 1 from observation_series o where o.release_id = any($3::int[])
         and o.indicator = c.indicator and o.period = c.period and o.breakdown = c.breakdown)`,
    [dataset, publication, releases],
  )
}
