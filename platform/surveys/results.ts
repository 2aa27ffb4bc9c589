import type { Queries } from '../database/database.ts'
import { append } from '../record/append.ts'
import { Unsaid } from '../replies/said.ts'
import { atLeast, roundedTo } from './counts.ts'
import { questionsOf } from './instrument.ts'
import { type Part, satisfiedFrom } from './question.ts'
import { type Answerers, descriptorId, resultColumns } from './results-descriptor.ts'
import { type Survey, stateOn } from './survey.ts'
import {
  type FramePart,
  framesOf,
  plainShare,
  type Share,
  type StratumCount,
  weightedShare,
} from './weighted.ts'

const countedRule =
  'The answers of a survey are counted when it has ended, and published like any other figures; those of people who came by themselves are never added to those of a sample.'

/** How many of those who answered a question of one provider gave one of the two best answers. */
export interface Counted {
  readonly provider: string
  readonly who: Answerers
  readonly part: Part
  readonly satisfied: number
  readonly answered: number
  /** By part of the sample. */
  readonly strata: readonly StratumCount[]
}

export interface Result extends Omit<Counted, 'strata'>, Share {}

interface Row {
  readonly provider: string
  readonly sampled: boolean
  readonly stratum: string
  readonly question: string
  readonly answer: string
  readonly n: number
}

/** Counts the answers that were sent, by provider and part; those of samples and open links apart. */
export async function countAnswers(
  db: Pick<Queries, 'query'>,
  { id, instrument }: Pick<Survey, 'id' | 'instrument'>,
): Promise<Counted[]> {
  const questions = new Map(
    questionsOf(instrument).flatMap((q) => (q.part ? [[q.code, { ...q, part: q.part }]] : [])),
  )
  const rows = await db.query<Row>(
    `select r.provider, r.invitation is not null as sampled, coalesce(i.stratum, '') as stratum,
       a.key as question, a.value as answer, count(*)::int as n
     from survey_response r left join survey_invitation i on i.id = r.invitation,
       jsonb_each_text(r.answers) a
     where r.survey = $1 and r.submitted_at is not null and a.key = any($2::text[])
     group by 1, 2, 3, 4, 5 order by 1, 2 desc, 4, 3`,
    [id, [...questions.keys()]],
  )
  const scoreOf = ({ question, answer }: Row): number | undefined =>
    questions.get(question)?.options.find((o) => o.code === answer)?.score
  const scored = rows.filter((r) => scoreOf(r) !== undefined)
  const sumOf = (some: readonly Row[]) => ({
    satisfied: some.reduce((n, r) => n + ((scoreOf(r) ?? 0) >= satisfiedFrom ? r.n : 0), 0),
    answered: some.reduce((n, r) => n + r.n, 0),
  })
  const groups = Map.groupBy(scored, (r) => JSON.stringify([r.provider, r.sampled, r.question]))
  return [...groups.values()].flatMap((some) => {
    const [first] = some
    const part = first && questions.get(first.question)?.part
    if (!first || !part) return []
    const strata = [...Map.groupBy(some, (r) => r.stratum)].map(([stratum, own]) => ({
      stratum,
      ...sumOf(own),
    }))
    const who = first.sampled ? 'sample' : 'open'
    return [{ provider: first.provider, who, part, ...sumOf(some), strata }]
  })
}

/** The figures of a survey, and why some could not be weighted, in a sentence each. */
export function resultsOf(
  counted: readonly Counted[],
  frames: readonly FramePart[],
): { readonly results: readonly Result[]; readonly refused: readonly string[] } {
  const results: Result[] = []
  const refused: string[] = []
  const byProvider = Map.groupBy(frames, (f) => f.provider)
  for (const { strata, ...c } of counted) {
    const parts = byProvider.get(c.provider) ?? []
    const share =
      c.who === 'sample' && parts.length > 1
        ? weightedShare(parts, strata)
        : plainShare(c.satisfied, c.answered)
    if (typeof share === 'string') refused.push(`${c.provider}, ${c.part}: ${share}`)
    else results.push({ ...c, ...share })
  }
  return { results, refused }
}

/** A cell that no comma splits. */
const cell = (value: string | number): string => {
  const text = String(value)
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

export const resultsCsv = (results: readonly Result[]): string =>
  `${[resultColumns.join(','), ...results.map((r) => resultColumns.map((c) => cell(r[c])).join(','))].join('\n')}\n`

/** The file that a survey's results become. */
export interface ResultsFile {
  /** By its name and columns the ordinary import knows it. */
  readonly name: string
  readonly text: string
  readonly results: readonly Result[]
  /** Figures that cannot be given, in a sentence each. */
  readonly refused: readonly string[]
}

export async function resultsFile(
  db: Pick<Queries, 'query'>,
  survey: Survey,
): Promise<ResultsFile> {
  const counted = await countAnswers(db, survey)
  const { results, refused } = resultsOf(counted, await framesOf(db, survey.id))
  const last = survey.endedAt?.slice(0, 10) ?? survey.closes
  const month = (last < survey.closes ? last : survey.closes).slice(0, 7)
  const id = descriptorId(survey.service, survey.invented)
  const name = `${id}-${month}-s${survey.id}.csv`
  return { name, text: resultsCsv(results), results, refused }
}

/** By whom and how a survey is counted. */
export interface CountOptions {
  readonly role: string
  readonly day: string
  /** Whether figures that cannot be weighted are left out. */
  readonly leaveOut: boolean
  /** The number of who counts it; left out where that is nobody who signed in. */
  readonly person?: string | null
}

/** Sentences that a refusal quotes. */
const mostQuoted = 5

/**
 * Counts a survey that has ended, on the record too. The transaction is the caller's.
 * @throws Unsaid while it is open, where nobody answered, and where a figure cannot be weighted, unless such
 *   figures are to be left out.
 */
export async function countSurvey(
  tx: Queries,
  survey: Survey,
  { role, day, leaveOut, person = null }: CountOptions,
): Promise<ResultsFile> {
  if (stateOn(survey, day) !== 'ended') {
    throw new Unsaid('', 'This survey has not ended. Its answers are counted when it has.')
  }
  const file = await resultsFile(tx, survey)
  if (file.refused.length > 0 && !leaveOut) {
    const more = file.refused.length - mostQuoted
    throw new Unsaid(
      'leave-out',
      `${file.refused.length} figures would be wrong. ${file.refused.slice(0, mostQuoted).join('; ')}${more > 0 ? `; and ${more} more` : ''}. Leave them out, or publish nothing.`,
    )
  }
  if (file.results.length === 0) throw new Unsaid('', 'Nobody has answered this survey.')
  const [sent] = await tx.query<Record<Answerers, number>>(
    `select count(*) filter (where invitation is not null)::int as sample,
       count(*) filter (where invitation is null)::int as open
     from survey_response where survey = $1 and submitted_at is not null`,
    [survey.id],
  )
  const { id, title, service } = survey
  await append(tx, [
    {
      ...{ act: 'survey-counted', role, subject: `survey:${service}`, why: null },
      ...{ rule: countedRule, person },
      details: {
        ...{ survey: id, title, service, leftOut: file.refused.length },
        // Neither exact numbers nor a checksum of the counts: either would tell what is hidden of them.
        ...{
          sampled: atLeast(sent?.sample ?? 0),
          open: atLeast(sent?.open ?? 0),
          rounded: roundedTo,
        },
      },
    },
  ])
  return file
}
