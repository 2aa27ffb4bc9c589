import { createHash } from 'node:crypto'
import type { Queries } from '../database/database.ts'
import { append } from '../record/append.ts'
import { Unsaid } from '../replies/said.ts'
import { questionsOf } from './instrument.ts'
import { type Part, satisfiedFrom } from './question.ts'
import { type Answerers, descriptorId, resultColumns } from './results-descriptor.ts'
import { type Survey, stateOn } from './survey.ts'

const countedRule =
  'The answers of a survey are counted when it has ended, and published like any other figures; those of people who came by themselves are never added to those of a sample.'

/** How many of those who answered a question of one provider gave one of the two best answers. */
export interface Result {
  readonly provider: string
  readonly who: Answerers
  readonly part: Part
  readonly satisfied: number
  readonly answered: number
}

/** Counts the answers that were sent, by provider and part; those of samples and open links apart. */
export async function countResults(
  db: Pick<Queries, 'query'>,
  { id, instrument }: Pick<Survey, 'id' | 'instrument'>,
): Promise<Result[]> {
  const questions = new Map(
    questionsOf(instrument).flatMap((q) => (q.part ? [[q.code, { ...q, part: q.part }]] : [])),
  )
  const rows = await db.query<{
    provider: string
    sampled: boolean
    question: string
    answer: string
    n: number
  }>(
    `select provider, invitation is not null as sampled, a.key as question, a.value as answer,
       count(*)::int as n
     from survey_response r, jsonb_each_text(r.answers) a
     where survey = $1 and submitted_at is not null and a.key = any($2::text[])
     group by 1, 2, 3, 4 order by 1, 2 desc, 3`,
    [id, [...questions.keys()]],
  )
  const found = new Map<string, { -readonly [K in keyof Result]: Result[K] }>()
  for (const { provider, sampled, question: code, answer, n } of rows) {
    const question = questions.get(code)
    const score = question?.options.find((o) => o.code === answer)?.score
    if (!question || score === undefined) continue
    const who = sampled ? 'sample' : 'open'
    const key = JSON.stringify([provider, who, code])
    const result = found.get(key) ?? {
      ...{ provider, who, part: question.part, satisfied: 0, answered: 0 },
    }
    result.answered += n
    if (score >= satisfiedFrom) result.satisfied += n
    found.set(key, result)
  }
  return [...found.values()]
}

/** A cell that no spreadsheet runs and no comma splits. */
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
}

export async function resultsFile(
  db: Pick<Queries, 'query'>,
  survey: Survey,
): Promise<ResultsFile> {
  const results = await countResults(db, survey)
  const last = survey.endedAt?.slice(0, 10) ?? survey.closes
  const month = (last < survey.closes ? last : survey.closes).slice(0, 7)
  const id = descriptorId(survey.service, survey.invented)
  return { name: `${id}-${month}-s${survey.id}.csv`, text: resultsCsv(results), results }
}

/**
 * Counts a survey that has ended, on the record too. The transaction is the caller's.
 * @throws Unsaid while it is open, or where nobody answered.
 */
export async function countSurvey(
  tx: Queries,
  survey: Survey,
  { role, day }: { readonly role: string; readonly day: string },
): Promise<ResultsFile> {
  if (stateOn(survey, day) !== 'ended') {
    throw new Unsaid('', 'This survey has not ended. Its answers are counted when it has.')
  }
  const file = await resultsFile(tx, survey)
  if (file.results.length === 0) throw new Unsaid('', 'Nobody has answered this survey.')
  const [sent] = await tx.query<Record<Answerers, number>>(
    `select count(*) filter (where invitation is not null)::int as sample,
       count(*) filter (where invitation is null)::int as open
     from survey_response where survey = $1 and submitted_at is not null`,
    [survey.id],
  )
  const sha256 = createHash('sha256').update(file.text).digest('hex')
  const { id, title, service } = survey
  await append(tx, [
    {
      ...{ act: 'survey-counted', role, subject: `survey:${service}`, why: null },
      rule: countedRule,
      details: {
        ...{ survey: id, title, service, sha256 },
        ...{ sampled: sent?.sample ?? 0, open: sent?.open ?? 0 },
      },
    },
  ])
  return file
}
