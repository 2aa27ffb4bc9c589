import type { Queries } from '../database/database.ts'
import { Unsaid } from '../replies/said.ts'
import { descriptorId } from './results-descriptor.ts'
import { resultsFile } from './results-file.ts'
import type { Result } from './results-of.ts'
import { findSurvey, monthOf, type Survey } from './survey.ts'

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
    // What it left out is nobody's place.
    const both = (await resultsFile(tx, other)).results.filter((c) => own.has(keyOf(c)))
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

/** Another survey that asks of the same providers and closes in the same month. */
export interface Neighbour {
  readonly survey: Survey
  /** Of how many of the same providers it asks. */
  readonly providers: number
}

/**
 * Surveys with which this one shares a month and providers: whichever is counted first has the figures, and counting
 * the other is refused.
 */
export async function neighboursOf(
  db: Pick<Queries, 'query'>,
  survey: Survey,
): Promise<readonly Neighbour[]> {
  const rows = await db.query<{ id: number; providers: number }>(
    `select s.id, count(*)::int as providers
     from survey s join survey_link l on l.survey = s.id
       join survey_link o on o.provider = l.provider and o.survey = $3
     where s.service = $1 and s.invented = $2 and s.id <> $3
       and s.closes between $4::date - 731 and $4::date + 731
     group by s.id order by s.id`,
    [survey.service, survey.invented, survey.id, survey.closes],
  )
  const all: Neighbour[] = []
  for (const { id, providers } of rows) {
    const other = await findSurvey(db, id)
    if (other && monthOf(other) === monthOf(survey)) all.push({ survey: other, providers })
  }
  return all
}
