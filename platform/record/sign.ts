import { z } from 'zod'
import type { Database } from '../database/database.ts'
import { JobFailed, type JobKind } from '../jobs/kind.ts'
import { type Handler, handler } from '../jobs/run.ts'
import { makeCheckpoint } from './checkpoint.ts'
import { type KeyPlace, signerAt, WrongKey } from './key.ts'

/**
 * The record is signed where it has grown, whatever act it grew by: an act that no checkpoint covers can be
 * denied by whoever holds the database.
 */
export const signing: JobKind<null> = {
  name: 'record-signing',
  data: z.null(),
  retries: 10,
  wait: 30,
  longestWait: 1800,
  patience: 120,
}

/** How often the record is looked at, as cron writes it. */
export const signingDue = '*/5 * * * *'

/** Signs the record while a server runs. */
export const signJobs = (db: Database, keys: KeyPlace): Handler[] => [
  handler(signing, () => signIfGrown(db, keys), signingDue),
]

async function signIfGrown(db: Database, keys: KeyPlace): Promise<void> {
  // Without the head's lock, which would keep waiting whoever acts: as a rule nothing is to be signed.
  const [grown] = await db.query(
    'select 1 from record_head where size > (select coalesce(max(size), 0) from record_checkpoint)',
  )
  if (!grown) return
  try {
    await makeCheckpoint(db, signerAt(keys))
  } catch (error) {
    // Its own sentence names the folder, and the page of jobs is for all.
    if (error instanceof WrongKey) {
      throw new JobFailed('The record was not signed: its key cannot be used.')
    }
    throw error
  }
}
