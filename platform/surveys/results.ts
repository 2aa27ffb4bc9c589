import type { Queries } from '../database/database.ts'
import { append } from '../record/append.ts'
import { Unsaid } from '../replies/said.ts'
import { atLeast, roundedTo } from './counts.ts'
import { type ResultsFile, resultsFile } from './results-file.ts'
import { refuseSameMonth } from './same-month.ts'
import { type Survey, stateOn } from './survey.ts'
import { keepTold } from './told-shares.ts'
import { type Answerers, whoAnswered } from './who.ts'

const countedRule =
  'The answers of a survey are counted when it has ended, and published like any other figures; those of people who came by themselves, or were asked after an appointment, are never added to those of a sample.'

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
 *   figures are to be left out; and where its figures would take the place of another survey's.
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
  await keepTold(tx, survey.id, file.results)
  const [sent] = await tx.query<Record<Answerers, number> & { asksAfter: boolean }>(
    `select count(*) filter (where ${whoAnswered} = 'sample')::int as sample,
       count(*) filter (where ${whoAnswered} = 'appointment')::int as appointment,
       count(*) filter (where ${whoAnswered} = 'open')::int as open,
       exists (select 1 from survey_after a where a.survey = $1) as "asksAfter"
     from survey_response r where survey = $1 and submitted_at is not null`,
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
          ...(sent?.asksAfter ? { appointment: atLeast(sent.appointment) } : {}),
          open: atLeast(sent?.open ?? 0),
          rounded: roundedTo,
        },
      },
    },
  ])
  // The record lets one act in at a time: of two that are counted at once, the second sees the first.
  await refuseSameMonth(tx, survey, file.results)
  return file
}
