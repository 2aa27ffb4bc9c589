import type { SubjectPage } from '../../comparison/figures.ts'
import * as words from '../words.ts'
import type { PageContext } from './context.ts'

/** A group that a visitor made: its codes come from the address, so nothing is stored. */
export interface OwnGroup {
  readonly name: string
  readonly codes: readonly string[]
}

/** At most 30 distinct others, never the provider itself; null where none is named. */
export function ownGroup(own: string, peers?: string, name?: string): OwnGroup | null {
  const all = (peers ?? '').split(',').map((c) => c.trim())
  const codes = [...new Set(all)].filter((c) => c !== '' && c !== own).slice(0, 30)
  return codes.length === 0 ? null : { name: name?.trim() || 'your own group', codes }
}

/** The latest value of everyone, by indicator and period, where there is one. */
function latest(subject: SubjectPage): Map<string, { period: string; value: number }> {
  const found = new Map<string, { period: string; value: number }>()
  for (const s of subject.series) {
    const f = s.figures.at(-1)
    if (s.breakdown === '' && f && f.value !== null)
      found.set(s.indicator, { period: f.period, value: f.value })
  }
  return found
}

/**
 * Each indicator beside the plain mean of the group in the same period. No direction is given: a
 * plain mean has no interval, so nothing is called different.
 */
export async function groupTable(subject: SubjectPage, group: OwnGroup, context: PageContext) {
  const { reader, state, indicators } = context
  const others = await Promise.all(group.codes.map((code) => reader.subject(state, code)))
  const known = others.filter((o) => o !== null && o.kind === 'provider')
  const values = known.map((o) => latest(o as SubjectPage))
  const rows = [...latest(subject)].flatMap(([code, mine]) => {
    const indicator = indicators.get(code)
    const theirs = values.flatMap((v) => {
      const one = v.get(code)
      return one?.period === mine.period ? [one.value] : []
    })
    if (!indicator || indicator.labels || theirs.length === 0) return []
    const mean = theirs.reduce((a, b) => a + b, 0) / theirs.length
    return [
      {
        code,
        name: indicator.name,
        period: words.period(mine.period),
        own: words.value(indicator, mine.value),
        mean: words.value(indicator, mean),
        count: theirs.length,
      },
    ]
  })
  const unknown = group.codes.filter((_, i) => others[i]?.kind !== 'provider')
  return { name: group.name, members: known.map((o) => o?.name), unknown, rows }
}
