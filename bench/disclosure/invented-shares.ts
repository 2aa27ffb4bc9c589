import { randomSource } from '../../packages/statistics/src/random.ts'
import type { Located } from '../../platform/disclosure/counts.ts'
import type { FigurePart } from '../../platform/disclosure/figure-part.ts'

/** The levels of places, the largest first, and how many of each lie in one of the next larger. */
const levels = ['region', 'county', 'district', 'ward'] as const
export type Widths = readonly [region: number, county: number, district: number, ward: number]

const sexes = ['boys', 'girls']
const ages = ['0 to 4', '5 to 9', '10 to 14', '15 to 19', '20 to 39', '40 to 59', '60 to 79', '80+']

/** Two shares of the same people: how many of those invited came, and how many of them came in time. */
export const shares = ['came', 'came-in-time'] as const

interface Place extends Located {
  readonly subject: number
}

/** Invented shares as a file has them, and where its places lie. */
export interface InventedShares {
  readonly places: readonly Place[]
  readonly parts: readonly FigurePart[]
}

function placesOf(widths: Widths): Place[] {
  const places: Place[] = []
  let above: readonly Place[] = [{ subject: -1, level: '', parents: [] }]
  for (const [depth, level] of levels.entries()) {
    above = above.flatMap((holding) =>
      Array.from({ length: widths[depth] as number }, () => {
        const parents = depth === 0 ? [] : [holding.subject, ...holding.parents]
        const place = { subject: places.length, level, parents }
        places.push(place)
        return place
      }),
    )
  }
  return places
}

/**
 * Invented counts of people by place, sex and age, everyone and each group: all that were invited, of whom some came,
 * of whom some came in time. Most are tens; some are few or none.
 * @param mean of how many people of one sex and age in a ward.
 */
export function inventedShares(widths: Widths, mean: number, seed: number): InventedShares {
  const random = randomSource(seed)
  const places = placesOf(widths)
  const groups = ['', ...ages.map((a) => `age=${a}`)].flatMap((age) =>
    ['', ...sexes.map((s) => `sex=${s}`)].map((sex) => [age, sex].filter((v) => v).join(';')),
  )
  const counts = new Map(
    groups.map((group) => [group, shares.map(() => new Float64Array(places.length))]),
  )
  const invited = new Map(groups.map((group) => [group, new Float64Array(places.length)]))
  for (const { subject, level, parents } of places) {
    if (level !== 'ward') continue
    const size = 0.3 + 1.4 * random.uniform()
    for (const age of ages)
      for (const sex of sexes) {
        const all = Math.floor(-Math.log(1 - random.uniform()) * mean * size)
        const came = Math.round(all * (0.3 + 0.6 * random.uniform()))
        const inTime = Math.round(came * (0.3 + 0.6 * random.uniform()))
        for (const group of ['', `sex=${sex}`, `age=${age}`, `age=${age};sex=${sex}`])
          for (const at of [subject, ...parents]) {
            add(invited.get(group), at, all)
            add(counts.get(group)?.[0], at, came)
            add(counts.get(group)?.[1], at, inTime)
          }
      }
  }
  const parts = shares.flatMap((indicator, share) =>
    groups.map((breakdown): FigurePart => {
      const numerator = counts.get(breakdown)?.[share] as Float64Array
      const denominator = invited.get(breakdown) as Float64Array
      const value = numerator.map((n, at) =>
        denominator[at] === 0 ? 0 : n / (denominator[at] ?? 0),
      )
      const subjects = places.map(({ subject }) => subject)
      return {
        ...{ indicator, breakdown, period: '2025', subjects, value, status: null },
        ...{ numerator, denominator },
      }
    }),
  )
  return { places, parts }
}

function add(counts: Float64Array | undefined, at: number, by: number): void {
  if (counts) counts[at] = (counts[at] ?? 0) + by
}
