import { loadStoredSeries, storedKeys } from '../comparison/stored-series.ts'
import { kindApart } from '../evidence/indicator.ts'
import { periodKinds } from '../evidence/period-kinds.ts'
import { knownDefinitions } from '../publishing/definitions.ts'
import type { Dependent, PublicationAtHand } from '../publishing/dependents.ts'
import { analyseBeside, type YearAnalysed } from './analyse-years.ts'
import { type Taken, takeProviders, type Values, type YearValues } from './columns.ts'
import { nearestPeriod } from './nearest-period.ts'
import { outcomesOf } from './outcome.ts'
import { storeStudy, storeYears, type YearToStore } from './store-years.ts'
import { indicatorsOf, type Study } from './study.ts'

/** Value for money: who gets the most from each pound, study by study, at publish. */
export const value: Dependent = {
  label: 'Finding value for money',
  tables: ['value_study', 'value_year'],
  async compute(publication) {
    const known = await knownDefinitions(publication, 'value_study')
    const { studies } = publication.catalogue
    for (const study of studies.values()) {
      publication.signal?.throwIfAborted()
      const text = JSON.stringify(study)
      const changed = known.get(study.code) !== text
      if (changed) await storeStudy(publication, study.code, text)
      if (changed || indicatorsOf(study).some((code) => publication.touched.has(code))) {
        await storeYears(publication, study.code, await findAll(publication, study))
      }
    }
    for (const [code, text] of known) {
      if (text === null || studies.has(code)) continue
      await storeStudy(publication, code, null)
      await storeYears(publication, code, [])
    }
  },
}

/** A study in every year that it has figures for, the oldest first. */
async function findAll(publication: PublicationAtHand, study: Study): Promise<YearToStore[]> {
  const { catalogue, listings } = publication
  const service = catalogue.services.find((s) => s.code === study.service)
  const candidates = [...listings.values()]
    .filter((l) => l.service === study.service && !kindApart(service, l.body.facts))
    .map((l) => l.id)
  const years: { at: StudyYear; values: YearValues; taken: Taken }[] = []
  for (const at of await yearsOf(publication, study)) {
    publication.signal?.throwIfAborted()
    const values = await valuesOf(publication, at.periods)
    const paid = candidates.filter((id) => values.get(study.years.from)?.of.has(id))
    const taken = takeProviders(study, values, paid)
    if (taken.subjects.length > 0) years.push({ at, values, taken })
  }
  const taken = years.map((y) => y.taken)
  const analysed = await analyseBeside(study, taken, publication.signal)
  return years.map(({ at, values, taken }, i): YearToStore => {
    const { found, change } = analysed[i] as YearAnalysed
    const previous = change.size > 0 ? (years[i - 1]?.at.period ?? null) : null
    return { ...at, previous, taken, found, change, outcomes: outcomesOf(study, values, taken) }
  })
}

interface StudyYear {
  readonly period: string
  /** The period from which each indicator is taken. */
  readonly periods: ReadonlyMap<string, string>
}

/** The years for which every indicator has a period that is near enough. */
async function yearsOf({ db, number, catalogue }: PublicationAtHand, study: Study) {
  const kindOf = periodKinds(catalogue.descriptors)
  const held = new Map<string, string[]>()
  for (const indicator of indicatorsOf(study)) {
    const keys = await storedKeys(db, number, indicator)
    held.set(
      indicator,
      keys.filter((k) => k.breakdown === '').map((k) => k.period),
    )
  }
  const kind = kindOf(study.years.from)
  if (kind === null) return []
  return (held.get(study.years.from) ?? []).flatMap((period): StudyYear[] => {
    const periods = new Map<string, string>()
    for (const [indicator, all] of held) {
      const of = kindOf(indicator)
      const nearest = of && nearestPeriod({ period, kind }, all, of, study.years.within)
      if (!nearest) return []
      periods.set(indicator, nearest)
    }
    return [{ period, periods }]
  })
}

async function valuesOf(
  { db, number, indicators }: PublicationAtHand,
  periods: ReadonlyMap<string, string>,
): Promise<YearValues> {
  const found = new Map<string, Values>()
  for (const [indicator, period] of periods) {
    const [series] = await loadStoredSeries(db, number, indicator, { breakdown: '', period })
    const definition = indicators.get(indicator)
    if (!series || !definition) continue
    const of = new Map<number, number>()
    const limits = new Map<number, { lower95: number; upper95: number }>()
    series.subjects.forEach((subject, at) => {
      const x = series.value[at] as number
      if (!Number.isNaN(x)) of.set(subject, x)
      const [lower95, upper95] = [series.lower95[at] as number, series.upper95[at] as number]
      if (!Number.isNaN(lower95 + upper95)) limits.set(subject, { lower95, upper95 })
    })
    const isShare = definition.kind === 'proportion'
    found.set(indicator, { scale: isShare ? definition.scale : 1, of, limits })
  }
  return found
}
