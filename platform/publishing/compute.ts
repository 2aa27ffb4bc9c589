import { type Geography, SeriesComparison } from '../comparison/compare.ts'
import { seriesLimits } from '../comparison/limits.ts'
import { mergeParts, type StoredPart } from '../comparison/series.ts'
import type { Database } from '../database/database.ts'
import type { Indicator } from '../evidence/indicator.ts'
import { Backlog } from './backlog.ts'
import { storeSeries } from './series-store.ts'
import { SheetWriter } from './sheet-writer.ts'

export interface Computing {
  readonly db: Database
  readonly publication: number
  /** Releases that count in this publication, of the dataset at hand. */
  readonly releases: readonly number[]
  readonly indicators: ReadonlyMap<string, Indicator>
  readonly geography: (indicator: Indicator) => Geography
  readonly onSeries: (count: number) => void
}

const partColumns = `release_id, indicator, breakdown, period, rounded_to, counts_rounded_to, subjects,
  value, status,
  lower95, upper95, lower998, upper998, numerator, denominator, notes`

/** The parts of one indicator in some releases, by group and period. */
export async function loadIndicator(
  db: Database,
  releases: readonly number[],
  indicator: string,
): Promise<StoredPart[]> {
  return db.query<StoredPart>(
    `select ${partColumns} from observation_series
     where release_id = any($1::int[]) and indicator = $2 order by breakdown, period, id`,
    [releases, indicator],
  )
}

export async function indicatorsOf(db: Database, releases: readonly number[]): Promise<string[]> {
  const rows = await db.query<{ indicator: string }>(
    `select distinct indicator from observation_series where release_id = any($1::int[])
     order by indicator`,
    [releases],
  )
  return rows.map((r) => r.indicator)
}

/**
 * Computes and stores all that depends on one dataset: limits and comparisons of every figure, as
 * series for the indicators' pages and as sheets for those of providers and places. One indicator is
 * held at a time. Rows carry the publication's number and count only once it is complete.
 *
 * The series are stored when this comes back. The sheets, which nothing else in a publication reads, lie in
 * a file until `write` is asked for; `close` gives its place back, in any case.
 */
export async function computeDataset(dataset: string, c: Computing): Promise<SheetWriter> {
  const backlog = new Backlog()
  const sheets = new SheetWriter(c.db, dataset, c.publication)
  try {
    await computeSeries(c, sheets, backlog)
    await backlog.done()
    return sheets
  } catch (error) {
    sheets.close()
    // Nothing may be stored any more once this has ended.
    await backlog.settled()
    throw error
  }
}

/** Each indicator with its parts, in order: the next one is read while this one is compared. */
async function* indicatorParts(
  c: Computing,
): AsyncGenerator<{ code: string; parts: StoredPart[] }> {
  const codes = await indicatorsOf(c.db, c.releases)
  const read = (at: number): Promise<StoredPart[]> | null => {
    const code = codes[at]
    const parts = code === undefined ? null : loadIndicator(c.db, c.releases, code)
    // Where this one cannot be compared, nobody waits for the next.
    parts?.catch(() => undefined)
    return parts
  }
  let parts = read(0)
  for (const [at, code] of codes.entries()) {
    const found = (await parts) ?? []
    parts = read(at + 1)
    yield { code, parts: found }
  }
}

async function computeSeries(c: Computing, sheets: SheetWriter, backlog: Backlog): Promise<void> {
  for await (const { code, parts } of indicatorParts(c)) {
    const indicator = c.indicators.get(code)
    if (!indicator) throw new Error(`No indicator ${code} is described.`)
    const geography = c.geography(indicator)
    const groups = Map.groupBy(parts, (p) => p.breakdown)
    for (const [breakdown, ofGroup] of groups) {
      const periods = [...Map.groupBy(ofGroup, (p) => p.period)].sort(([a], [b]) =>
        a < b ? -1 : 1,
      )
      let past: SeriesComparison | null = null
      sheets.begin(code, breakdown)
      for (const [, ofPeriod] of periods) {
        const series = mergeParts(ofPeriod)
        const limits = seriesLimits(series, indicator)
        const comparison: SeriesComparison = new SeriesComparison(
          series,
          limits,
          indicator,
          geography,
        )
        const compared = comparison.compare(past)
        await backlog.add(() => storeSeries(c.db, c.publication, comparison, compared, geography))
        sheets.add(series, limits, compared)
        past = comparison
        c.onSeries(1)
      }
      sheets.end()
    }
  }
  sheets.finish()
}
