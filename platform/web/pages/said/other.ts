import type { SubjectPage } from '../../../comparison/figures.ts'
import type { PageContext } from '../context.ts'
import type { Said } from './beside.ts'

/**
 * What a provider says of figures that have no section of their own on its page, and the figures of which it
 * has said nothing yet.
 * @param main the codes of those that have one.
 */
export function otherSaid(
  said: Said,
  subject: SubjectPage,
  main: readonly string[],
  { indicators }: PageContext,
) {
  const codes = [...new Set(subject.series.map((s) => s.indicator))]
  const all = codes.flatMap((about) => {
    const indicator = indicators.get(about)
    if (!indicator || main.includes(about)) return []
    const matter = { provider: subject.code, kind: 'figure', about } as const
    return [{ name: indicator.name, beside: said.beside(matter, subject.name) }]
  })
  const speaks = ({ beside }: (typeof all)[number]): boolean =>
    beside.reply !== null || beside.corrections.length > 0
  return { shown: all.filter(speaks), silent: all.filter((o) => !speaks(o)) }
}
