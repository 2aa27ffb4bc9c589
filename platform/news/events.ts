import type { Queries } from '../database/database.ts'
import { changeCounts, judgementChanges } from '../standards/changes.ts'

/** What programs can ask to be told. */
export const eventTypes = [
  'release.published',
  'release.corrected',
  'release.withdrawn',
  'indicator.changed',
  'judgement.changed',
] as const
export type EventType = (typeof eventTypes)[number]

/** Something that a publication did. No value is told, so none that is hidden. */
export interface NewsEvent {
  readonly type: EventType
  /** What it is about: a release's number, an indicator's or a standard's code. */
  readonly subject: string
  /** When it was published. */
  readonly at: string
  readonly data: Readonly<Record<string, unknown>>
  /** Paths where more is to be read: for programs, and for people. */
  readonly api: string
  readonly page: string
}

interface Release {
  id: number
  dataset: string
  title: string
  publisher: string
  service: string | null
  period: string
  part: string | null
  supersedes: number | null
  indicators: string[]
  withdrawn: boolean
}

type Reads = Pick<Queries, 'query'>

/** All that one publication did, the same whenever it is asked. */
export async function eventsOf(db: Reads, publication: number): Promise<NewsEvent[]> {
  const [made] = await db.query<{ at: string; reason: string }>(
    'select published_at as at, reason from publication where id = $1',
    [publication],
  )
  if (!made) return []
  const releases = await db.query<Release>(
    `select id, dataset, title, publisher, service, period, part, supersedes, indicators,
       coalesce(ended_in = $1, false) as withdrawn
     from release where published_in = $1 or (ended_in = $1 and ended_as = 'withdrawn') order by id`,
    [publication],
  )
  const common = { at: made.at, data: { publication, reason: made.reason } }
  return [
    ...releases.map((r) => releaseEvent(r, common)),
    ...(await indicatorEvents(db, releases, common)),
    ...(await judgementEvents(db, publication, common)),
  ]
}

type Common = Pick<NewsEvent, 'at' | 'data'>

function releaseEvent(
  { indicators: _, withdrawn, ...release }: Release,
  common: Common,
): NewsEvent {
  const isCorrection = release.supersedes !== null
  return {
    type: withdrawn
      ? 'release.withdrawn'
      : isCorrection
        ? 'release.corrected'
        : 'release.published',
    subject: String(release.id),
    at: common.at,
    data: { ...common.data, release },
    api: `/api/v1/releases/${release.id}`,
    page: `/releases/${release.id}`,
  }
}

/** Indicators of which figures came, were changed or went; one that a correction left alone is not told. */
async function indicatorEvents(
  db: Reads,
  releases: readonly Release[],
  common: Common,
): Promise<NewsEvent[]> {
  const changed = await db.query<{ release: number; indicator: string; n: number }>(
    `select release_id as release, indicator, count(*)::int as n from release_change
     where release_id = any($1::int[]) group by release_id, indicator`,
    [releases.map((r) => r.id)],
  )
  const changesOf = (r: Release, code: string): number =>
    changed.find((c) => c.release === r.id && c.indicator === code)?.n ?? 0
  const codes = new Set([
    ...releases.flatMap((r) => r.indicators),
    ...changed.map((c) => c.indicator),
  ])
  return [...codes].sort().flatMap((code) => {
    const own = releases.filter((r) =>
      r.supersedes === null || r.withdrawn ? r.indicators.includes(code) : changesOf(r, code) > 0,
    )
    if (own.length === 0) return []
    const path = encodeURIComponent(code)
    return {
      type: 'indicator.changed',
      subject: code,
      at: common.at,
      data: {
        ...common.data,
        indicator: { code },
        periods: [...new Set(own.map((r) => r.period))].sort(),
        releases: own.map((r) => r.id),
        corrected: own.reduce((sum, r) => sum + changesOf(r, code), 0),
      },
      api: `/api/v1/indicators/${path}`,
      page: `/indicators/${path}`,
    }
  })
}

/** Standards by which somebody is judged otherwise, with how many from what to what. */
async function judgementEvents(
  db: Reads,
  publication: number,
  common: Common,
): Promise<NewsEvent[]> {
  const all = await judgementChanges(db, publication)
  const named = await db.query<{ code: string; name: string }>(
    `select distinct on (code) code, definition::jsonb->>'name' as name from standard
     where code = any($1::text[]) and publication <= $2 and definition is not null
     order by code, publication desc`,
    [all.map((c) => c.standard), publication],
  )
  const names = new Map(named.map((n) => [n.code, n.name]))
  return all.map((changes) => {
    const code = changes.standard
    const path = encodeURIComponent(code)
    return {
      type: 'judgement.changed',
      subject: code,
      at: common.at,
      data: {
        ...common.data,
        standard: { code, name: names.get(code) ?? code },
        providers: changes.of.length,
        changes: changeCounts(changes),
      },
      api: `/api/v1/judgements?standard=${path}`,
      page: `/standards/${path}`,
    }
  })
}
