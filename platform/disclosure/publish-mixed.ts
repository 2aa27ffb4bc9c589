import { attackMixed, type MixedLeaks } from './mixed-attack.ts'
import { knowsAll, seesOnly } from './mixed-knowledge.ts'
import { type HowMixed, publishReleases } from './mixed-releases.ts'
import type { MixedHistory } from './mixed-truth.ts'

/**
 * Publishes releases of the same people that list different rows, each in the place of the one before, and attacks
 * all of them. Tests alone use it.
 * @returns what they tell: `toInsiders`, who know what each indicator counts, also where the rows are too few to show
 * it; `leaks`, to who lays all releases side by side to see it; `toReaders`, to who looks at each for it.
 */
export async function publishMixed(history: MixedHistory, how: HowMixed = {}) {
  const { published, refused } = await publishReleases(history, how)
  const toInsiders = await attackMixed(history, published, knowsAll)
  // Who knows less finds nothing more.
  const sees = async (more: MixedLeaks, looking: 'at each' | 'at all') =>
    Object.values(more).some((some) => some.length > 0)
      ? await attackMixed(history, published, seesOnly(history, published, looking))
      : more
  const leaks = await sees(toInsiders, 'at all')
  const toReaders = await sees(leaks, 'at each')
  const rows = published.flatMap((p) => p.rows.map((row) => p.shown.has(row)))
  return {
    ...{ refused, leaks, toInsiders, toReaders, published: published.length, releases: published },
    hidden: rows.filter((isShown) => !isShown).length,
    shown: rows.filter((isShown) => isShown).length,
  }
}
