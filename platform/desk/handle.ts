import { z } from 'zod'
import type { Queries } from '../database/database.ts'
import { appendAfter } from '../record/append-after.ts'
import { problemSentence, shorterThan } from '../record/typed-words.ts'
import { holderOf } from './holders.ts'

/** What was done about a signal beside answering it. */
export interface SignalAct {
  /** Of the record. */
  readonly entry: number
  readonly act: 'taken' | 'closed'
  /** Whoever did it, by their public role. */
  readonly role: string
  readonly on: string
  /** Of closing; null where its reason was erased. */
  readonly why: string | null
  /** It was taken by a steward who is none any more: nobody looks after it by this act. */
  readonly lapsed?: boolean
}

/** Why a signal was not taken or closed, as a sentence. */
export class NotHandled extends Error {
  override name = 'NotHandled'
  /** Of the form that closes, which holds the reason; empty for none. */
  readonly field: 'close' | ''

  constructor(message: string, field: 'close' | '' = 'close') {
    super(message)
    this.field = field
  }
}

const day = z.iso.date()
const role = z.string().trim().min(3).max(200)
const reason = z
  .string()
  .transform((text) => text.replace(/\r\n?/g, '\n').trim())
  .pipe(
    z
      .string()
      .min(3, { error: shorterThan(3) })
      .max(2000, 'is longer than 2,000 letters')
      .regex(/^[^\u0000-\u0008\u000b-\u001f\u007f]*$/, 'holds characters that cannot be typed')
      .refine((text) => text.isWellFormed(), 'holds halves of characters'),
  )

/** What a signal is on the record. */
export const signalSubject = (signal: string): string => `signal:${signal}`

interface Handling {
  readonly signal: string
  readonly role: string
  readonly on: string
  /** The last entry about the signal that its author knew; null for any. */
  readonly seen: number | null
  /** The number of who acts; none where that is nobody who signed in. */
  readonly person?: string | null
}

/**
 * A steward takes a signal: from then on it is theirs to look after, also where it was closed before. The
 * transaction is the caller's, who knows that there is such a signal. Whoever looks after it already does not take it again.
 * @throws NotHandled, Overtaken.
 */
export async function takeSignal(tx: Queries, { signal, seen, ...by }: Handling): Promise<number> {
  const taken = { role: role.parse(by.role), on: day.parse(by.on) }
  const act = {
    act: 'signal-taken',
    role: taken.role,
    subject: signalSubject(signal),
    why: null,
    rule: 'A steward takes a signal of the desk to look after it.',
    details: { on: taken.on },
    person: by.person ?? null,
  } as const
  const entry = await appendAfter(tx, act, seen)
  const holder = by.person ? await holderOf(tx, signal) : null
  if (holder && holder.person === by.person) {
    throw new NotHandled('You look after this signal already.', '')
  }
  await add(tx, [entry, signal, 'taken', taken.role, taken.on])
  return entry
}

/**
 * A steward closes a signal, with a reason.
 * @throws NotHandled, Overtaken.
 */
export async function closeSignal(
  tx: Queries,
  { signal, seen, why, ...by }: Handling & { readonly why: string },
): Promise<number> {
  const closed = { role: role.parse(by.role), on: day.parse(by.on) }
  const given = reason.safeParse(why)
  if (!given.success) {
    throw new NotHandled(problemSentence('The reason', given.error.issues[0]?.message ?? ''))
  }
  const act = {
    act: 'signal-closed',
    role: closed.role,
    subject: signalSubject(signal),
    why: null,
    rule: 'A steward closes a signal of the desk with a reason.',
    details: { on: closed.on },
    personal: { why: given.data },
    person: by.person ?? null,
  } as const
  const entry = await appendAfter(tx, act, seen)
  const [last] = await tx.query<{ act: string }>(
    'select act from signal_act where signal = $1 order by entry desc limit 1',
    [signal],
  )
  if (last?.act === 'closed') throw new NotHandled('This signal is closed already.')
  await add(tx, [entry, signal, 'closed', closed.role, closed.on])
  return entry
}

const add = (tx: Queries, row: readonly unknown[]): Promise<unknown> =>
  tx.query(
    `insert into signal_act (entry, signal, act, role, acted_on)
     values ($1, $2, $3, $4, $5)`,
    row,
  )
