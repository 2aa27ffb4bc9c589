import type { Database } from '../database/database.ts'
import type { Indicator } from '../evidence/indicator.ts'
import { clinics } from '../publishing/testing.ts'
import { chooseShown, type ToChoose } from './choose.ts'
import { disclosureSchema } from './declaration.ts'
import { earlierOf, tiedBefore } from './earlier.ts'
import type { FigurePart } from './figure-part.ts'
import { type Verdict, verdicts as verdictList } from './hide.ts'
import {
  cellsOfWhom,
  countOfCells,
  type MixedHistory,
  type MixedRelease,
  type MixedRow,
} from './mixed-truth.ts'
import { indicatorsBefore } from './renamed.ts'
import { UnsafeRelease } from './unsafe-release.ts'

const seen = clinics.indicators.get('seen-in-time')
if (!seen) throw new Error('The made-up indicator is gone.')
const period = '2024'
/** The sum behind a mean is no number of people. */
const each = 4.123

/** How a history is published, where a test does it wrong on purpose. */
export interface HowMixed {
  /** Whether what was public before is forgotten. */
  readonly forgets?: boolean
}

/** A release that was published, and which of its rows are shown. */
export interface PublishedMixed extends MixedRelease {
  /** Its place in the history. */
  readonly at: number
  readonly shown: ReadonlySet<MixedRow>
}

/**
 * Publishes the releases of a history one after the other, each in the place of the one before, as a server does:
 * what it kept of them is read as it reads it.
 */
export async function publishReleases(history: MixedHistory, { forgets = false }: HowMixed = {}) {
  const published: PublishedMixed[] = []
  const refused: string[] = []
  const kept = new KeptReleases()
  const places = placesOf(history)
  for (const [at, release] of history.releases.entries()) {
    const { parts, rowsOf } = partsOf(history, release, places)
    try {
      const { verdicts } = await chooseShown(parts, asking(history, places, kept.database))
      const shown = parts.flatMap((p) => {
        const rows = rowsOf.get(p) ?? []
        return rows.filter((_, i) => (verdicts.get(p)?.[i] ?? 'shown') === 'shown')
      })
      if (!forgets) kept.keep(at + 1, parts, verdicts)
      const rows = [...rowsOf.values()].flat()
      published.push({ ...release, rows, at, shown: new Set(shown) })
    } catch (error) {
      if (!(error instanceof UnsafeRelease)) throw error
      refused.push(`release ${at + 1}: ${error.message}`)
    }
  }
  return { published, refused }
}

/** All places, as a server numbers them: larger ones that no release lists are in its register too. */
const placesOf = ({ world, releases }: MixedHistory): string[] => [
  ...Object.keys(world.above),
  ...new Set(releases.flatMap((r) => r.cells.map((c) => c.place))),
]

function asking(
  { world, indicators, declared }: MixedHistory,
  places: readonly string[],
  database: Database,
): ToChoose {
  const to = {
    declared: disclosureSchema.parse(declared),
    indicators: new Map(
      indicators.map(({ code, kind }): [string, Indicator] => [
        code,
        { ...(seen as Indicator), code, kind },
      ]),
    ),
  }
  const before = { slot: 'mixed', except: null }
  return {
    ...to,
    ...{ what: 'A release', dataset: 'mixed' },
    locate(subject) {
      const code = places[subject] ?? ''
      const larger = Object.keys(world.above).filter((p) => world.above[p]?.wards.includes(code))
      return {
        level: world.above[code]?.level ?? 'ward',
        parents: larger.map((p) => places.indexOf(p)),
      }
    },
    everyone: () => places.keys(),
    name: (subject) => places[subject] ?? '',
    code: (subject) => places[subject] ?? '',
    earlier: (indicator, of) => earlierOf(database, before, indicator, of),
    tiedBefore: (of, figures) => tiedBefore(database, before, of, to, figures),
    indicatorsBefore: (of) => indicatorsBefore(database, before, of),
    secret: async () => 'a secret of the tests',
  }
}

/** The figures of a release, those of each indicator and group in their order; rows of nobody are in no file. */
function partsOf(
  { world, indicators }: MixedHistory,
  { cells, rows }: MixedRelease,
  places: readonly string[],
) {
  const rowsOf = new Map<FigurePart, MixedRow[]>()
  const counted = rows.flatMap((row) => {
    const some = cellsOfWhom(cells, row, world)
    const indicator = indicators.find((i) => i.code === row.indicator)
    const all = countOfCells(cells, some, undefined)
    return indicator && all > 0
      ? [{ row, kind: indicator.kind, all, count: countOfCells(cells, some, indicator.counts) }]
      : []
  })
  for (const own of Map.groupBy(counted, (c) => `${c.row.indicator}|${c.row.group}`).values()) {
    const [first] = own
    if (!first) continue
    const { row, kind } = first
    const sums = own.map((c) => (kind === 'mean' ? each * c.all : c.count))
    const part: FigurePart = {
      ...{ indicator: row.indicator, breakdown: row.group, period, status: null },
      subjects: own.map((c) => places.indexOf(c.row.place)),
      value: kind === 'count' ? sums : own.map((c, i) => (sums[i] ?? 0) / c.all),
      numerator: kind === 'count' ? null : sums,
      denominator: kind === 'count' ? null : own.map((c) => c.all),
    }
    rowsOf.set(
      part,
      own.map((c) => c.row),
    )
  }
  return { parts: [...rowsOf.keys()], rowsOf }
}

interface KeptPart {
  readonly release: number
  readonly order: number
  readonly indicator: string
  readonly breakdown: string
  readonly subjects: readonly number[]
  readonly part: readonly number[]
  readonly base: readonly number[] | null
  readonly verdict: readonly number[]
  readonly roundedPart: null
  readonly roundedOthers: null
  readonly roundedTo: null
}

/** What a server keeps of releases that were public, and the questions that are asked of it. */
class KeptReleases {
  readonly #parts: KeptPart[] = []

  keep(
    release: number,
    parts: readonly FigurePart[],
    verdicts: ReadonlyMap<FigurePart, readonly Verdict[]>,
  ): void {
    const numbers = (column: ArrayLike<number | null>) => Array.from(column, (n) => n ?? Number.NaN)
    for (const p of parts)
      this.#parts.push({
        ...{ release, order: release, indicator: p.indicator, breakdown: p.breakdown },
        subjects: Array.from(p.subjects),
        part: numbers(p.numerator ?? p.value),
        base: p.denominator && numbers(p.denominator),
        verdict: (verdicts.get(p) ?? []).map((v) => verdictList.indexOf(v)),
        ...{ roundedPart: null, roundedOthers: null, roundedTo: null },
      })
  }

  get database(): Database {
    const query = async (text: string, values: readonly unknown[]) => this.#answer(text, values)
    return { query } as unknown as Database
  }

  #answer(text: string, values: readonly unknown[]): readonly unknown[] {
    if (text.includes('rounded_part')) return this.#parts.filter((p) => p.indicator === values[2])
    if (text.includes('array_agg')) {
      const all = [...Map.groupBy(this.#parts, (p) => p.indicator)].sort()
      return all.map(([indicator, own]) => {
        return { indicator, releases: [...new Set(own.map((p) => p.release))] }
      })
    }
    if (text.includes('group by r.id'))
      return [...new Set(this.#parts.map((p) => p.release))].map((id) => ({ id }))
    if (text.includes('where release_id = $1'))
      return this.#parts.filter((p) => p.release === values[0])
    throw new Error(`Nobody keeps what is asked for: ${text}`)
  }
}
