import { z } from 'zod'
import type { Queries } from '../database/database.ts'
import { lockRecord } from '../record/append.ts'
import { appendAfter } from '../record/append-after.ts'
import { eraseAll } from '../record/erase.ts'
import { correctingReleases } from './correcting.ts'
import { type CorrectionClock, dueOf } from './deadline.ts'
import type { KnownMatter } from './matter.ts'
import { day, line, read, reasonText, typed, Unsaid } from './said.ts'

const askedRule =
  'Whoever works for a provider may ask for a correction of what is said of it, and is answered within a stated time.'
const answeredRule =
  'A request for a correction is accepted with the release that corrects, or refused with a reason.'

export const askSchema = z.strictObject({
  /** What is wrong, what it should be, and how that can be seen. */
  wrong: reasonText,
  /** "5%" is enough. */
  rightIs: typed(1, 2000),
  evidence: reasonText,
  /** It tells something of a person: its words are not made public. */
  isPrivate: z.boolean(),
  role: line,
  askedOn: day,
})

export const correctionAnswerSchema = z.discriminatedUnion(
  'outcome',
  [
    z.strictObject({
      outcome: z.literal('accepted'),
      /** The number of the release that corrects. */
      release: z.coerce
        .number('is no number')
        .int('is no number')
        .min(1, 'is missing: choose it from the list')
        .max(2 ** 31 - 1, 'is no number'),
      why: z.union([z.literal(''), reasonText]),
      role: line,
      on: day,
    }),
    z.strictObject({ outcome: z.literal('refused'), why: reasonText, role: line, on: day }),
  ],
  { error: 'is missing: choose one of the two' },
)

const called = {
  wrong: 'What is wrong',
  rightIs: 'What it should be',
  evidence: 'The evidence',
  role: 'The role',
  outcome: 'The answer',
  release: 'The release',
  why: 'The reason',
}

export const correctionSubject = (id: number): string => `correction:${id}`

/**
 * Asks for a correction of what is said of a provider, on the record too. The transaction is the caller's.
 * @param clock by when it is to be answered.
 * @param person the number of who asks; null where that is nobody who signed in.
 * @returns its number.
 * @throws Unsaid.
 */
export async function askCorrection(
  tx: Queries,
  matter: KnownMatter,
  request: unknown,
  clock: CorrectionClock,
  person: string | null = null,
): Promise<number> {
  const asked = read(askSchema, request, called)
  const { provider, kind, about, period } = matter
  const { due, clock: kept } = dueOf(clock, asked.askedOn)
  // Numbered one by one, under the lock that its entry needs anyway: a sequence leaves holes.
  await lockRecord(tx)
  const [row] = await tx.query<{ id: number }>(
    `insert into correction (id, provider, kind, about, period, role, asked_on, due, clock, is_private)
     overriding system value
     select coalesce(max(id), 0) + 1, $1, $2, $3, $4, $5, $6::date, $7::date, $8, $9::boolean
     from correction returning id`,
    [
      ...[provider, kind, about, period, asked.role, asked.askedOn, due],
      ...[JSON.stringify(kept), asked.isPrivate],
    ],
  )
  const id = row?.id ?? 0
  const { wrong, rightIs, evidence } = asked
  await tx.query(
    'insert into correction_text (correction, wrong, right_is, evidence) values ($1, $2, $3, $4)',
    [id, wrong, rightIs, evidence],
  )
  const act = {
    act: 'correction-asked',
    role: `${asked.role} of ${matter.providerName}`,
    subject: correctionSubject(id),
    why: asked.isPrivate ? 'Not public: it tells something of a person.' : null,
    rule: askedRule,
    details: { provider, kind, about, period, askedOn: asked.askedOn, due },
    ...(asked.isPrivate ? {} : { personal: { why: wrong, rightIs, evidence } }),
    person,
  } as const
  const entry = await appendAfter(tx, act, null)
  await insertAct(tx, [entry, id, 'asked', asked.role, asked.askedOn, null])
  return id
}

const insertAct = (tx: Queries, row: readonly unknown[]): Promise<unknown> =>
  tx.query(
    `insert into correction_act (entry, correction, act, role, acted_on, release)
     values ($1, $2, $3, $4, $5, $6)`,
    row,
  )

/**
 * Answers a request for a correction, once.
 * @param seen the last entry about it that the author knew; null for any.
 * @param person the number of who answers; null where that is nobody who signed in.
 * @throws Unsaid, Overtaken.
 */
export async function answerCorrection(
  tx: Queries,
  id: number,
  request: unknown,
  seen: number | null = null,
  person: string | null = null,
): Promise<number> {
  const answer = read(correctionAnswerSchema, request, called)
  const [asked] = await tx.query<{ on: string }>(
    'select asked_on::text as "on" from correction where id = $1',
    [id],
  )
  if (!asked) throw new Unsaid('', `There is no request for a correction with the number ${id}.`)
  if (answer.on < asked.on) throw new Unsaid('', 'No request is answered before it is asked.')
  const release = answer.outcome === 'accepted' ? answer.release : null
  if (release !== null) await checkCorrects(tx, id, release)
  const act = {
    act: 'correction-answered',
    role: answer.role,
    subject: correctionSubject(id),
    why: null,
    rule: answeredRule,
    details: { outcome: answer.outcome, release, on: answer.on },
    ...(answer.why === '' ? {} : { personal: { why: answer.why } }),
    person,
  } as const
  const entry = await appendAfter(tx, act, seen)
  // Whoever was faster has let go of the record's lock by now, so that their answer is seen.
  const answered = await tx.query(
    `select 1 from correction_act where correction = $1 and act <> 'asked'`,
    [id],
  )
  if (answered.length > 0) throw new Unsaid('', 'It has been answered already.')
  await insertAct(tx, [entry, id, answer.outcome, answer.role, answer.on, release])
  return entry
}

/**
 * Erases the words of a request, on the record too: that it was asked for, and its answer, stay.
 * @param why the reason, which is public and names nobody.
 * @throws Unsaid where there are no words to erase.
 */
export async function eraseCorrection(
  tx: Queries,
  id: number,
  { why, by }: { readonly why: string; readonly by: string },
): Promise<void> {
  const gone = await tx.query(
    'delete from correction_text where correction = $1 returning correction',
    [id],
  )
  if (gone.length === 0) {
    throw new Unsaid('', `There is no request ${id} for a correction whose words are kept.`)
  }
  await eraseAll(tx, correctionSubject(id), { why, by }, 'correction-asked')
}

/** @throws Unsaid where a release cannot be the correction that was asked for. */
async function checkCorrects(tx: Queries, id: number, release: number): Promise<void> {
  const all = await correctingReleases(tx, id)
  if (all.some((r) => r.id === release)) return
  const [published] = await tx.query(
    `select 1 from release where id = $1 and published_in is not null
     and coalesce(ended_as, '') <> 'withdrawn'`,
    [release],
  )
  throw new Unsaid(
    'release',
    published
      ? `Release ${release} cannot be the correction: it holds other figures, or was published before the request. Choose one of the list.`
      : `Release ${release} is not published, or was withdrawn. Publish the release that corrects first.`,
  )
}
