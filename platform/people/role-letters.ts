import type { Queries } from '../database/database.ts'
import { oneLine } from '../mail/one-line.ts'
import { type Letter, post } from '../mail/post.ts'
import { addressFor } from './reaching.ts'
import { type Grant, grantWords, type Scope } from './roles.ts'

/** What somebody is told of a role of theirs. */
export type RoleNews = 'granted' | 'taken-back'

export interface RoleChange {
  readonly news: RoleNews
  readonly grant: Grant
  /** What the role reaches, by its name where that is known. */
  readonly scope: Scope
  /** Whoever granted it or took it back, by their public role. */
  readonly by: string
  /** Where this Plumbline is found, without a slash at the end. */
  readonly home: string
}

const day = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' })
const dayWords = (iso: string): string => day.format(new Date(iso))

/** Who did it: on the command line that is whoever runs this Plumbline. */
const doer = (by: string): string =>
  by === 'steward' ? 'A steward' : 'Whoever runs this Plumbline'

/**
 * Tells somebody that a role was given to them or taken back, in the transaction of that act. Why is on the public
 * record, and stays out of the mail. Nobody is told who has no mailbox.
 */
export async function tellOfRole(tx: Queries, change: RoleChange): Promise<void> {
  const [row] = await tx.query<{ person: string }>(
    'select person_id as person from role_grant where id = $1',
    [change.grant.id],
  )
  const to = row ? await addressFor(tx, row.person) : null
  if (to !== null) await post(tx, { ...roleLetter(change), to })
}

/** What the letter says. */
export function roleLetter({ news, grant, scope, by, home }: RoleChange): Omit<Letter, 'to'> {
  const role = oneLine(grantWords({ role: grant.role, scope }))
  const record = `${home}/record?subject=${encodeURIComponent(`grant:${grant.id}`)}`
  const useful = 14 * 86_400
  if (news === 'taken-back') {
    return {
      ...{ subject: 'A role of yours was taken back', useful },
      body: `${doer(by)} has taken back a role of yours: you are no longer
${role}.

Why, the public record says:

${record}

You get this because you held this role on Plumbline. You can sign in as before.
`,
    }
  }
  const end = grant.until === null ? 'without an end' : `until ${dayWords(grant.until)}`
  return {
    ...{ subject: 'You have a role on Plumbline', useful },
    body: `${doer(by)} has given you a role: you are
${role},
from ${dayWords(grant.from)} ${end}.

Sign in with this address, and you see what you may do by it:

${home}/account

Why it was given, the public record says. It does not show your address:

${record}

You get this because the role was given to this address. If that is a mistake,
tell whoever gave it: you need do nothing here.
`,
  }
}
