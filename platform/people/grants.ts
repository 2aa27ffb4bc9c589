import { z } from 'zod'
import type { Database, Queries } from '../database/database.ts'
import { utcDay } from '../database/utc-day.ts'
import type { RecordedAct } from '../record/act.ts'
import { append } from '../record/append.ts'
import { problemSentence, shorterThan } from '../record/typed-words.ts'
import { personOf } from './person.ts'
import { emailSchema } from './proof.ts'
import {
  type Grant,
  type GrantedRole,
  grantedRoles,
  grantWords,
  roleWords,
  type Scope,
  type ScopeKind,
  scopeKinds,
  scopesOf,
} from './roles.ts'

const day = z.iso.date('is no date such as 2026-11-24')
const line = z
  .string()
  .trim()
  .min(3, { error: shorterThan(3) })
  .max(500, 'is longer than 500 letters')
  .regex(/^[^\u0000-\u001f\u007f]*$/, 'holds characters that cannot be typed')
  .refine((text) => text.isWellFormed(), 'holds halves of characters')

/** What is asked of a grant, on the command line or by a form. */
export const grantSchema = z
  .strictObject({
    email: emailSchema,
    role: z.enum(grantedRoles, `is none of ${grantedRoles.join(', ')}`),
    scope: z.enum(scopeKinds),
    code: z.string().max(200).default(''),
    from: day,
    until: day.nullable().default(null),
    why: line,
  })
  .refine((g) => g.until === null || g.until >= g.from, {
    message: 'lies before the first',
    path: ['until'],
  })
  .refine((g) => (g.scope === 'whole') === (g.code === ''), {
    message: 'is needed, unless the role reaches everywhere',
    path: ['code'],
  })

/** Why a role was not granted or taken back, as a sentence, with the field that it is about. */
export class GrantRefused extends Error {
  override name = 'GrantRefused'
  readonly field: string

  constructor(message: string, field = '') {
    super(message)
    this.field = field
  }
}

const called: Readonly<Record<string, string>> = {
  email: 'The email address',
  role: 'The role',
  scope: 'The reach',
  code: 'The code of the service, place or provider',
  from: 'The first day',
  until: 'The last day',
  why: 'The reason',
}

interface GrantRow {
  readonly id: number
  readonly role: GrantedRole
  readonly scope: ScopeKind
  readonly code: string
  readonly from: string
  readonly until: string | null
}

const toGrant = ({ id, role, scope, code, from, until }: GrantRow): Grant => ({
  id,
  role,
  scope: toScope(scope, code),
  from,
  until,
})

const toScope = (kind: ScopeKind, code: string): Scope =>
  kind === 'whole' ? { kind } : { kind, code }

const grantColumns = 'g.id, g.role, g.scope, g.code, g.from_day as "from", g.until_day as "until"'

/** The roles that a person holds, held or will hold; those that were taken back are left out. */
export async function grantsOf(db: Queries, person: string): Promise<Grant[]> {
  const rows = await db.query<GrantRow>(
    `select ${grantColumns} from role_grant g where person_id = $1 and revoked_at is null order by id`,
    [person],
  )
  return rows.map(toGrant)
}

/** A role with whose it is, for those who may see it. */
export interface HeldGrant extends Grant {
  readonly email: string
  readonly pseudonym: string
  readonly why: string
  readonly grantedBy: string
  /** When it was taken back; null where it was not. */
  readonly revokedAt: string | null
  /** Whether its holder is one of the example area. */
  readonly invented: boolean
}

/** Every role that was granted, those that were taken back as well. */
export async function grantHistory(db: Queries): Promise<HeldGrant[]> {
  const rows = await db.query<GrantRow & Omit<HeldGrant, keyof Grant>>(
    `select ${grantColumns}, a.email, p.pseudonym, p.invented, g.why, g.granted_by as "grantedBy",
       g.revoked_at as "revokedAt"
     from role_grant g join person p on p.id = g.person_id join person_address a on a.id = p.id
     order by g.id`,
  )
  return rows.map((row) => {
    const { email, pseudonym, invented, why, grantedBy, revokedAt } = row
    return { ...toGrant(row), email, pseudonym, invented, why, grantedBy, revokedAt }
  })
}

/** Every role that was granted and not taken back. */
export const allGrants = async (db: Queries): Promise<HeldGrant[]> =>
  (await grantHistory(db)).filter((g) => g.revokedAt === null)

const rule = 'Whoever runs this Plumbline, or a steward, grants and takes back roles, and says why.'

/**
 * Grants a role, on the public record too: the role, how far it reaches, and for how long. The record has the
 * pseudonym and the reason as what can be erased, and never the email address.
 * @param by who grants it, by their public role.
 * @returns the grant.
 * @throws GrantRefused.
 */
export const grantRole = (db: Database, request: unknown, by: string): Promise<Grant> =>
  db.transaction((tx) => grantWithin(tx, request, by))

