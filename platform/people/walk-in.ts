import type { Reader, State } from '../comparison/reader.ts'
import type { Database, Queries } from '../database/database.ts'
import { grantRole, grantsOf, revokeWithin } from './grants.ts'
import { personOf } from './person.ts'
import { type Grant, type GrantedRole, type Scope } from './roles.ts'

/** Whom a visitor of the example area may walk in as. */
export const walkIns = [
  { key: 'citizen', role: null, name: 'Citizen of the example', what: 'a citizen' },
  { key: 'head-teacher', role: 'lead', name: 'Head of an example', what: 'a head teacher' },
  { key: 'moderator', role: 'moderator', name: 'Moderator of the example', what: 'a moderator' },
  { key: 'analyst', role: 'analyst', name: 'Analyst of the example', what: 'an analyst' },
  { key: 'steward', role: 'steward', name: 'Steward of the example', what: 'a steward' },
  { key: 'auditor', role: 'auditor', name: 'Auditor of the example', what: 'an auditor' },
] as const satisfies readonly {
  readonly key: string
  readonly role: GrantedRole | null
  readonly name: string
  readonly what: string
}[]
export type WalkIn = (typeof walkIns)[number]

/** An address to which no letter can ever be sent (RFC 2606). */
const addressOf = ({ key }: WalkIn): string => `${key}@walk-in.invalid`

/** The provider whose head the example's head teacher is: the first school, else the first provider. */
export async function headsProvider(
  reader: Pick<Reader, 'services' | 'providersOf'>,
  state: State,
): Promise<{ readonly code: string; readonly name: string } | null> {
  const services = reader.services(state)
  const school = services.find((s) => /school/i.test(s.provider))
  for (const service of school ? [school, ...services] : services) {
    const [first] = await reader.providersOf(state, service.code, 1)
    if (first) return first
  }
  return null
}

const isSame = (a: Scope, b: Scope): boolean => JSON.stringify(a) === JSON.stringify(b)

/**
 * Makes the person of the example, with their role, where they are not there yet.
 * @param provider the code of the provider whose head they are; null for the others.
 * @returns their address, to sign in by.
 */
export async function prepareWalkIn(
  db: Database,
  who: WalkIn,
  provider: string | null,
): Promise<string> {
  const email = addressOf(who)
  return db.lock('walk-in', async () => {
    const id = await db.transaction((tx) => personOf(tx, email))
    await db.query('update person set invented = true, pseudonym = $2 where id = $1', [
      id,
      who.name,
    ])
    if (who.role === null) return email
    const scope: Scope =
      who.role === 'lead' ? { kind: 'provider', code: provider ?? '' } : { kind: 'whole' }
    const held = await grantsOf(db, id)
    const has = (g: Grant): boolean =>
      g.role === who.role && isSame(g.scope, scope) && g.until === null
    if (held.some(has)) return email
    const request = {
      email,
      role: who.role,
      scope: scope.kind,
      code: scope.kind === 'whole' ? '' : scope.code,
      from: new Date().toISOString().slice(0, 10),
      why: 'So that visitors of the example area can try it.',
    }
    await grantRole(db, request, 'example area')
    return email
  })
}

/**
 * Ends the people of the example area, in the transaction in which real figures take its place: the record says
 * of each role that it was taken back, so that nobody takes their roles for those of real people.
 */
export async function endExample(tx: Queries): Promise<void> {
  const held = await tx.query<{ id: number }>(
    `select g.id from role_grant g join person p on p.id = g.person_id
     where p.invented and g.revoked_at is null order by g.id`,
  )
  const why = 'Real figures took the place of the example area, whose people are invented.'
  for (const { id } of held) await revokeWithin(tx, { id, why }, 'example area')
  const theirs = '(select a.email from person_address a join person p using (id) where p.invented)'
  await tx.query(`delete from letter where address in ${theirs}`)
  await tx.query(`delete from subscriber where email in ${theirs} or email like '%@${exampleHost}'`)
  await tx.query(`delete from story_draft where email in ${theirs}`)
  await tx.query('delete from person where invented')
}

/** Where the invented people of the example area have their mailboxes: nowhere (RFC 2606). */
export const exampleHost = 'aldermere.example'
