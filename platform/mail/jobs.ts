import type { Database } from '../database/database.ts'
import { enqueue } from '../jobs/kind.ts'
import { type Handler, handler } from '../jobs/run.ts'
import type { Carrier } from './carrier.ts'
import { sendDigest, sendLetter } from './kinds.ts'

/**
 * What sends letters.
 * @param carrier null where there is no mail server: letters then lie where `/dev/mail` shows them.
 */
export const letterJobs = (carrier: Carrier | null): Handler[] =>
  [sendLetter, sendDigest].map((kind) =>
    handler(kind, async ({ letter }) => void (await carrier?.send(letter))),
  )

/**
 * Asks for jobs for letters that wait and have none: those that were posted while there was no mail server,
 * or by an earlier version of the program. On a PGlite nobody else can be at work, so that what a dead process
 * had claimed is free again at once.
 */
export async function askForWaiting(db: Database): Promise<void> {
  await db.transaction(async (tx) => {
    const waits = 'sent_at is null and given_up_at is null and useful_until > now()'
    if (db.kind === 'pglite') await tx.query(`update letter set next_try_at = now() where ${waits}`)
    const waiting = await tx.query<{ letter: string; isDigest: boolean }>(
      `select id as letter, is_digest as "isDigest" from letter where ${waits} and not exists (
         select 1 from jobs.job j where j.name = any($1::text[]) and j.state < 'completed'
         and j.data ->> 'letter' = letter.id::text)`,
      [[sendLetter.name, sendDigest.name]],
    )
    // Each as what it was: a code that somebody waits for never stands behind many digests.
    for (const kind of [sendLetter, sendDigest]) {
      const some = waiting.filter((w) => w.isDigest === (kind === sendDigest))
      await enqueue(tx, kind, ...some.map(({ letter }) => ({ letter })))
    }
  })
}
