import { loadStoredSeries, type StoredSeries } from '../comparison/stored-series.ts'
import { kindApart } from '../evidence/indicator.ts'
import type { Dependent, PublicationAtHand } from '../publishing/dependents.ts'
import type { FairnessDeclaration } from './declaration.ts'
import { type Fairness, measure, type Whereabouts } from './measure.ts'

/** Fairness: gaps by deprivation and between groups, and the postcode lottery, once, at publish. */
export const fairness: Dependent = {
  label: 'Measuring fairness',
  tables: ['fairness'],
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
  const rows = await db.query<{ indicator: string; declared: string; body: string | null }>(
    `select distinct on (indicator) indicator, declared, body from (
       select distinct on (indicator, period) indicator, period, declared, body, publication
       from fairness where publication < $1 order by indicator, period, publication desc) newest
     where body is not null order by indicator, publication desc`,
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

/** Every period of an indicator; one at a time in memory with its groups. */
async function measureAll(
  { db, number, indicators }: PublicationAtHand,
  code: string,
  declared: FairnessDeclaration,
  where: Whereabouts,
): Promise<Map<string, Fairness>> {
  const indicator = indicators.get(code)
  const found = new Map<string, Fairness>()
  if (!indicator) return found
  const everyone = await loadStoredSeries(db, number, code, { breakdown: '' })
  const groups = new Map<string, StoredSeries>()
  for (const breakdown of declared.groups.flatMap((g) => [g.first, g.second])) {
    for (const s of await loadStoredSeries(db, number, code, { breakdown })) {
      groups.set(`${breakdown}\n${s.period}`, s)
    }
  }
  for (const all of everyone) {
    const group = (breakdown: string) => groups.get(`${breakdown}\n${all.period}`) ?? null
    found.set(all.period, measure(declared, indicator, all, group, where))
  }
  return found
}

/** Stores what was found, and a row that says so for each period that is measured no more. */
async function store(
  { db, number }: PublicationAtHand,
  code: string,
  declared: string,
  found: ReadonlyMap<string, Fairness>,
): Promise<void> {
  const before = await db.query<{ period: string }>(
    'select distinct period from fairness where indicator = $1 and publication < $2',
    [code, number],
  )
  const gone = before.flatMap(({ period }) => (found.has(period) ? [] : [period]))
  const rows: [string, string | null][] = [
    ...[...found].map(([period, f]): [string, string] => [period, JSON.stringify(f)]),
    ...gone.map((period): [string, null] => [period, null]),
  ]
  for (const [period, body] of rows) {
    await db.query(
      `insert into fairness (indicator, period, publication, declared, body)
       values ($1, $2, $3, $4, $5)`,
      [code, period, number, declared, body],
    )
  }
}
