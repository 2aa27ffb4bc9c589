import { z } from 'zod'
import type { Database, Queries } from '../database/database.ts'
import { appendAfter } from '../record/append-after.ts'
import { problemSentence, shorterThan } from '../record/typed-words.ts'
import { type SignalRule, type StoredSignal, signalRules } from './signal.ts'

/** Ways to answer a signal: it is right; it has this reason; this will be done about it. */
export const answerKinds = ['accept', 'explain', 'plan'] as const
export type AnswerKind = (typeof answerKinds)[number]

const words = (most: number) =>
  z
    .string()
    .trim()
    .min(3, { error: shorterThan(3) })
    .max(most, `is longer than ${most} letters`)
    .regex(/^[^\u0000-\u0008\u000b-\u001f\u007f]*$/, 'holds characters that cannot be typed')
    .refine((text) => text.isWellFormed(), 'holds halves of characters')

/** An answer as its author gives it, on the command line or by a form. */
export const answerSchema = z
  .strictObject({
    /** The signal's key. */
    signal: z.string().max(500),
    kind: z.enum(answerKinds),
    /** Of a plan: what will be done. */
    text: words(2000),
    /** In what role it is given: "head teacher", "commissioner". */
    role: words(100),
    name: words(100).optional(),
    givenOn: z.iso.date('is no date such as 2026-11-24'),
    /** Of a plan: by when, a later day. */
    byWhen: z.iso.date('is no date such as 2026-11-24').optional(),
    /** Of a plan: the indicator that is to change; without it the signal's own. */
    indicator: z.string().max(200).optional(),
  })
  .refine((a) => a.kind !== 'plan' || a.byWhen !== undefined, {
    message: 'is missing: a plan says by when',
    path: ['byWhen'],
  })
  .refine((a) => a.kind === 'plan' || a.byWhen === undefined, {
    message: 'belongs to a plan alone: leave it empty, or choose that something will be done',
    path: ['byWhen'],
  })
  .refine((a) => a.byWhen === undefined || a.byWhen > a.givenOn, {
    message: 'must be later than the day of the plan',
    path: ['byWhen'],
  })
  .refine((a) => a.kind === 'plan' || a.indicator === undefined, {
    message: 'is only named by a plan',
    path: ['indicator'],
  })
export type AnswerRequest = z.infer<typeof answerSchema>

/** An answer as it was recorded. */
export interface Answer {
  readonly id: number
  readonly kind: AnswerKind
  readonly text: string
  readonly role: string
  readonly name: string | null
  readonly givenOn: string
  readonly byWhen: string | null
  readonly indicator: string | null
  readonly recordedAt: string
}

/** Why an answer was not taken, as a sentence for whoever gave it; `field` names what is wrong, if one thing is. */
export class AnswerRefused extends Error {
  readonly field: string

  constructor(sentence: string, field = '') {
    super(sentence)
    this.field = field
  }
}

const called: Readonly<Record<string, string>> = {
  signal: 'The signal',
  text: 'The text',
  role: 'The role',
  name: 'The name',
  givenOn: 'The day on which it was given',
  byWhen: 'The day by which it will be done',
  indicator: 'The indicator',
}

/**
 * Records an answer, on the public record too, in one transaction: the signal must stand now. Answers are only ever added; a later
 * one stands beside the earlier ones.
 * @param today the day beyond which no answer can have been given.
 * @returns the answer's number.
 * @throws AnswerRefused.
 */
export async function giveAnswer(
  db: Database,
  request: unknown,
  today = new Date().toISOString().slice(0, 10),
): Promise<number> {
  return db.transaction((tx) => answerSignal(tx, request, { today, seen: null }))
}

interface AnswerPlace {
  readonly today: string
  readonly seen: number | null
  readonly person?: string | null
}

/**
 * The same within a transaction of more.
 * @param seen the last entry about the signal that the author knew; null for any.
 * @param person the number of the author; none where that is nobody who signed in.
 * @throws AnswerRefused, Overtaken.
 */
export async function answerSignal(
  tx: Queries,
  request: unknown,
  { today, seen, person }: AnswerPlace,
): Promise<number> {
  const parsed = answerSchema.safeParse(request)
  if (!parsed.success) {
    const issue = parsed.error.issues[0]
    const field = String(issue?.path[0] ?? '')
    throw new AnswerRefused(problemSentence(called[field] ?? 'It', issue?.message ?? ''), field)
  }
  const answer = parsed.data
  if (answer.givenOn > today) throw new AnswerRefused('No answer is given on a day to come.')
  const indicator = await indicatorOf(tx, answer)
  const [row] = await tx.query<{ id: number }>(
    `insert into signal_answer (signal, given_on, kind, text, role, name, indicator, by_when)
     values ($1, $2, $3, $4, $5, $6, $7, $8) returning id`,
    [
      answer.signal,
      answer.givenOn,
      answer.kind,
      answer.text,
      answer.role,
      answer.name ?? null,
      answer.kind === 'plan' ? indicator : null,
      answer.byWhen ?? null,
    ],
  )
  const id = row?.id ?? 0
  const act = {
    act: 'signal-answered',
    role: answer.role,
    subject: `signal:${answer.signal}`,
    why: null,
    rule: 'Whoever a signal is about may answer it; an answer is added, and never changed.',
    details: {
      answer: id,
      kind: answer.kind,
      givenOn: answer.givenOn,
      byWhen: answer.byWhen ?? null,
      indicator: answer.kind === 'plan' ? indicator : null,
    },
    personal: { why: answer.text, ...(answer.name === undefined ? {} : { name: answer.name }) },
    person: person ?? null,
  } as const
  await appendAfter(tx, act, seen)
  return id
}

/** The indicator that a plan is about; null where the signal is about a source and none is named. */
async function indicatorOf(
  tx: Pick<Database, 'query'>,
  { signal, indicator }: AnswerRequest,
): Promise<string | null> {
  const [rule = '', code = '', about = '', ...rest] = signal.split(':')
  const [row] = await tx.query<{ body: string; subject: number | null }>(
    `select body, (select id from subject where code = $3) as subject from signal
     where rule = $1 and about = $2 and publication <= (select max(id) from publication)
     order by publication desc limit 1`,
    [rule, about, code],
  )
  const stored: StoredSignal[] = row ? JSON.parse(row.body) : []
  const subject = code === '' ? null : row?.subject
  if (!stored.some((s) => s.subject === subject && s.period === rest.join(':'))) {
    throw new AnswerRefused(`There is no signal ${signal} now. List them with: plumbline desk`)
  }
  if (indicator !== undefined) {
    const [known] = await tx.query('select 1 from comparison_series where indicator = $1 limit 1', [
      indicator,
    ])
    if (!known) throw new AnswerRefused(`There are no figures of an indicator ${indicator}.`)
    return indicator
  }
  if (signalRules[rule as SignalRule] === 'late') return null
  const [standard] = await tx.query<{ indicator: string }>(
    `select definition::jsonb->>'indicator' as indicator from standard
     where code = $1 and definition is not null order by publication desc limit 1`,
    [about],
  )
  return standard?.indicator ?? about
}
