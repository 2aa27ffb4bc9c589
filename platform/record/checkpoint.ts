import { Frontier, type Signer, signCheckpoint } from '@plumbline/record'
import type { Database, Queries } from '../database/database.ts'
import { append } from './append.ts'

/**
 * Signs the record as it stands, if it has grown since the last checkpoint. A key that signs for the first
 * time is put on the record itself before.
 * @returns how many entries the last checkpoint covers; 0 while the record is empty.
 */
export const makeCheckpoint = (db: Database, signer: Signer): Promise<number> =>
  db.transaction((tx) => signHead(tx, signer))

/** The same within a transaction that is open. */
export async function signHead(tx: Queries, signer: Signer): Promise<number> {
  const head = await lockedHead(tx)
  const [last] = await tx.query<{ size: number }>(
    'select coalesce(max(size), 0) as size from record_checkpoint',
  )
  if (head.size === 0 || last?.size === head.size) return head.size
  const isNew = await useKey(tx, signer)
  const { size, frontier } = isNew ? await lockedHead(tx) : head
  const root = new Frontier(size, frontier).root()
  const note = signCheckpoint({ origin: signer.name, size, root }, signer)
  await tx.query('insert into record_checkpoint (size, note) values ($1, $2)', [size, note])
  return size
}

async function lockedHead(tx: Queries): Promise<{ size: number; frontier: Uint8Array }> {
  const [head] = await tx.query<{ size: number; frontier: Uint8Array }>(
    'select size, frontier from record_head for update',
  )
  return head ?? { size: 0, frontier: new Uint8Array() }
}

async function useKey(tx: Queries, { verifier }: Signer): Promise<boolean> {
  const added = await tx.query(
    'insert into record_key (verifier) values ($1) on conflict do nothing returning verifier',
    [verifier.text],
  )
  if (added.length === 0) return false
  await append(tx, [
    {
      act: 'key-used',
      role: 'the platform',
      subject: `key:${verifier.name}`,
      why: 'Its first checkpoint follows.',
      rule: 'Every key that signs checkpoints is on the record before it signs.',
      details: { key: verifier.text },
    },
  ])
  return true
}
