import type { State } from '../comparison/reader.ts'
import { loadStoredSeries } from '../comparison/stored-series.ts'
import type { Database } from '../database/database.ts'
import type { Catalogue } from '../evidence/catalogue.ts'
import type { Indicator } from '../evidence/indicator.ts'
import { SubjectStore } from '../providers/store.ts'
import { type Outcome, outcomes } from './judge.ts'
import { judgeStandard } from './judge-standard.ts'
import type { Standard } from './standard.ts'

/** How many would meet a standard in one period, and so on. */
export interface Tried {
  readonly period: string
  readonly threshold: number
  readonly counts: Readonly<Record<Outcome, number>>
}

/** The same standard as though it had always been in force: what a draft would say. */
const asAdopted = (s: Standard): Standard => ({
  ...s,
  steps: [{ state: 'adopted', on: '0001', by: s.setBy, reason: 'Tried before it is adopted.' }],
})

/**
 * What a standard would say of the figures of one state, if it were adopted: every period that it is held
 * against, oldest first. Nothing is stored.
 * @param others standards of the same file, of which some may be its parts.
 */
export async function tryStandard(
  db: Database,
  state: State,
  standard: Standard,
  figures: {
    readonly catalogue: Catalogue
    readonly indicators: ReadonlyMap<string, Indicator>
    readonly others: readonly Standard[]
  },
): Promise<Tried[]> {
  const { indicators, others } = figures
  const number = state.publication
  const tried = [...others, standard].map((s) => [s.code, asAdopted(s)] as const)
  const standards = new Map([...figures.catalogue.standards, ...tried])
  const catalogue = { ...figures.catalogue, standards }
  const choice = { breakdown: standard.breakdown }
  const series = await loadStoredSeries(db, number, standard.indicator, choice)
  const subjects = new Set(series.flatMap((s) => [...s.subjects]))
  const listings = await new SubjectStore(db, catalogue.services).listings(state, [...subjects])
  const today = new Date().toISOString().slice(0, 10)
  const judgeable = { db, number, catalogue, indicators, listings }
  return (await judgeStandard(judgeable, asAdopted(standard), today)).map((judged) => {
    const counts = { met: 0, 'not met': 0, 'not shown either way': 0, 'not judged': 0 }
    for (const outcome of judged.outcome) counts[outcomes[outcome] ?? 'not judged'] += 1
    return { period: judged.period, threshold: judged.threshold, counts }
  })
}
