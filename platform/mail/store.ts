import type { Database } from '../database/database.ts'

/** A letter as it can be read where none is sent. */
export interface PostedLetter {
  readonly id: string
  readonly address: string
  readonly subject: string
  readonly body: string
  readonly postedAt: string
}

/** The latest letters that were not sent, the newest first. */
export async function unsentLetters(db: Database, most = 50): Promise<PostedLetter[]> {
  return db.query<PostedLetter>(
    `select id, address, subject, coalesce(body, '') as body, posted_at as "postedAt" from letter
     where sent_at is null order by posted_at desc, id limit $1`,
    [most],
  )
}
