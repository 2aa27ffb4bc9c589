import { type Degrees, toDegrees } from './grid.ts'

/**
 * How a provider was placed: by its own coordinates; by others with its whole postcode; by the middle
 * of others in its postcode's sector (the postcode without its last two letters, some streets) or in
 * its outward half (a town).
 */
export const placings = ['exact', 'postcode', 'sector', 'outward'] as const
export type Placing = (typeof placings)[number]

/** A provider with what its sources say of where it is. */
export interface Placeable {
  readonly id: number
  readonly postcode: string | null
  readonly easting: number | null
  readonly northing: number | null
}

export interface Placed {
  readonly at: Degrees
  readonly how: Placing
}

/** "gu341aa" is "GU34 1AA"; a first half alone is kept; null for what is no postcode. */
export function postcodeOf(text: string): string | null {
  const plain = text.toUpperCase().replace(/[^A-Z0-9]/g, '')
  const whole = /^([A-Z]{1,2}\d[A-Z\d]?)(\d[A-Z]{2})$/.exec(plain)
  if (whole) return `${whole[1]} ${whole[2]}`
  return /^[A-Z]{1,2}\d[A-Z\d]?$/.test(plain) ? plain : null
}

/** A postcode, its sector and its outward half, as far as it says them. */
function parts(postcode: string): [string, Placing][] {
  const [outward = '', inward] = postcode.split(' ')
  const found: [string, Placing][] = [[outward, 'outward']]
  if (!inward) return found
  return [[postcode, 'postcode'], [`${outward} ${inward[0]}`, 'sector'], ...found]
}

/**
 * The finest part of their postcodes that two share: the whole, the sector, the outward half; null where
 * they share none, or one of them is no postcode.
 * @example sharedPart('TS18 1HU', 'ts181hx') // 'sector'
 */
export function sharedPart(one: string | null, other: string | null): Placing | null {
  const [a, b] = [postcodeOf(one ?? ''), postcodeOf(other ?? '')]
  if (a === null || b === null) return null
  const known = new Set(parts(b).map(([part]) => part))
  return parts(a).find(([part]) => known.has(part))?.[1] ?? null
}

const isOnGrid = (p: Placeable): boolean =>
  p.easting !== null && p.northing !== null && p.easting > 0 && p.northing > 0

/** The middles of all whose coordinates are known, by postcode, sector and outward half. */
export class Postcodes {
  readonly #sums = new Map<string, { longitude: number; latitude: number; count: number }>()

  constructor(known: Iterable<{ postcode: string | null; at: Degrees }>) {
    for (const { postcode, at } of known) {
      const code = postcode === null ? null : postcodeOf(postcode)
      for (const [part] of code === null ? [] : parts(code)) {
        const sum = this.#sums.get(part) ?? { longitude: 0, latitude: 0, count: 0 }
        sum.longitude += at[0]
        sum.latitude += at[1]
        sum.count += 1
        this.#sums.set(part, sum)
      }
    }
  }

  /** Where a postcode is, as finely as is known; null where nobody in its outward half is. */
  find(postcode: string): (Placed & { readonly from: number }) | null {
    const code = postcodeOf(postcode)
    for (const [part, how] of code === null ? [] : parts(code)) {
      const sum = this.#sums.get(part)
      if (!sum) continue
      return { at: [sum.longitude / sum.count, sum.latitude / sum.count], how, from: sum.count }
    }
    return null
  }
}

/** Places all who can be placed: the others have neither coordinates nor a postcode near anyone's. */
export function place(all: readonly Placeable[]): Map<number, Placed> {
  const placed = new Map<number, Placed>()
  const known: { postcode: string | null; at: Degrees }[] = []
  for (const p of all) {
    if (!isOnGrid(p)) continue
    const at = toDegrees(p.easting ?? 0, p.northing ?? 0)
    placed.set(p.id, { at, how: 'exact' })
    known.push({ postcode: p.postcode, at })
  }
  const postcodes = new Postcodes(known)
  for (const { id, postcode } of all) {
    const found = placed.has(id) || postcode === null ? null : postcodes.find(postcode)
    if (found) placed.set(id, { at: found.at, how: found.how })
  }
  return placed
}
