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

/**
 * Whether the database holds drafts or published releases that are neither invented nor a yardstick.
 */
export async function holdsReal(db: Database): Promise<boolean> {
  const rows = await db.query<{ real: boolean }>(
    `select exists (select 1 from release where not invented and not yardstick and state <> 'reading'
       and ended_in is null) as real`,
  )
  return rows[0]?.real === true
}

/** Of services as they are: neither made up nor a yardstick, which stands beside both. */
export const isReal = (of: { readonly invented: boolean; readonly yardstick: boolean }): boolean =>
  !of.invented && !of.yardstick
