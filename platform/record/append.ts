import { type Act, beginning, Frontier, hex, newSalt, seal, writeEntry } from '@plumbline/record'
import type { Queries } from '../database/database.ts'
import type { RecordedAct } from './act.ts'

interface Head {
  size: number
  last: Uint8Array
  at: string
  frontier: Uint8Array
}

// Entries are dated by their act, else by its transaction, to the microsecond, and never before the last.
const lockHead = `select size, last, frontier,
    to_char(greatest(coalesce($1::timestamptz, now()), last_at) at time zone 'UTC',
      'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at
  from record_head for update`

const addEntries = `with added as (
    insert into record_entry (number, recorded_at, act, subject, entry, hashes)
    select number, $1::timestamptz, act, subject, entry, hashes
    from unnest($2::integer[], $3::text[], $4::text[], $5::text[], $6::bytea[])
      as e(number, act, subject, entry, hashes)),
  kept as (
    insert into record_personal (number, name, value, salt)
    select * from unnest($7::integer[], $8::text[], $9::text[], $10::bytea[]))
  update record_head set size = $11, last = $12, last_at = $1::timestamptz, frontier = $13`

/** A part of an act that may be erased, with its salt. */
interface Personal {
  readonly number: number
  readonly name: string
  readonly value: string
  readonly salt: Uint8Array
}

/** Waits for whoever else is putting something on the record, and keeps it until the transaction ends. */
export async function lockRecord(tx: Queries): Promise<void> {
  await tx.query('select 1 from record_head for update')
}

/**
 * Puts acts on the record, in the transaction that carries them out: they are on it exactly if they were
 * done. Whoever else appends waits until that transaction ends, so append last.
 * @param at when they count from, where that is not the moment of the transaction.
 * @returns the number of the first entry.
 */
export async function append(
  tx: Queries,
  acts: readonly RecordedAct[],
  at: string | null = null,
): Promise<number> {
  const [head] = await tx.query<Head>(lockHead, [at])
  if (!head) throw new Error('The record has no head: its table was emptied. Restore a copy of it.')
  const first = head.size + 1
  if (acts.length === 0) return first
  const frontier = new Frontier(head.size, head.frontier)
  let previous = head.size === 0 ? beginning : hex(head.last)
  let last = head.last
  const personal: Personal[] = []
  const rows = acts.map((act) => {
    const number = frontier.size + 1
    const parts = Object.entries(act.personal ?? {}).map(
      ([name, value]): Personal => ({ number, name, value, salt: newSalt() }),
    )
    personal.push(...parts)
    const { entry, text, hash } = writeEntry(toWrite(act, parts), { number, at: head.at, previous })
    const hashes = Buffer.concat(frontier.append(hash))
    last = hash
    previous = hex(hash)
    return { number, act: entry.act, subject: entry.subject, text, hashes }
  })
  await tx.query(addEntries, [
    head.at,
    rows.map((r) => r.number),
    rows.map((r) => r.act),
    rows.map((r) => r.subject),
    rows.map((r) => r.text),
    rows.map((r) => r.hashes),
    personal.map((p) => p.number),
    personal.map((p) => p.name),
    personal.map((p) => p.value),
    personal.map((p) => p.salt),
    frontier.size,
    last,
    frontier.bytes(),
  ])
  await keepWhose(tx, acts, first)
  return first
}

/** Keeps whose acts these are, for those people alone. */
async function keepWhose(tx: Queries, acts: readonly RecordedAct[], first: number): Promise<void> {
  const whose = acts.flatMap(({ person }, i) => (person ? [{ entry: first + i, person }] : []))
  if (whose.length === 0) return
  await tx.query(
    'insert into act_person (entry, person_id) select * from unnest($1::integer[], $2::uuid[])',
    [whose.map((w) => w.entry), whose.map((w) => w.person)],
  )
}

function toWrite(act: RecordedAct, parts: readonly Personal[]): Act {
  return {
    act: act.act,
    by: { role: act.role },
    subject: act.subject,
    why: act.why,
    rule: act.rule,
    details: { ...act.details },
    sealed: Object.fromEntries(parts.map((p) => [p.name, seal(p.name, p.value, p.salt)])),
  }
}
