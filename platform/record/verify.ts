import {
  checkSeal,
  type Fault,
  Frontier,
  hex,
  readEntry,
  readVerifier,
  type Verified,
  type Verifier,
  verifyRecord,
} from '@plumbline/record'
import type { Database } from '../database/database.ts'
import { recordLines } from './lines.ts'

/** The public keys that have signed, as the database names them. */
export async function recordKeys(db: Pick<Database, 'query'>): Promise<Verifier[]> {
  const rows = await db.query<{ verifier: string }>(
    'select verifier from record_key order by first_used, verifier',
  )
  return rows.flatMap(({ verifier }) => readVerifier(verifier) ?? [])
}

/**
 * Verifies the record in the database: every entry and hash, the chain, all checkpoints, its head, and that
 * what is personal is what was sealed.
 * @param known checkpoints that were kept elsewhere.
 * @param keys whose signatures count, where they are known from elsewhere.
 */
export async function verifyStored(
  db: Pick<Database, 'query'>,
  { known = [], keys }: { known?: readonly string[]; keys?: readonly Verifier[] } = {},
): Promise<Verified> {
  const trusted = keys ?? (await recordKeys(db))
  const verified = await verifyRecord(recordLines(db), trusted, known)
  if (verified.fault !== null) return verified
  const fault = (await headFault(db, verified)) ?? (await personalFault(db))
  return { ...verified, fault }
}

/** A head that goes on from elsewhere: the next entry would not fit. */
async function headFault(db: Pick<Database, 'query'>, found: Verified): Promise<Fault | null> {
  const [head] = await db.query<{ size: number; frontier: Uint8Array; number: number }>(
    `select size, frontier, (select coalesce(max(number), 0) from record_entry) as number
     from record_head`,
  )
  // The record has grown since it was read.
  if (head && head.size === head.number && head.size > found.entries) return null
  const number = found.entries
  if (!head || head.size > number) {
    const until = head?.size ?? number
    const sentence = `The record’s head counts ${until} entries, and there are ${number}.`
    return { how: 'truncated', number: number + 1, until, sentence }
  }
  const fits =
    head.size === number && hex(new Frontier(number, head.frontier).root()) === found.root
  if (fits) return null
  const sentence = `The record’s head does not fit its last entry, ${number}.`
  return { how: 'forked', number, until: number, sentence }
}

/** Rows of personal parts that are held against their entries at a time. */
const batch = 5000

async function personalFault(db: Pick<Database, 'query'>): Promise<Fault | null> {
  let [number, name] = [0, '']
  for (;;) {
    const rows = await db.query<{
      number: number
      name: string
      value: string
      salt: Uint8Array
      entry: string
    }>(
      `select p.number, p.name, p.value, p.salt, e.entry from record_personal p
       join record_entry e on e.number = p.number
       where (p.number, p.name) > ($1, $2) order by p.number, p.name limit ${batch}`,
      [number, name],
    )
    for (const p of rows) {
      const sealed = readEntry(p.entry)?.sealed[p.name]
      if (sealed === undefined || !checkSeal(p.name, p.value, p.salt, sealed)) {
        const sentence = `What is kept beside entry ${p.number} as its “${p.name}” is not what was sealed.`
        return { how: 'altered', number: p.number, until: p.number, sentence }
      }
    }
    const last = rows.at(-1)
    if (!last) return null
    number = last.number
    name = last.name
  }
}
