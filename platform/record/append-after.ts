import type { Queries } from '../database/database.ts'
import type { RecordedAct } from './act.ts'
import { append } from './append.ts'

/** Somebody else has acted on the same thing meanwhile. */
export class Overtaken extends Error {
  override name = 'Overtaken'
}

/** Whoever acts says to know entries that there are not: their form was made elsewhere, or by hand. */
export class AheadOfRecord extends Error {
  override name = 'AheadOfRecord'
}

/** The number of the last entry about something; 0 where there is none. */
export async function lastEntryOf(db: Pick<Queries, 'query'>, subject: string): Promise<number> {
  const [row] = await db.query<{ last: number }>(
    'select coalesce(max(number), 0) as last from record_entry where subject = $1',
    [subject],
  )
  return row?.last ?? 0
}

/**
 * Puts an act on the record, unless something was done to its subject since its author looked. Of two who
 * act at once the second is told so: whoever appends waits for the one before.
 * @param seen the last entry about the subject that its author knew: `lastEntryOf`; null for any.
 * @returns the number of the entry.
 * @throws Overtaken, AheadOfRecord; the transaction must then end without effect.
 */
export async function appendAfter(
  tx: Queries,
  act: RecordedAct,
  seen: number | null,
): Promise<number> {
  const number = await append(tx, [act])
  if (seen === null) return number
  // Of whoever knows the future nobody could be faster.
  if (seen >= number) throw new AheadOfRecord('The record has no such entry yet.')
  const [other] = await tx.query<{ number: number }>(
    'select number from record_entry where subject = $1 and number > $2 and number < $3 limit 1',
    [act.subject, seen, number],
  )
  if (other) throw new Overtaken('Somebody else has done something about this since you looked.')
  return number
}
