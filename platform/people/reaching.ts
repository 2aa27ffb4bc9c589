import type { Queries } from '../database/database.ts'
import { utcDay } from '../database/utc-day.ts'
import type { GrantedRole, Scope, ScopeKind } from './roles.ts'
import { covers, type Thing } from './rules.ts'
import { isShutSql } from './shutting.ts'

/** Whether the person `p` has a mailbox at the address `a`, in SQL: people of the example have none (RFC 2606). */
const hasMailbox = `not p.invented and a.email not like '%.invalid'`

/**
 * The addresses of those who hold one of these roles today and whose role reaches the thing, each once; whoever's
 * account was shut could do nothing about it, and is left out.
 * @param except the number of a person who is left out: whoever did what the others are told of.
 */
export async function addressesReaching(
  tx: Queries,
  roles: readonly GrantedRole[],
  thing: Thing,
  except: string | null = null,
): Promise<string[]> {
  const held = await tx.query<{ email: string; kind: ScopeKind; code: string }>(
    `select distinct a.email, g.scope as kind, g.code from role_grant g
     join person p on p.id = g.person_id join person_address a on a.id = p.id
     where g.role = any($1::text[]) and g.revoked_at is null and ${hasMailbox}
       and not ${isShutSql('p.id')} and p.id is distinct from $2::uuid
       and g.from_day <= ${utcDay} and (g.until_day is null or g.until_day >= ${utcDay})`,
    [roles, except],
  )
  const reaching = held.filter(({ kind, code }) =>
    covers(kind === 'whole' ? { kind } : ({ kind, code } as Scope), thing),
  )
  return [...new Set(reaching.map((h) => h.email))].sort()
}

/** The address of a person; null where no letter comes to them. */
export async function addressFor(tx: Queries, person: string): Promise<string | null> {
  const [found] = await tx.query<{ email: string }>(
    `select a.email from person p join person_address a on a.id = p.id
     where p.id = $1 and ${hasMailbox}`,
    [person],
  )
  return found?.email ?? null
}