/** The same within a transaction of its caller's. @throws GrantRefused. */
export async function grantWithin(tx: Queries, request: unknown, by: string): Promise<Grant> {
  const parsed = grantSchema.safeParse(request)
  if (!parsed.success) {
    const issue = parsed.error.issues[0]
    const name = String(issue?.path[0])
    const message = name === 'email' ? 'is none such as ada@example.org' : issue?.message
    throw new GrantRefused(problemSentence(called[name] ?? 'It', message ?? ''), name)
  }
  const { email, role, scope, code, from, until, why } = parsed.data
  if (!scopesOf[role].includes(scope)) {
    const reaches = scopesOf[role].map(scopeWord).join(' or ')
    throw new GrantRefused(
      `The reach of ${roleWords[role]} is ${reaches}, not ${scopeWord(scope)}.`,
      'code',
    )
  }
  const person = await personOf(tx, email)
  await checkOnlyOne(tx, person, parsed.data)
  const [row] = await tx.query<GrantRow>(
    `insert into role_grant as g (person_id, role, scope, code, from_day, until_day, granted_by, why)
     values ($1, $2, $3, $4, $5, $6, $7, $8) returning ${grantColumns}`,
    [person, role, scope, code, from, until, by, why],
  )
  if (!row) throw new Error('a grant was not stored')
  await append(tx, [await recorded(tx, 'role-granted', row, { by, why })])
  return toGrant(row)
}

/**
 * Nobody holds the same role twice on one day: of two grants one would stay when the other is taken back.
 * @throws GrantRefused.
 */
async function checkOnlyOne(
  tx: Queries,
  person: string,
  { role, scope, code, from, until }: z.infer<typeof grantSchema>,
): Promise<void> {
  // Whoever grants this person a role at the same moment waits.
  await tx.query('select 1 from person where id = $1 for update', [person])
  const [held] = await tx.query<GrantRow>(
    `select ${grantColumns} from role_grant g
     where person_id = $1 and role = $2 and scope = $3 and code = $4 and revoked_at is null
       and daterange(from_day, until_day, '[]') && daterange($5::date, $6::date, '[]')
     order by id limit 1`,
    [person, role, scope, code, from, until],
  )
  if (!held) return
  const end = held.until === null ? 'without an end' : `until ${held.until}`
  throw new GrantRefused(
    `They hold this role already, from ${held.from} ${end}. Take that one back first, or choose other days.`,
    'email',
  )
}

/**
 * Takes a role back, from now on.
 * @throws GrantRefused where there is no such role, or it was taken back before.
 */
export const revokeRole = (db: Database, asked: Revocation, by: string): Promise<Grant> =>
  db.transaction((tx) => revokeWithin(tx, asked, by))

interface Revocation {
  readonly id: number
  readonly why: string
}

/** A reason as it goes on the record: one line. @throws GrantRefused where it is none. */
export function reasonLine(why: string): string {
  const reason = line.safeParse(why)
  if (reason.success) return reason.data
  const { message = '' } = reason.error.issues[0] ?? {}
  throw new GrantRefused(problemSentence('The reason', message), 'why')
}

/** The same within a transaction of its caller's. @throws GrantRefused. */
export async function revokeWithin(
  tx: Queries,
  { id, why }: Revocation,
  by: string,
): Promise<Grant> {
  const reason = reasonLine(why)
  const [row] = await tx.query<GrantRow>(
    `update role_grant g set revoked_at = now() where id = $1 and revoked_at is null
     returning ${grantColumns}`,
    [id],
  )
  if (!row) throw new GrantRefused(`No role has the number ${id}, or it was taken back before.`)
  await append(tx, [await recorded(tx, 'role-revoked', row, { by, why: reason })])
  return toGrant(row)
}

/**
 * The acts by which the roles end that a person holds who leaves, for the record: its public reason, and none of
 * their name.
 */
export async function endedByLeaving(
  tx: Queries,
  person: string,
  why: string,
): Promise<RecordedAct[]> {
  const held = await tx.query<GrantRow>(
    `select ${grantColumns} from role_grant g where person_id = $1 and revoked_at is null
       and (until_day is null or until_day >= ${utcDay}) order by id`,
    [person],
  )
  return held.map((row) => {
    const { personal: _, ...act } = actOf('role-revoked', row, { by: 'citizen', why, person: '' })
    return { ...act, why }
  })
}

async function recorded(
  tx: Queries,
  act: 'role-granted' | 'role-revoked',
  row: GrantRow,
  { by, why }: { by: string; why: string },
): Promise<RecordedAct> {
  const [person] = await tx.query<{ pseudonym: string }>(
    'select pseudonym from person where id = (select person_id from role_grant where id = $1)',
    [row.id],
  )
  return actOf(act, row, { by, why, person: person?.pseudonym ?? '' })
}

function actOf(
  act: 'role-granted' | 'role-revoked',
  row: GrantRow,
  { by, why, person }: { readonly by: string; readonly why: string; readonly person: string },
): RecordedAct {
  const { role, scope, code, from, until } = row
  return {
    act,
    role: by,
    subject: `grant:${row.id}`,
    why: null,
    rule,
    details: { role, scope, code, from, until, what: grantWords(toGrant(row)) },
    personal: { why, person },
  }
}

const scopeWord = (kind: ScopeKind): string => (kind === 'whole' ? 'everything here' : `a ${kind}`)
