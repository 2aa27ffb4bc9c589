import { type Points, pointAt } from './points.ts'

/**
 * The hull in an order that hangs on the values alone, the first of equal units standing for all: where
 * several mixes are equally good, the one that is found does not depend on the order of the data.
 */
export function frontierOrder(points: Points, hull: readonly number[]): number[] {
  const compare = (a: number, b: number): number => {
    const [one, other] = [pointAt(points, a), pointAt(points, b)]
    for (let row = 0; row < one.length; row++) {
      const difference = (one[row] as number) - (other[row] as number)
      if (difference !== 0) return difference
    }
    return 0
  }
  const sorted = hull.toSorted((a, b) => compare(a, b) || a - b)
  return sorted.filter((unit, at) => at === 0 || compare(unit, sorted[at - 1] as number) !== 0)
}
