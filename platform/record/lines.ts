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
  const read = (after: number): Promise<Row[]> =>
    db.query<Row>(
      `select number, entry, hashes from record_entry where number > $1 and number <= $2
       order by number limit ${batch}`,
      [after, end],
    )
  let next = 0
  let rows = await read(0)
  while (rows.length > 0) {
    // The database reads on while these are used.
    const following = read(rows.at(-1)?.number ?? end)
    following.catch(() => {})
    const lines: RecordLine[] = []
    for (const { number, entry, hashes } of rows) {
      lines.push({ text: entry, hashes })
      for (; (checkpoints[next]?.size ?? Infinity) <= number; next++) {
        lines.push({ checkpoint: checkpoints[next]?.note ?? '' })
      }
    }
    yield lines
    rows = await following
  }
  if (next < checkpoints.length) yield checkpoints.slice(next).map((c) => ({ checkpoint: c.note }))
}

interface Row {
  number: number
  entry: string
  hashes: Uint8Array
}
