import type { Queries } from '../database/database.ts'
import type { Matter } from './matter.ts'

/** A release by which a request for a correction may be answered. */
export interface CorrectingRelease {
  readonly id: number
  readonly title: string
  readonly period: string
  readonly publishedAt: string
}

/** So many are offered: the newest. */
const mostOffered = 30

/** What a matter rests on: indicators, a source, or all that a service has. */
interface Grounds {
  readonly indicators: readonly string[]
  readonly dataset: string | null
  readonly service: string | null
}

/**
 * The releases that can be the correction of what a request is about, the newest first: published since it was
 * asked for and not withdrawn, of a source that has the figures in question.
 * @param id the request's number.
 */
export async function correctingReleases(
  db: Pick<Queries, 'query'>,
  id: number,
): Promise<CorrectingRelease[]> {
  const [asked] = await db.query<Matter & { since: string }>(
    // A request that reached us on another way bears the day on which it was made, not a moment.
    `select c.provider, c.kind, c.about, least(e.recorded_at, c.asked_on + interval '1 day') as since
     from correction c join correction_act a on a.correction = c.id and a.act = 'asked'
     join record_entry e on e.number = a.entry where c.id = $1`,
    [id],
  )
  if (!asked) return []
  const { indicators, dataset, service } = await groundsOf(db, asked)
  return db.query<CorrectingRelease>(
    `select r.id, r.title, r.period, p.published_at as "publishedAt"
     from release r join publication p on p.id = r.published_in
     where p.published_at > $1::timestamptz and coalesce(r.ended_as, '') <> 'withdrawn'
       and (r.dataset = $2 or r.service = $3
         or r.dataset in (select dataset from release where indicators ?| $4::text[]))
     order by r.id desc limit ${mostOffered}`,
    [asked.since, dataset, service, indicators],
  )
}

async function groundsOf(db: Pick<Queries, 'query'>, { kind, about }: Matter): Promise<Grounds> {
  const nothing = { indicators: [], dataset: null, service: null }
  if (kind === 'card') return { ...nothing, service: about }
  // A signal's key: its rule, the provider, what it is about, the period.
  const code = kind === 'signal' ? (about.split(':')[2] ?? '') : about
  const indicators = kind === 'figure' ? [code] : await judgedBy(db, code)
  return { indicators, dataset: kind === 'signal' ? code : null, service: null }
}

/** The indicators of a standard and of its parts; the code itself where it is no standard. */
async function judgedBy(db: Pick<Queries, 'query'>, code: string): Promise<string[]> {
  const rows = await db.query<{ indicator: string }>(
    `with recursive latest as (
       select distinct on (code) code, definition::jsonb as definition from standard
       where definition is not null order by code, publication desc),
     of as (
       select code, definition from latest where code = $1
       union
       select l.code, l.definition from of
       cross join lateral jsonb_array_elements(coalesce(of.definition->'alternatives', '[]')) way
       cross join lateral jsonb_array_elements_text(way) part join latest l on l.code = part)
     select distinct definition->>'indicator' as indicator from of
     where definition->>'indicator' is not null`,
    [code],
  )
  return [code, ...rows.map((r) => r.indicator)]
}
