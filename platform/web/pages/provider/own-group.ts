import { direction } from '../../../comparison/estimate.ts'
import { estimateFigures, estimateOf } from '../../../comparison/estimate-figures.ts'
import type { Figure, SubjectPage } from '../../../comparison/figures.ts'
import type { Indicator } from '../../../evidence/indicator.ts'
import * as words from '../../words.ts'
import type { PageContext } from '../context.ts'

/** A group that a visitor made: its codes come from the address, so nothing is stored. */
export interface OwnGroup {
  readonly name: string
  readonly codes: readonly string[]
}

/** At most 30 distinct others, never the provider itself; null where none is named. */
export function ownGroup(
  own: string,
  peers: readonly string[] = [],
  name?: string,
): OwnGroup | null {
  const codes = peers.filter((c) => c !== own).slice(0, 30)
  return codes.length === 0 ? null : { name: name?.trim() || 'your own group', codes }
}

/** The latest figure for everyone, by indicator, where it has a value. */
function latest(subject: SubjectPage): Map<string, Figure> {
  const found = new Map<string, Figure>()
  for (const s of subject.series) {
    const f = s.figures.at(-1)
    if (s.breakdown === '' && f && f.value !== null) found.set(s.indicator, f)
  }
  return found
}

/** How the group's figure came about, before the number of its members. */
const together = {
  published: 'of',
  pooled: 'counts of',
  'weighted-mean': 'weighted mean of',
  mean: 'plain mean of',
} as const

function groupRow(indicator: Indicator, mine: Figure, theirs: readonly Figure[]) {
  const estimate = estimateFigures(theirs, indicator)
  if (!estimate) return []
  const limits = Number.isNaN(estimate.lower95) ? null : { ...estimate, method: 'wilson' as const }
  const shown = words.figure(indicator, { status: 'value', value: estimate.value, limits })
  const found =
    indicator.kind === 'count' || indicator.selected ? null : direction(estimateOf(mine), estimate)
  return [
    [
      {
        text: `${indicator.name}, ${words.period(mine.period)}`,
        href: `/indicators/${indicator.code}`,
      },
      { text: words.figure(indicator, mine) },
      { text: `${shown} · ${together[estimate.origin]} ${estimate.count}` },
      { word: words.word(indicator, found) },
    ],
  ]
}

/**
 * Each indicator beside the group taken together in the same period, with the same words as for any
 * other comparison: without an interval on both sides nothing is called different.
 */
export async function groupTable(subject: SubjectPage, group: OwnGroup, context: PageContext) {
  const { reader, state, indicators } = context
  const others = await Promise.all(group.codes.map((code) => reader.subject(state, code)))
  const members = others.filter((o) => o !== null).filter((o) => o.kind === 'provider')
  const figures = members.map(latest)
  const rows = [...latest(subject)].flatMap(([code, mine]) => {
    const indicator = indicators.get(code)
    const theirs = figures.flatMap((f) => {
      const one = f.get(code)
      return one?.period === mine.period ? [one] : []
    })
    return !indicator || indicator.labels ? [] : groupRow(indicator, mine, theirs)
  })
  const names = members.map((m) => m.name)
  return {
    name: group.name,
    head: words.sentenceCase(group.name),
    about: `${names.join(', ')}, taken together.`,
    unknown: group.codes.filter((_, i) => others[i]?.kind !== 'provider'),
    rows,
  }
}
