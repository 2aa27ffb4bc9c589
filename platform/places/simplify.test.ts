import fc from 'fast-check'
import type { Position } from 'geojson'
import { describe, expect, it } from 'vitest'
import { type Area, areasOf, mostBytes, type Shape, simplifyLevel } from './simplify.ts'

/** A grid of areas with crooked edges of many points, each edge drawn once and shared. */
function crooked(
  columns: number,
  rows: number,
  bends: number,
  stray: (n: number) => number,
): Area[] {
  let drawn = 0
  const edges = new Map<string, Position[]>()
  const edge = (from: Position, to: Position): Position[] => {
    const forward = String(from) < String(to)
    const [a, b] = forward ? [from, to] : [to, from]
    const key = `${a} ${b}`
    const points =
      edges.get(key) ??
      Array.from({ length: bends + 1 }, (_, i): Position => {
        const share = i / (bends + 1)
        // Across the edge, and less so towards its ends: edges never cross, as published ones do not.
        const by = i === 0 ? 0 : 4 * share * (1 - share) * stray(drawn++)
        const flat = a[1] === b[1]
        const along = (axis: 0 | 1) => (a[axis] ?? 0) + share * ((b[axis] ?? 0) - (a[axis] ?? 0))
        return [along(0) + (flat ? 0 : by), along(1) + (flat ? by : 0)]
      }).concat([b])
    edges.set(key, points)
    return (forward ? points : points.toReversed()).slice(0, -1)
  }
  const at = (x: number, y: number): Position => [x / 10, 51 + y / 10]
  return Array.from({ length: columns * rows }, (_, id) => {
    const [x, y] = [id % columns, Math.floor(id / columns)]
    const corners = [at(x, y), at(x + 1, y), at(x + 1, y + 1), at(x, y + 1)]
    const ring = corners.flatMap((c, i) => edge(c, corners[(i + 1) % 4] ?? c))
    return { id, geometry: { type: 'Polygon', coordinates: [[...ring, ring[0] ?? []]] } }
  })
}

const ringsOf = (shape: Shape): Position[][] =>
  shape.type === 'Polygon' ? shape.coordinates : shape.coordinates.flat()

const size = (ring: readonly Position[]): number =>
  Math.abs(
    ring.reduce((sum, [x = 0, y = 0], i) => {
      const [nextX = 0, nextY = 0] = ring[(i + 1) % ring.length] ?? []
      return sum + x * nextY - nextX * y
    }, 0),
  )

/** Each piece of border, with how many rings have it: 2 between areas, 1 along the coast. */
function pieces(areas: readonly Area[]): Map<string, number> {
  const seen = new Map<string, number>()
  for (const ring of areas.flatMap((a) => ringsOf(a.geometry))) {
    for (let i = 1; i < ring.length; i++) {
      const key = [String(ring[i - 1]), String(ring[i])].sort().join(' ')
      seen.set(key, (seen.get(key) ?? 0) + 1)
    }
  }
  return seen
}

/** The ends of all pieces that only one ring has. */
const once = (seen: ReadonlyMap<string, number>): number[][] =>
  [...seen].flatMap(([key, n]) =>
    n === 1 ? key.split(' ').map((p) => p.split(',').map(Number)) : [],
  )

describe('a simplified level', () => {
  const strays = fc.array(fc.double({ min: -0.01, max: 0.01, noNaN: true }), { minLength: 1 })
  const shapes = fc.record({
    columns: fc.integer({ min: 1, max: 4 }),
    rows: fc.integer({ min: 1, max: 4 }),
    bends: fc.integer({ min: 2, max: 20 }),
    strays,
    limit: fc.integer({ min: 500, max: 20_000 }),
  })
  const made = (s: { columns: number; rows: number; bends: number; strays: number[] }) =>
    crooked(s.columns, s.rows, s.bends, (n) => s.strays[n % s.strays.length] ?? 0)

  it('loses no area, however little room there is', () => {
    fc.assert(
      fc.property(shapes, (s) => {
        const before = made(s)
        const after = areasOf(simplifyLevel(before, s.limit))
        expect(after.map((a) => a.id)).toEqual(before.map((a) => a.id))
        for (const { geometry } of after) {
          expect(Math.max(...ringsOf(geometry).map(size))).toBeGreaterThan(0)
        }
      }),
      { numRuns: 60 },
    )
  })

  it('keeps borders that are shared shared: no gap and no overlap comes between two areas', () => {
    fc.assert(
      fc.property(shapes, (s) => {
        const before = made(s)
        const after = areasOf(simplifyLevel(before, s.limit))
        const counts = [...pieces(after).values()]
        expect(Math.max(...counts)).toBeLessThanOrEqual(2)
        const sides = s.columns * (s.rows - 1) + s.rows * (s.columns - 1)
        expect(counts.filter((n) => n === 2).length).toBeGreaterThanOrEqual(sides)
        // What one area alone has lies along the coast: between two areas that would be a gap.
        const coast = once(pieces(before))
        for (const [x = 0, y = 0] of once(pieces(after))) {
          const near = coast.some(([cx = 0, cy = 0]) => Math.hypot(x - cx, y - cy) < 2e-4)
          expect(near).toBe(true)
        }
      }),
      { numRuns: 60 },
    )
  })

  it('fits into what it may weigh, and is left alone where it fits already', () => {
    const areas = crooked(6, 6, 200, (n) => 0.004 * Math.sin(n * 7.3))
    expect(JSON.stringify(areas).length).toBeGreaterThan(mostBytes)
    const after = areasOf(simplifyLevel(areas))
    expect(JSON.stringify(after).length).toBeLessThan(mostBytes)
    expect(JSON.stringify(after).length).toBeGreaterThan(0.9 * mostBytes)
    const few = crooked(2, 2, 3, () => 0.003)
    const points = (all: readonly Area[]) => all.flatMap((a) => ringsOf(a.geometry)).flat().length
    expect(points(areasOf(simplifyLevel(few)))).toBe(points(few))
  })

  it('leaves out small islands, keeps large ones, and keeps a small area that is all islands', () => {
    const square = (x: number, y: number, s: number): Position[][] => [
      [
        [x, y],
        [x + s, y],
        [x + s, y + s],
        [x, y + s],
        [x, y],
      ],
    ]
    const areas: Area[] = [
      {
        id: 7,
        geometry: {
          type: 'MultiPolygon',
          coordinates: [square(0, 51, 1), square(2, 51, 0.5), square(3, 51, 0.02)],
        },
      },
      { id: 9, geometry: { type: 'MultiPolygon', coordinates: [square(5, 51, 0.01)] } },
    ]
    const after = areasOf(simplifyLevel(areas))
    expect(after.map((a) => [a.id, ringsOf(a.geometry).length])).toEqual([
      [7, 2],
      [9, 1],
    ])
  })
})
