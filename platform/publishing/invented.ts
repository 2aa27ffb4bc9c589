import type { Database } from '../database/database.ts'

/** Invented figures never stand beside real ones; the sentence says what to do. */
export class InventedBesideReal extends Error {
  override name = 'InventedBesideReal'

  constructor() {
    super(
      'These figures are invented, and they are never kept beside real ones. Import them by ' +
        'themselves into an empty data folder (PLUMBLINE_DATA).',
    )
  }
}

/** Whether the database holds drafts or published releases that are not invented. */
export async function holdsReal(db: Database): Promise<boolean> {
  const rows = await db.query<{ real: boolean }>(
    `select exists (select 1 from release where not invented and state <> 'reading'
       and ended_in is null) as real`,
  )
  return rows[0]?.real === true
}
