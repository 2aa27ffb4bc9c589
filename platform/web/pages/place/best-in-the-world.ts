import { sideOf } from '../../../yardstick/standing.ts'
import type { PageContext } from '../context.ts'
import { standingText } from '../yardstick/measure.ts'
import { isInternational, measures } from '../yardstick/yardstick.ts'

/**
 * How a country stands among others, where a yardstick has a figure of it; null for places that no
 * yardstick knows. England and the United Kingdom are held against all that is known abroad; another
 * country shows its own figures beside theirs.
 */
export async function bestInTheWorld(code: string, context: PageContext) {
  const own = (await measures(context)).filter((m) => m.figures.some((f) => f.place.code === code))
  if (own.length === 0) return null
  const shown = own.filter(
    (m) => isInternational(m) || m.figures.some((f) => sideOf(f.place) === 'abroad'),
  )
  return {
    count: own.length,
    lines: shown.map((m) => ({
      name: m.indicator.name,
      href: `/yardstick#${m.indicator.code}`,
      text: standingText(m.figures, m.indicator),
    })),
  }
}
