import { createHash } from 'node:crypto'
import type { Queries } from '../database/database.ts'

/**
 * Whether a release was read from these very bytes. For those alone who may see the file: of hidden counts the
 * checksum is a secret too.
 */
export async function isReadFrom(
  db: Pick<Queries, 'query'>,
  release: number,
  text: string,
): Promise<boolean> {
  const digest = createHash('sha256').update(text).digest('hex')
  const found = await db.query('select 1 from release where id = $1 and sha256 = $2', [
    release,
    digest,
  ])
  return found.length > 0
}
