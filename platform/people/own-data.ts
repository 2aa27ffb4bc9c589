import type { Database, Queries } from '../database/database.ts'
import { append } from '../record/append.ts'
import { eraseParts, type SealedPart } from '../record/erase.ts'
import { asPerson } from './as-person.ts'
import { endedByLeaving } from './grants.ts'
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

/** How much of what a person said and did in public would stay, without their name, if they left. */
export interface Staying {
  readonly replies: number
  readonly corrections: number
  readonly answers: number
  /** All other acts of theirs on the record. */
  readonly others: number
}

/** What stays when a person deletes their account: all of it under their public role alone. */
export async function whatStays(db: Database, person: string): Promise<Staying> {
  const acts = await asPerson(db, person, (tx) =>
    tx.query<{ act: string; count: number }>(
      `select e.act, count(*)::integer as count from act_person p
       join record_entry e on e.number = p.entry where p.person_id = $1
       -- Of a reply that was changed the newest words stay, of one that was withdrawn none.
       and not (e.act = 'reply-given' and exists (select 1 from record_entry later
         join act_person own on own.entry = later.number and own.person_id = $1
         where later.subject = e.subject and later.number > e.number
         and later.act in ('reply-given', 'reply-withdrawn')))
       group by e.act`,
      [person],
    ),
  )
  const of = (act: string): number => acts.find((a) => a.act === act)?.count ?? 0
  const told = {
    replies: of('reply-given'),
    corrections: of('correction-asked'),
    answers: of('signal-answered'),
  }
  const all = acts.reduce((sum, a) => sum + a.count, 0)
  return { ...told, others: all - told.replies - told.corrections - told.answers }
}

const why = 'The person whose name it was has deleted their account.'
const goneWhy = 'Whoever held it has deleted their account.'

/**
 * Deletes a person and all that is kept of them, at once and for good. The public record says that the roles
 * that they held are taken back, and that names and reasons were erased. What they said in public stays, under
 * their public role.
 */
export async function deletePerson(db: Database, person: string): Promise<void> {
  await db.transaction(async (tx) => {
    const mine = '(select email from person_address where id = $1)'
    await tx.query(`delete from letter where address = ${mine}`, [person])
    await tx.query(`delete from subscriber where email = ${mine}`, [person])
    await tx.query(`delete from story_draft where email = ${mine}`, [person])
    await tx.query(`delete from story_teller where email = ${mine}`, [person])
    await forgetProofs(tx, person)
    const sealed = await partsThatName(tx, person)
    const ended = await endedByLeaving(tx, person, goneWhy)
    await forgetNames(tx, person)
    await tx.query('delete from person where id = $1', [person])
    // Last: whoever else puts something on the record waits from here on.
    await append(tx, ended)
    await eraseParts(tx, sealed, { why, by: 'citizen' })
  })
}

/** What of the record names a person: beside their roles, and beside what they said. */
const partsThatName = (tx: Queries, person: string): Promise<SealedPart[]> =>
  tx.query<SealedPart>(
    // Who has given a reason for a role has named its holder in it, as often as not.
    `select p.number, p.name from record_personal p join record_entry e using (number)
     where p.name in ('person', 'why')
       and e.subject in (select 'grant:' || id from role_grant where person_id = $1)
     union
     select p.number, p.name from record_personal p join act_person a on a.entry = p.number
     where p.name = 'name' and a.person_id = $1
     union
     select p.number, p.name from record_personal p join account_act a on a.entry = p.number
     where a.person_id = $1
     order by 1, 2`,
    [person],
  )

/** Takes the names from what a person said in public, and the words that were never public. */
async function forgetNames(tx: Queries, person: string): Promise<void> {
  const theirs = 'in (select entry from act_person where person_id = $1)'
  await tx.query(`update reply_text set name = null where name is not null and entry ${theirs}`, [
    person,
  ])
  await tx.query(
    `update signal_answer s set name = null from record_entry e
     where s.name is not null and e.act = 'signal-answered' and e.subject = 'signal:' || s.signal
       and (e.entry::jsonb #>> '{details,answer}')::integer = s.id and e.number ${theirs}`,
    [person],
  )
  await tx.query(
    `delete from correction_text t using correction c, correction_act a
     where c.id = t.correction and c.is_private and a.correction = c.id and a.act = 'asked'
       and a.entry ${theirs}`,
    [person],
  )
}
