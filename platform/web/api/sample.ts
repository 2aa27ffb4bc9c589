import type { Reader, State } from '../../comparison/reader.ts'

/** What there is of everything, for examples that answer with something. */
export interface Sample {
  readonly service: string
  readonly indicator: string
  readonly period: string
  readonly provider: string
  readonly place: string
  readonly standard: string
  readonly release: string
  readonly q: string
}

/** Examples from a state itself: whatever is published, they can be tried. */
export async function sampleOf(reader: Reader, state: State): Promise<Sample> {
  const all = [...(await reader.indicators(state)).values()]
  const keys = await reader.seriesKeys(state)
  const published = new Map(keys.filter((k) => k.breakdown === '').map((k) => [k.indicator, k]))
  const counts = await reader.providerCounts(state)
  const size = (service: string | null) => counts.get(service ?? '')?.open ?? 0
  // Of the largest service: there is most to compare.
  const [largest] = reader.services(state).toSorted((a, b) => size(b.code) - size(a.code))
  const indicator =
    all.find((i) => i.headline && i.service === largest?.code && published.has(i.code)) ??
    all.find((i) => published.has(i.code))
  const key = indicator && published.get(indicator.code)
  const rows = key ? await reader.tableRows(state, key, null) : []
  const row = rows.find((r) => r.kind === 'provider' && r.value !== null)
  const subject = row ? await reader.subject(state, row.code) : null
  const standards = [...(await reader.standards.all(state)).values()]
  const standard = standards.find((s) => s.periods.length > 0) ?? standards[0]
  const [release] = await reader.releases(state, { limit: 1 })
  return {
    service: indicator?.service ?? reader.services(state)[0]?.code ?? '',
    indicator: indicator?.code ?? '',
    period: key?.period ?? '',
    provider: row?.code ?? '',
    place: subject?.parents.filter((p) => p.level !== 'lsoa').at(-1)?.code ?? '',
    standard: standard?.standard.code ?? '',
    release: String(release?.id ?? ''),
    q: row?.name.split(' ').find((w) => w.length > 3) ?? 'school',
  }
}
