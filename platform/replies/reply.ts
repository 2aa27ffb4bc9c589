import { z } from 'zod'
import type { Queries } from '../database/database.ts'
import { appendAfter } from '../record/append-after.ts'
import { eraseAll } from '../record/erase.ts'
import type { KnownMatter, Matter } from './matter.ts'
import { day, line, read, reasonText, replyText, Unsaid } from './said.ts'

const rule =
  'Whoever leads a provider may reply in public to what is said of it, beside it, in up to 300 words.'
const withdrawnRule =
  'A reply may be withdrawn with a reason: its words go, and that there was one stays.'

/** A reply as its author gives it. */
export const replySchema = z.strictObject({
  text: replyText,
  /** What whoever replies is: "head teacher". */
  role: line,
  /** Only where they choose to give it. */
  name: line.optional(),
  givenOn: day,
})

export const withdrawalSchema = z.strictObject({ why: reasonText, role: line, on: day })

const called = {
  text: 'The reply',
  role: 'The role',
  name: 'The name',
  why: 'The reason',
}

/** What a reply is on the record: all its versions together. */
export const replySubject = ({ provider, kind, about }: Matter): string =>
  `reply:${provider}:${kind}:${about}`

const insertAct = `insert into reply_act (entry, provider, kind, about, period, act, role, acted_on)
  values ($1, $2, $3, $4, $5, $6, $7, $8)`

/**
 * Puts a reply beside what is said of a provider, in public and on the record; where one stands, as its new
 * version. The transaction is the caller's.
 * @param seen the last entry about this reply that its author knew; null for any.
 * @param person the number of its author; null where that is nobody who signed in.
 * @returns the number of its entry.
 * @throws Unsaid, Overtaken.
 */
export async function giveReply(
  tx: Queries,
  matter: KnownMatter,
  request: unknown,
  seen: number | null = null,
  person: string | null = null,
): Promise<number> {
  const { text, role, name, givenOn } = read(replySchema, request, called)
  const { provider, kind, about, period } = matter
  const act = {
    act: 'reply-given',
    role: `${role} of ${matter.providerName}`,
    subject: replySubject(matter),
    why: null,
    rule,
    details: { provider, kind, about, period, givenOn },
    personal: { why: text, ...(name === undefined ? {} : { name }) },
    person,
  } as const
  const entry = await appendAfter(tx, act, seen)
  await tx.query(insertAct, [
    ...[entry, provider, kind, about, period],
    ...['given', role, givenOn],
  ])
  await tx.query('insert into reply_text (entry, text, name) values ($1, $2, $3)', [
    entry,
    text,
    name ?? null,
  ])
  return entry
}

/**
 * Withdraws the reply that stands: the words of all its versions go, on the record too. One that was withdrawn
 * already is not withdrawn again.
 * @throws Unsaid, Overtaken.
 */
export async function withdrawReply(
  tx: Queries,
  matter: Matter & { readonly providerName: string },
  request: unknown,
  seen: number,
  person: string | null = null,
): Promise<number> {
  const { why, role, on } = read(withdrawalSchema, request, called)
  const { provider, kind, about } = matter
  const subject = replySubject(matter)
  const act = {
    act: 'reply-withdrawn',
    role: `${role} of ${matter.providerName}`,
    subject,
    why: null,
    rule: withdrawnRule,
    details: { provider, kind, about },
    personal: { why },
    person,
  } as const
  // First: of two who act at once the second waits here, and then sees what the first has done.
  const entry = await appendAfter(tx, act, seen)
  if (!(await stands(tx, matter)))
    throw new Unsaid('', 'There is no reply that could be withdrawn.')
  await tx.query(insertAct, [...[entry, provider, kind, about, ''], ...['withdrawn', role, on]])
  await tx.query(
    `delete from reply_text where entry in
      (select entry from reply_act where provider = $1 and kind = $2 and about = $3)`,
    [provider, kind, about],
  )
  await eraseAll(tx, subject, { why: 'The reply was withdrawn.', by: act.role }, 'reply-given')
  return entry
}

/** Whether there is a reply that was not withdrawn. */
async function stands(tx: Queries, { provider, kind, about }: Matter): Promise<boolean> {
  const [last] = await tx.query<{ act: string }>(
    `select act from reply_act where provider = $1 and kind = $2 and about = $3
     order by entry desc limit 1`,
    [provider, kind, about],
  )
  return last?.act === 'given'
}
