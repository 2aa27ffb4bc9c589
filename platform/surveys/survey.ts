import { z } from 'zod'
import type { Queries } from '../database/database.ts'
import { utcDay } from '../database/utc-day.ts'
import { append } from '../record/append.ts'
import { day, line, read, reasonText, Unsaid } from '../replies/said.ts'
import { newOpenCode } from './code.ts'
import { type Instrument, instrumentSchema, mostOwn, withOwn } from './instrument.ts'
import { questionSchema } from './question.ts'

const openedRule =
  'Everybody who uses a service may be asked about it in the same questions, dignity and respect among them.'
const endedRule = 'A survey may end before its last day, with a reason.'

/** The most providers that one survey is about. */
export const mostProviders = 20_000
/** The longest that a survey is open, in days. */
const longest = 731

export const surveySchema = z
  .strictObject({
    title: line,
    service: z.string().min(1),
    /** The codes of those whom it is about. */
    providers: z.array(z.string().min(1)).min(1, 'is empty').max(mostProviders, 'are too many'),
    opens: day,
    closes: day,
    /** The service's own questions, after the standard ones. */
    own: z.array(questionSchema).max(mostOwn).default([]),
    invented: z.boolean(),
    role: line,
  })
  .refine((s) => s.closes >= s.opens, { error: 'is before the first', path: ['closes'] })
  .refine((s) => (Date.parse(s.closes) - Date.parse(s.opens)) / 86_400_000 < longest, {
    error: 'is more than two years after the first',
    path: ['closes'],
  })

const called = {
  title: 'The title',
  providers: 'The list of providers',
  opens: 'The first day',
  closes: 'The last day',
  own: 'A question',
  role: 'The role',
  why: 'The reason',
}

/** A survey as it is asked. */
export interface Survey {
  readonly id: number
  readonly title: string
  readonly service: string
  readonly instrument: Instrument
  /** ISO days, both of them included. */
  readonly opens: string
  readonly closes: string
  readonly endedAt: string | null
  readonly invented: boolean
}

export type SurveyState = 'not-yet' | 'open' | 'ended'

/** Whether answers are taken on a day. */
export function stateOn(
  { opens, closes, endedAt }: Pick<Survey, 'opens' | 'closes' | 'endedAt'>,
  day: string,
): SurveyState {
  if (endedAt !== null || day > closes) return 'ended'
  return day < opens ? 'not-yet' : 'open'
}

/** The month whose figures a survey's answers become: that in which it closed, or was ended before. */
export function monthOf({ closes, endedAt }: Pick<Survey, 'closes' | 'endedAt'>): string {
  const last = endedAt?.slice(0, 10) ?? closes
  return (last < closes ? last : closes).slice(0, 7)
}

/**
 * Begins a survey, with an open link for each provider, and puts it on the record. The transaction is the
 * caller's.
 * @param person the number of who opens it; null where that is nobody who signed in.
 * @throws Unsaid.
 */
export async function openSurvey(
  tx: Queries,
  request: unknown,
  person: string | null = null,
): Promise<number> {
  const s = read(surveySchema, request, called)
  const providers = [...new Set(s.providers)]
  const instrument = withOwn(s.own)
  const entry = await append(tx, [
    {
      act: 'survey-opened',
      role: s.role,
      subject: `survey:${s.service}`,
      why: null,
      rule: openedRule,
      person,
      details: {
        ...{ title: s.title, service: s.service, instrument: instrument.code },
        ...{ providers: providers.length, opens: s.opens, closes: s.closes, own: s.own.length },
      },
    },
  ])
  const [row] = await tx.query<{ id: number }>(
    `insert into survey (title, service, instrument, opens, closes, invented, entry)
     values ($1, $2, $3, $4, $5, $6, $7) returning id`,
    [s.title, s.service, JSON.stringify(instrument), s.opens, s.closes, s.invented, entry],
  )
  const id = row?.id ?? 0
  await addLinks(tx, id, providers)
  return id
}

/** A code that is taken already is drawn anew. */
async function addLinks(tx: Queries, survey: number, providers: readonly string[]): Promise<void> {
  let left = providers
  while (left.length > 0) {
    const done = await tx.query<{ provider: string }>(
      `insert into survey_link (code, survey, provider)
       select code, $3, provider from unnest($1::text[], $2::text[]) as l (code, provider)
       on conflict (code) do nothing returning provider`,
      [left.map(newOpenCode), left, survey],
    )
    const known = new Set(done.map((d) => d.provider))
    left = left.filter((p) => !known.has(p))
  }
}

/**
 * Ends a survey before its last day, on the record too.
 * @param person the number of who ends it; null where that is nobody who signed in.
 * @throws Unsaid where it has ended, or is not there.
 */
export async function endSurvey(
  tx: Queries,
  id: number,
  request: { readonly why: string; readonly role: string },
  person: string | null = null,
): Promise<void> {
  const { why, role } = read(z.strictObject({ why: reasonText, role: line }), request, called)
  const [row] = await tx.query<{ title: string; service: string }>(
    `update survey set ended_at = now() where id = $1 and ended_at is null and closes >= ${utcDay}
     returning title, service`,
    [id],
  )
  if (!row) throw new Unsaid('', 'This survey has ended already.')
  const { title, service } = row
  const details = { survey: id, title, service }
  const act = { act: 'survey-ended', role, subject: `survey:${service}` } as const
  await append(tx, [{ ...act, why: null, rule: endedRule, details, personal: { why }, person }])
}

/** A survey's row as it lies in the database. */
interface SurveyRow extends Omit<Survey, 'instrument'> {
  readonly instrument: string
}

const columns = `id, title, service, instrument, opens::text as opens, closes::text as closes,
  ended_at as "endedAt", invented`

/** Questions are parsed once: each page of answers asks for them. */
const parsed = new Map<string, Instrument>()
const mostParsed = 500

function surveyOf({ instrument: text, ...row }: SurveyRow): Survey {
  const known = parsed.get(text)
  if (known) return { ...row, instrument: known }
  const instrument = instrumentSchema.parse(JSON.parse(text))
  if (parsed.size >= mostParsed) parsed.clear()
  parsed.set(text, instrument)
  return { ...row, instrument }
}

export async function findSurvey(db: Pick<Queries, 'query'>, id: number): Promise<Survey | null> {
  const [row] = await db.query<SurveyRow>(`select ${columns} from survey where id = $1`, [id])
  return row ? surveyOf(row) : null
}

/** All surveys, the newest first. */
export async function listSurveys(db: Pick<Queries, 'query'>): Promise<Survey[]> {
  const rows = await db.query<SurveyRow>(
    `select ${columns} from survey order by opens desc, id desc limit 1000`,
  )
  return rows.map(surveyOf)
}

/** What stands on the poster of one provider. */
export interface SurveyLink {
  readonly code: string
  readonly survey: number
  readonly provider: string
}

/** The links of a survey, by provider; a page of them at a time. */
export const linksOf = (
  db: Pick<Queries, 'query'>,
  survey: number,
  { from = 0, size = mostProviders }: { readonly from?: number; readonly size?: number } = {},
): Promise<SurveyLink[]> =>
  db.query<SurveyLink>(
    `select code, survey, provider from survey_link where survey = $1
     order by provider offset $2 limit $3`,
    [survey, from, size],
  )

export async function linkAt(db: Pick<Queries, 'query'>, code: string): Promise<SurveyLink | null> {
  const [row] = await db.query<SurveyLink>(
    'select code, survey, provider from survey_link where code = $1',
    [code],
  )
  return row ?? null
}
