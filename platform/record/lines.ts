import type { RecordLine } from '@plumbline/record'
import type { Database } from '../database/database.ts'

/** Entries that are read at a time: enough to be fast, few enough to hold. */
const batch = 2000

/**
 * The record from its first entry to the last that there is at the start, each checkpoint after the last
 * entry that it covers, in parts; those that cover more than there is come at the end.
 */
export async function* recordLines(
  db: Pick<Database, 'query'>,
  upTo = Number.MAX_SAFE_INTEGER,
): AsyncGenerator<RecordLine[], void> {
  const [head] = await db.query<{ number: number | null }>(
    'select max(number) as number from record_entry',
  )
  const end = Math.min(head?.number ?? 0, upTo)
  const checkpoints = await db.query<{ size: number; note: string }>(
    'select size, note from record_checkpoint where size <= $1 order by size',
    [Math.min(upTo, 2 ** 31 - 1)],
  )
  // Ranges of numbers, and no limit: without statistics the planner would sort all that is left each time.
  const read = (after: number): Promise<Batch[]> =>
    db.query<Batch>(
      `select array_agg(number order by number) as numbers,
         string_agg(entry, E'\\n' order by number) as entries,
         string_agg(hashes, ''::bytea order by number) as hashes,
         array_agg(octet_length(hashes) order by number) as lengths
       from record_entry where number > $1 and number <= $2`,
      [after, Math.min(after + batch, end)],
    )
  let next = 0
  let following = read(0)
  for (let after = 0; after < end; after += batch) {
    const [some] = await following
    // The database reads on while these are used.
    following = read(after + batch)
    following.catch(() => {})
    if (!some?.numbers) continue
    const lines: RecordLine[] = []
    // JSON holds no line break; where someone put one into an entry, its first line is no entry.
    const texts = some.entries.split('\n')
    let at = 0
    for (const [i, number] of some.numbers.entries()) {
      const length = some.lengths[i] ?? 0
      lines.push({ text: texts[i] ?? '', hashes: some.hashes.subarray(at, at + length) })
      at += length
      for (; (checkpoints[next]?.size ?? Infinity) <= number; next++) {
        lines.push({ checkpoint: checkpoints[next]?.note ?? '' })
      }
    }
    yield lines
  }
  await following
  if (next < checkpoints.length) yield checkpoints.slice(next).map((c) => ({ checkpoint: c.note }))
}

/** Entries that follow each other, in one row: much faster than a row each. */
interface Batch {
  /** Null where there are none. */
  numbers: number[] | null
  entries: string
  hashes: Uint8Array
  lengths: number[]
}
