import { loadStoredSeries, type StoredSeries } from '../comparison/stored-series.ts'
import { kindApart } from '../evidence/indicator.ts'
import type { Dependent, PublicationAtHand } from '../publishing/dependents.ts'
import type { FairnessDeclaration } from './declaration.ts'
import { type GapTrend, gapTrend, type HeldAt } from './gap-trend.ts'
import { type Fairness, type Measured, measure } from './measure.ts'
import type { Whereabouts } from './members.ts'

/** Fairness: gaps by deprivation and between groups, and the postcode lottery, once, at publish. */
export const fairness: Dependent = {
  label: 'Measuring fairness',
  tables: ['fairness', 'fairness_trend'],
  async compute(publication) {
    const { catalogue, indicators, touched } = publication
    const known = await knownDeclarations(publication)
    const deprivation = new Deprivation(publication)
    for (const [code, declared] of catalogue.fairness) {
      publication.signal?.throwIfAborted()
      const text = JSON.stringify(declared)
      const by = declared.deprivation?.indicator
      const moved = touched.has(code) || (by !== undefined && touched.has(by))
      if (!indicators.has(code) || (!moved && known.get(code) === text)) continue
      const where = whereabouts(publication, declared, await deprivation.of(declared))
      await store(publication, code, text, await measureAll(publication, code, declared, where))
    }
    for (const code of known.keys()) {
      if (!catalogue.fairness.has(code)) await store(publication, code, '', new Map())
    }
  },
}

/** By which declaration each indicator was measured until now; those that are measured no more left out. */
async function knownDeclarations({ db, number }: PublicationAtHand): Promise<Map<string, string>> {
  const rows = await db.query<{ indicator: string; declared: string }>(
    `select indicator, declared from (
       select distinct on (indicator) indicator, declared, body from fairness_trend
       where publication < $1 order by indicator, publication desc) newest
     where body is not null`,
    [number],
  )
  return new Map(rows.map((r) => [r.indicator, r.declared]))
}

/** How deprived each provider or place is, by its newest figure: read once for each indicator of it. */
class Deprivation {
  readonly #publication: PublicationAtHand
  readonly #read = new Map<string, ReadonlyMap<number, number>>()

  constructor(publication: PublicationAtHand) {
    this.#publication = publication
  }

  async of({ deprivation }: FairnessDeclaration): Promise<ReadonlyMap<number, number>> {
    if (!deprivation) return new Map()
    const { db, number, indicators } = this.#publication
    const { indicator } = deprivation
    const before = this.#read.get(indicator)
    if (before) return before
    const newest = new Map<number, number>()
    // A "higher is better" measure of how well off people are would be turned round.
    const sign = indicators.get(indicator)?.polarity === 'higher' ? -1 : 1
    for (const s of await loadStoredSeries(db, number, indicator, { breakdown: '' })) {
      s.subjects.forEach((subject, at) => {
        const value = s.value[at] as number
        if (Number.isFinite(value)) newest.set(subject, sign * value)
      })
    }
    this.#read.set(indicator, newest)
    return newest
  }
}

function whereabouts(
  { catalogue, listings }: PublicationAtHand,
  declared: FairnessDeclaration,
  deprivation: ReadonlyMap<number, number>,
): Whereabouts {
  const service = catalogue.services.find((s) => s.code === declared.service)
  const parentOf = (subject: number, level: string): number | null =>
    listings.get(subject)?.parents.find((p) => listings.get(p)?.level === level) ?? null
  return {
    isUsual(subject) {
      const listing = listings.get(subject)
      return listing?.service === declared.service && !kindApart(service, listing.body.facts)
    },
    deprivationOf(subject) {
      const level = declared.deprivation?.level
      const own = level === undefined ? subject : parentOf(subject, level)
      return own === null ? null : (deprivation.get(own) ?? null)
    },
    areaOf: (subject) => parentOf(subject, declared.areas),
  }
}

/** All groups that a declaration asks of an indicator; everyone is ''. */
function breakdownsOf(declared: FairnessDeclaration, code: string): Set<string> {
  const tenths = declared.published
    .filter((p) => p.indicators.includes(code))
    .flatMap((p) => p.breakdowns.flatMap((b) => p.tenths.map((t) => b.replace('{tenth}', t))))
  return new Set(['', ...declared.groups.flatMap((g) => [g.first, g.second]), ...tenths])
}

/** Every period of an indicator, oldest first; its figures are in memory all at once. */
async function measureAll(
  { db, number, indicators, listings }: PublicationAtHand,
  code: string,
  declared: FairnessDeclaration,
  where: Whereabouts,
): Promise<Map<string, Measured>> {
  const indicator = indicators.get(code)
  if (!indicator) return new Map()
  const byPeriod = new Map<string, Map<string, StoredSeries>>()
  for (const breakdown of breakdownsOf(declared, code)) {
    for (const s of await loadStoredSeries(db, number, code, { breakdown })) {
      const some = byPeriod.get(s.period) ?? new Map<string, StoredSeries>()
      byPeriod.set(s.period, some.set(breakdown, s))
    }
  }
  const placeOf = (place: string): number | null =>
    listings.values().find((l) => l.kind === 'place' && l.code === place)?.id ?? null
  const periods = [...byPeriod].sort(([a], [b]) => (a < b ? -1 : 1))
  return new Map(
    periods.map(([period, series]) => {
      const group = (breakdown: string) => series.get(breakdown) ?? null
      return [period, measure(declared, indicator, { group, placeOf }, where)]
    }),
  )
}

/** How each gap changed between the first and the last period in which it is known, by its name. */
function trendsOf(measured: ReadonlyMap<string, Measured>): Record<string, GapTrend> {
  const ends = new Map<string, readonly [HeldAt, HeldAt]>()
  for (const [period, { held }] of measured) {
    for (const [name, gap] of held) {
      const at = { period, held: gap }
      ends.set(name, [ends.get(name)?.[0] ?? at, at])
    }
  }
  const changed = [...ends].filter(([, [first, last]]) => first.period !== last.period)
  return Object.fromEntries(changed.map(([name, [first, last]]) => [name, gapTrend(first, last)]))
}

/** Stores what was found, and a row that says so for each period that is measured no more. */
async function store(
  { db, number }: PublicationAtHand,
  code: string,
  declared: string,
  measured: ReadonlyMap<string, Measured>,
): Promise<void> {
  const before = await db.query<{ period: string }>(
    'select distinct period from fairness where indicator = $1 and publication < $2',
    [code, number],
  )
  const json = (found: Fairness): string => JSON.stringify(found)
  const rows: [string, string | null][] = [
    ...[...measured].map(([period, m]): [string, string] => [period, json(m.found)]),
    ...before.flatMap(({ period }): [string, null][] =>
      measured.has(period) ? [] : [[period, null]],
    ),
  ]
  for (const [period, body] of rows) {
    await db.query(
      `insert into fairness (indicator, period, publication, declared, body)
       values ($1, $2, $3, $4, $5)`,
      [code, period, number, declared, body],
    )
  }
  if (rows.length === 0) return
  await db.query(
    `insert into fairness_trend (indicator, publication, declared, body) values ($1, $2, $3, $4)`,
    [code, number, declared, measured.size === 0 ? null : JSON.stringify(trendsOf(measured))],
  )
}
