import type { Database, Queries } from '../database/database.ts'
import { erasePart } from '../record/erase.ts'
import { asPerson } from './as-person.ts'
import { personalTables } from './privacy.ts'
import { forgetProofs } from './proof.ts'

/** All that is kept of a person, by the table that holds it. */
export async function ownData(db: Database, person: string): Promise<Record<string, unknown[]>> {
  return asPerson(db, person, (tx) => read(tx, person))
}

async function read(tx: Queries, person: string): Promise<Record<string, unknown[]>> {
  const [address] = await tx.query<{ email: string }>(
    'select email from person_address where id = $1',
    [person],
  )
  const found: Record<string, unknown[]> = {}
  for (const { table, own } of personalTables) {
    if (own === null) continue
    // A parameter that a table does not ask for needs a type all the same.
    const sql = `select * from (${own}) own where $1::uuid is not null and $2::text is not null`
    found[table] = await tx.query(sql, [person, address?.email ?? ''])
  }
  return found
}

/** A person's address, and since when they have been here. */
export async function ownAddress(
  db: Database,
  person: string,
): Promise<{ readonly email: string; readonly since: string } | null> {
  const [own] = await asPerson(db, person, (tx) =>
    tx.query<{ email: string; since: string }>(
      `select a.email, p.created_at as since from person p join person_address a on a.id = p.id
       where p.id = $1`,
      [person],
    ),
  )
  return own ?? null
}

const why = 'The person whose name it was has deleted their account.'

/**
 * Deletes a person and all that is kept of them, at once and for good. The public record keeps that roles were
 * granted, and says that the name and the reason beside them were erased.
 */
export async function deletePerson(db: Database, person: string): Promise<void> {
  await db.transaction(async (tx) => {
    const mine = '(select email from person_address where id = $1)'
    await tx.query(`delete from letter where address = ${mine}`, [person])
    await tx.query(`delete from subscriber where email = ${mine}`, [person])
    await tx.query(`delete from story_draft where email = ${mine}`, [person])
    await tx.query(`delete from story_teller where email = ${mine}`, [person])
    await forgetProofs(tx, person)
    // Who has given a reason for a role has named its holder in it, as often as not.
    const named = await tx.query<{ number: number; part: string }>(
      `select p.number, p.name as part from record_personal p join record_entry e using (number)
       where p.name in ('person', 'why')
       and e.subject in (select 'grant:' || id from role_grant where person_id = $1)
       order by p.number, p.name`,
      [person],
    )
    await tx.query('delete from person where id = $1', [person])
    // Last: whoever else puts something on the record waits from here on.
    for (const { number, part } of named) await erasePart(tx, number, part, { why, by: 'citizen' })
  })
}
