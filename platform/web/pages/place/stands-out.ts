import { levelLabel } from '../../../places/levels.ts'
import type { Standing } from '../../../places/maps.ts'
import * as words from '../../words.ts'
import type { PageContext } from '../context.ts'

/** How many differences a place's page leads with. */
const most = 4

/** How far from the middle of its level a place stands: 0 in the middle, 1 at either end. */
const extremity = ({ below, count }: Standing): number =>
  count < 2 ? 0 : Math.abs((2 * below) / (count - 1) - 1)

/** "higher than 96 of 103 NHS sub-ICB areas". */
function rankWords({ below, count, level }: Standing): string {
  const others = count - 1
  const name = `other ${levelLabel(level)}s`
    .replace('authoritys', 'authorities')
    .replace(/countys/, 'counties')
  return 2 * below >= others
    ? `higher than ${below} of ${others} ${name}`
    : `lower than ${others - below} of ${others} ${name}`
}

/**
 * What differs most from places like it: of the main figures those that are surely different from the
 * whole, the surest and then the most extreme among places of its level first.
 */
export async function standsOut(place: string, context: PageContext) {
  const all = await context.reader.maps.standings(context.state, place)
  const sure = all.flatMap((standing) => {
    const indicator = context.indicators.get(standing.indicator)
    const { direction } = standing.figure
    return indicator?.headline && direction !== null && direction !== 0 && standing.count > 2
      ? [{ indicator, standing, size: Math.abs(direction) }]
      : []
  })
  sure.sort((a, b) => b.size - a.size || extremity(b.standing) - extremity(a.standing))
  return sure.slice(0, most).map(({ indicator, standing }) => ({
    word: words.word(indicator, standing.figure.direction),
    href: `/indicators/${indicator.code}`,
    name: indicator.name,
    text: `${words.value(indicator, standing.figure.value)}, ${rankWords(standing)}`,
    whole: standing.whole,
  }))
}
