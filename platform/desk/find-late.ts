import { loadStoredSeries, storedKeys } from '../comparison/stored-series.ts'
import { statuses } from '../evidence/descriptor.ts'
import { periodKinds } from '../evidence/period-kinds.ts'
import type { PublicationAtHand } from '../publishing/dependents.ts'
import { watchedProviders } from './find-figures.ts'
import { missingPeriods, nextRelease } from './rhythm.ts'
import type { Found, Seen } from './signal.ts'

/** A source as its current releases describe it. */
interface Source {
  readonly dataset: string
  readonly title: string
  readonly invented: boolean
  /** The day on which its last release came out; null where it is not known. */
  readonly published: string | null
  readonly indicators: readonly string[]
}

/** All sources whose figures are in this publication; a yardstick has no next year. */
export async function currentSources({ db, releases }: PublicationAtHand): Promise<Source[]> {
  return db.query<Source>(
    `select dataset, (array_agg(title order by period desc, id desc))[1] as title,
       bool_or(invented) as invented,
       (array_agg(published_on order by period desc, id desc))[1] as published,
       (select array_agg(distinct code) from release r, jsonb_array_elements_text(r.indicators) as code
        where r.dataset = release.dataset and r.id = any($1::int[])) as indicators
     from release where id = any($1::int[]) and not yardstick group by dataset order by dataset`,
    [releases],
  )
}

/** The indicator that stands for a source: its first headline, or else its first. */
function mainIndicator({ indicators }: PublicationAtHand, source: Source): string | null {
  const codes = [...indicators.keys()].filter((code) => source.indicators.includes(code))
  return codes.find((code) => indicators.get(code)?.headline) ?? codes[0] ?? null
}

/** Whether the source's next figures are late, which periods it lacks, and who fell silent in it. */
export async function findLate(publication: PublicationAtHand, source: Source): Promise<Found[]> {
  const { db, number, catalogue } = publication
  const code = mainIndicator(publication, source)
  const kind = code === null ? null : periodKinds(catalogue.descriptors)(code)
  if (code === null || kind === null) return []
  const keys = await storedKeys(db, number, code)
  const periods = keys.filter((k) => k.breakdown === '').map((k) => k.period)
  const about = source.dataset
  const ofSource = (period: string, seen: Seen) => ({
    subject: null,
    period,
    seen: { title: source.title, ...seen },
  })
  const until = periods.at(-1) ?? ''
  const next = nextRelease(periods, kind, source.published)
  const silent = await fellSilent(publication, source, code, periods)
  const none = { about, watched: 1, falseAlarms: 0 }
  return [
    {
      ...none,
      rule: 'late-release',
      // An invented area has no next year.
      signals: next && !source.invented ? [ofSource(next.period, { due: next.due, until })] : [],
    },
    {
      ...none,
      rule: 'missing-period',
      signals: missingPeriods(periods, kind).map((period) => ofSource(period, { until })),
    },
    silent,
  ]
}

/** A source's last period is taken as whole where it has at least this share of those before. */
const wholeShare = 0.5

/** What says of a provider that its source still knows it. */
const known = ['value', 'suppressed', 'not-applicable', 'unreliable']

/**
 * Open providers that had a value of the source's main indicator in the last period but one, and in the last have none
 * of any of its indicators.
 */
async function fellSilent(
  publication: PublicationAtHand,
  source: Source,
  code: string,
  periods: readonly string[],
): Promise<Found> {
  const found: Found = {
    rule: 'silent-provider',
    about: source.dataset,
    signals: [],
    watched: 0,
    falseAlarms: 0,
  }
  const [before, last] = [periods.at(-2), periods.at(-1)]
  const indicator = publication.indicators.get(code)
  if (before === undefined || last === undefined || !indicator) return found
  const isWatched = watchedProviders(publication, indicator)
  const had = [...(await subjectsWith(publication, code, before, ['value']))]
    .filter(isWatched)
    .sort((a, b) => a - b)
  const has = await subjectsWith(publication, code, last, known)
  if (had.filter((subject) => has.has(subject)).length < wholeShare * had.length) return found
  let silent = had.filter((subject) => !has.has(subject))
  for (const other of source.indicators) {
    if (silent.length === 0) break
    if (other === code) continue
    const there = await subjectsWith(publication, other, last, known)
    silent = silent.filter((subject) => !there.has(subject))
  }
  return {
    ...found,
    signals: silent.map((subject) => ({
      subject,
      period: last,
      seen: { title: source.title, until: before },
    })),
    watched: had.length,
  }
}

/** Whose figure of an indicator and period, of everyone, has one of some statuses. */
async function subjectsWith(
  { db, number }: PublicationAtHand,
  code: string,
  period: string,
  some: readonly string[],
): Promise<Set<number>> {
  const [series] = await loadStoredSeries(db, number, code, { breakdown: '', period })
  const counts = (i: number): boolean => some.includes(statuses[series?.status[i] ?? -1] ?? '')
  return new Set(Array.from(series?.subjects ?? []).filter((_, i) => counts(i)))
}
