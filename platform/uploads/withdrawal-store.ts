import type { Database, Queries } from '../database/database.ts'

/** A release that is to be withdrawn, and is not yet. */
export interface Withdrawal {
  readonly release: number
  readonly reason: string
  /** Of whoever asked, for the public record: `steward`. */
  readonly role: string
  /** `failed`: something went wrong on our side, and a person may ask again. */
  readonly state: 'waiting' | 'failed'
}

const published = 'published_in is not null and ended_in is null'

/** Asks for a withdrawal; false where the release is being withdrawn already, or no longer counts. */
export async function addWithdrawal(
  db: Queries,
  { release, reason, role }: Omit<Withdrawal, 'state'>,
): Promise<boolean> {
  const added = await db.query(
    `insert into withdrawal (release, reason, role)
     select id, $2, $3 from release where id = $1 and ${published}
     on conflict (release) do update set reason = excluded.reason, role = excluded.role,
       state = 'waiting', asked_at = now() where withdrawal.state = 'failed'
     returning release`,
    [release, reason, role],
  )
  return added.length > 0
}

export async function findWithdrawal(db: Database, release: number): Promise<Withdrawal | null> {
  const [row] = await db.query<Withdrawal>(
    'select release, reason, role, state from withdrawal where release = $1',
    [release],
  )
  return row ?? null
}

/** Why a release is being withdrawn, or ended; null where it counts and nobody asked. */
export async function givenReason(db: Database, release: number): Promise<string | null> {
  const [row] = await db.query<{ reason: string | null }>(
    `select coalesce(w.reason, p.reason) as reason from release r
     left join withdrawal w on w.release = r.id left join publication p on p.id = r.ended_in
     where r.id = $1`,
    [release],
  )
  return row?.reason ?? null
}

/** Those that are under way, in the order in which they were asked for. */
export function waitingWithdrawals(db: Database): Promise<Withdrawal[]> {
  return db.query<Withdrawal>(
    `select release, reason, role, state from withdrawal where state = 'waiting' order by asked_at`,
  )
}

export async function failWithdrawal(db: Database, release: number): Promise<void> {
  await db.query(`update withdrawal set state = 'failed' where release = $1`, [release])
}

export async function endWithdrawal(db: Database, release: number): Promise<void> {
  await db.query('delete from withdrawal where release = $1', [release])
}

/** Whether a release counts now. */
export async function isPublished(db: Database, release: number): Promise<boolean> {
  const rows = await db.query(`select 1 from release where id = $1 and ${published}`, [release])
  return rows.length > 0
}
