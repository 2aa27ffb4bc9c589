import type { Queries } from '../database/database.ts'
import { Unsaid } from '../replies/said.ts'
import { countAnswers } from './count-answers.ts'
import { descriptorId } from './results-descriptor.ts'
import type { Result } from './results-of.ts'
import { findSurvey, type Survey } from './survey.ts'

/** The month whose figures a survey's answers become: that in which it closed, or was ended before. */
export function monthOf({ closes, endedAt }: Pick<Survey, 'closes' | 'endedAt'>): string {
  const last = endedAt?.slice(0, 10) ?? closes
  return (last < closes ? last : closes).slice(0, 7)
}

/** Between counting and the draft that comes of it lies a moment in which another could be counted. */
const waiting = '1 hour'

/** Providers that the sentence names. */
const mostNamed = 3

type Figure = Pick<Result, 'provider' | 'who' | 'part'>

const keyOf = ({ provider, who, part }: Figure): string => JSON.stringify([provider, who, part])

/**
 * Surveys of the same service that have figures, published or in a draft, or that were counted just now. Each survey
 * is a part of the data set of its own, so its release stands beside the others, and the newest figure is shown.
 */
async function countedBeside(tx: Queries, survey: Survey): Promise<readonly Survey[]> {
  const rows = await tx.query<{ id: number }>(
    `select s.id from survey s
     where s.service = $1 and s.invented = $2 and s.id <> $3
       and (exists (select 1 from release r
              where r.dataset = $4 and r.part = 's' || s.id and r.ended_in is null)
         or exists (select 1 from record_entry e
              where e.act = 'survey-counted' and e.recorded_at > now() - interval '${waiting}'
                and (e.entry::jsonb -> 'details' ->> 'survey')::int = s.id
                and not exists (select 1 from release r
                  where r.dataset = $4 and r.part = 's' || s.id)))
     order by s.id`,
    [survey.service, survey.invented, survey.id, descriptorId(survey.service, survey.invented)],
  )
  const all: Survey[] = []
  for (const { id } of rows) {
    const other = await findSurvey(tx, id)
    if (other && monthOf(other) === monthOf(survey)) all.push(other)
  }
  return all
}

/**
 * Refuses figures that would take the place of another survey's: a provider has one figure for a month, and nobody
 * would see that the one before is gone.
 * @throws Unsaid that names the other survey and the providers.
 */
export async function refuseSameMonth(
  tx: Queries,
  survey: Survey,
  figures: readonly Figure[],
): Promise<void> {
  const own = new Set(figures.map(keyOf))
  for (const other of await countedBeside(tx, survey)) {
    const both = (await countAnswers(tx, other)).filter((c) => own.has(keyOf(c)))
    const providers = [...new Set(both.map((c) => c.provider))]
    if (providers.length === 0) continue
    const more = providers.length - mostNamed
    const named = `${providers.slice(0, mostNamed).join(', ')}${more > 0 ? ` and ${more} more` : ''}`
    throw new Unsaid(
      '',
      `The answers to survey ${other.id}, “${other.title}”, are figures of the same month, ${monthOf(survey)}, for ${named}. Those of this survey would take their place. Withdraw the release of the other survey first, or leave this one uncounted.`,
    )
  }
}
