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
 * Whether the database holds releases that are neither invented nor a yardstick: published ones, and drafts that an
 * import left, which the operator is about to publish. A draft that somebody tries in the browser keeps nobody from
 * anything: whichever is published first decides, and `publish` holds each against what is published then.
 */
export async function holdsReal(db: Database): Promise<boolean> {
  const rows = await db.query<{ real: boolean }>(
    `select exists (select 1 from release r where not r.invented and not r.yardstick
       and r.state <> 'reading' and r.ended_in is null
       and (r.published_in is not null or not exists (select 1 from upload u
         where u.release = r.id and not u.adopted))) as real`,
  )
  return rows[0]?.real === true
}

/** Of services as they are: neither made up nor a yardstick, which stands beside both. */
export const isReal = (of: { readonly invented: boolean; readonly yardstick: boolean }): boolean =>
  !of.invented && !of.yardstick
