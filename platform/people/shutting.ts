import type { Database, Queries } from '../database/database.ts'
import { append } from '../record/append.ts'
import { GrantRefused, reasonLine } from './grants.ts'
import { emailSchema, forgetProofs } from './proof.ts'

/** Somebody proved who they are, and their account is shut: the way in ends here. */
export class AccountShut extends Error {
  override name = 'AccountShut'
}

/** Whose account, by its address, and why, as a sentence for the record. */
export interface AccountRequest {
  readonly email: string
  readonly why: string
}

const rule =
  'Whoever runs this Plumbline may shut an account that is misused, and opens it again; each time they say why.'

/** SQL that says of the person whose number `person` names in its statement whether their account is shut. */
export const isShutSql = (person: string): string =>
  `coalesce((select a.act = 'shut' from account_act a where a.person_id = ${person}
     order by a.entry desc limit 1), false)`

/** Whether a person's account is shut. */
export async function isShut(db: Pick<Queries, 'query'>, person: string): Promise<boolean> {
  const [found] = await db.query<{ shut: boolean }>(`select ${isShutSql('$1::uuid')} as shut`, [
    person,
  ])
  return found?.shut ?? false
}

/**
 * Ends every session of the person of an address, and what could still sign them in without a new letter.
 * @returns how many sessions ended.
 * @throws GrantRefused where nobody has the address.
 */
export const signOutEverywhere = (db: Database, email: string): Promise<number> =>
  db.transaction(async (tx) => endSessions(tx, await knownPerson(tx, email)))

/**
 * Shuts an account: its sessions end, and nobody signs in to it until it is opened again. Its roles stay as they
 * are, and cannot be used.
 * @param by who does it, by their public role.
 * @throws GrantRefused where nobody has the address, the account is shut already, or no reason is given.
 */
export const shutAccount = (db: Database, asked: AccountRequest, by: string): Promise<void> =>
  turn(db, asked, by, 'shut')

/** Opens a shut account again. @throws GrantRefused as above, and where it is not shut. */
export const openAccount = (db: Database, asked: AccountRequest, by: string): Promise<void> =>
  turn(db, asked, by, 'opened')

const words = { shut: 'shut already', opened: 'not shut' } as const

async function turn(
  db: Database,
  { email, why }: AccountRequest,
  by: string,
  act: 'shut' | 'opened',
): Promise<void> {
  const reason = reasonLine(why)
  await db.transaction(async (tx) => {
    const person = await knownPerson(tx, email)
    // Whoever turns the same account at this moment waits.
    await tx.query('select 1 from person where id = $1 for update', [person])
    if ((await isShut(tx, person)) === (act === 'shut')) {
      throw new GrantRefused(`That account is ${words[act]}.`, 'email')
    }
    if (act === 'shut') await endSessions(tx, person)
    const recorded = {
      act: `account-${act}`,
      role: by,
      subject: 'account:somebody',
      why: null,
      rule,
      details: {},
      personal: { why: reason },
    } as const
    const entry = await append(tx, [recorded])
    await tx.query('insert into account_act (entry, person_id, act) values ($1, $2, $3)', [
      entry,
      person,
      act,
    ])
  })
}

async function knownPerson(tx: Queries, email: string): Promise<string> {
  const address = emailSchema.safeParse(email)
  const [found] = address.success
    ? await tx.query<{ id: string }>('select id from person_address where email = $1', [
        address.data,
      ])
    : []
  if (!found) throw new GrantRefused(`Nobody has signed in here as ${email}.`, 'email')
  return found.id
}

async function endSessions(tx: Queries, person: string): Promise<number> {
  const ended = await tx.query('delete from person_session where person_id = $1 returning id', [
    person,
  ])
  await forgetProofs(tx, person)
  return ended.length
}
