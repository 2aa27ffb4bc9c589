import { randomBytes } from 'node:crypto'
import type { Queries } from '../database/database.ts'

/**
 * The secret that decides which way counts are rounded, of this database: it lies beside the counts
 * themselves, so whoever reads it needs it no more. Made at first need.
 */
export async function roundingSecret(db: Queries): Promise<string> {
  await db.query(
    'insert into rounding_secret (only_one, secret) values (true, $1) on conflict do nothing',
    [randomBytes(32).toString('base64url')],
  )
  const [row] = await db.query<{ secret: string }>('select secret from rounding_secret')
  if (!row) throw new Error('The secret of rounding is gone.')
  return row.secret
}

/** The secret where there is one already: for a check, which stores nothing. */
export async function knownSecret(db: Queries): Promise<string> {
  const [row] = await db.query<{ secret: string }>('select secret from rounding_secret')
  return row?.secret ?? inventedSecret
}

/** Nobody is behind invented figures, and the example is to be the same wherever it is made. */
export const inventedSecret = 'Nobody is behind invented figures.'
