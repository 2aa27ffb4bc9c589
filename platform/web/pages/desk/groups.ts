import type { Signal } from '../../../desk/store.ts'
import * as words from '../../words.ts'
import type { PageContext } from '../context.ts'
import type { DeskQuery } from './narrow.ts'
import type { SignalLine } from './signal-line.ts'
import { ruleWords } from './signal-words.ts'

/** Signals of one rule about one standard, indicator or source, as a page lists them. */
interface Group {
  /** Null where the list is in another order. */
  readonly heading: { readonly rule: string; readonly count: string } | null
  /** The number of the first one in the whole list. */
  readonly first: number
  readonly lines: readonly SignalLine[]
}

const groupOf = (s: Signal): string => `${s.rule} ${s.about}`

/**
 * The signals of one page under what they are about.
 * @param shown those on the page, and `lines` the same as the page shows them.
 * @param found all that fit, on whatever page; `from` is where this page begins in them.
 */
export function grouped(
  shown: readonly Signal[],
  lines: readonly SignalLine[],
  found: readonly Signal[],
  from: number,
): Group[] {
  const sizes = new Map([...Map.groupBy(found, groupOf)].map(([key, some]) => [key, some.length]))
  const byGroup = Map.groupBy(shown.keys(), (i) => groupOf(shown[i] as Signal))
  return [...byGroup].map(([key, at]) => ({
    heading: {
      rule: ruleWords[(shown[at[0] as number] as Signal).rule],
      count: words.number(sizes.get(key) ?? 0, 0),
    },
    first: from + (at[0] as number) + 1,
    lines: at.flatMap((i) => lines[i] ?? []),
  }))
}

/** Floors that are missed, a row each: how many miss it, of how many that were judged. */
export async function floorRows(
  found: readonly Signal[],
  q: DeskQuery,
  { reader, state }: PageContext,
) {
  const missed = found.filter((s) => s.kind === 'floor')
  const standards = await reader.standards.all(state)
  return [...Map.groupBy(missed, (s) => s.about)].map(([code, some]) => {
    const search = new URLSearchParams(q.search)
    search.delete('page')
    search.set('what', 'floor')
    search.set('about', code)
    const known = standards.get(code)
    const judged = [...(known?.periods.at(-1)?.judgements.values() ?? [])].filter(
      (j) => j.outcome !== 'not judged',
    ).length
    const service = known?.standard.service ?? ''
    return [
      { text: known?.standard.name ?? code, href: `/desk?${search}` },
      { text: reader.service(service)?.name ?? service },
      { text: words.number(some.length, 0) },
      { text: words.number(judged, 0) },
    ]
  })
}
