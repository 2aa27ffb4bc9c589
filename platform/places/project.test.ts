import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Degrees } from './grid.ts'
import { fit, outline } from './project.ts'
import type { Shape } from './simplify.ts'

const degree = fc.tuple(
  fc.double({ min: -6, max: 2, noNaN: true }),
  fc.double({ min: 50, max: 59, noNaN: true }),
)

describe('a plane', () => {
  it('holds all that it was fitted to, within its picture', () => {
    fc.assert(
      fc.property(fc.array(degree, { minLength: 1, maxLength: 30 }), (points) => {
        const plane = fit([], points)
        expect(plane.width).toBeLessThanOrEqual(641)
        expect(plane.height).toBeLessThanOrEqual(681)
        for (const at of points) {
          const [x, y] = plane.xy(at)
          expect(x).toBeGreaterThanOrEqual(0)
          expect(x).toBeLessThanOrEqual(plane.width)
          expect(y).toBeGreaterThanOrEqual(0)
          expect(y).toBeLessThanOrEqual(plane.height)
        }
      }),
    )
  })

  it('has north above and east to the right', () => {
    const [south, north, east]: Degrees[] = [
      [-1, 51],
      [-1, 52],
      [0, 51],
    ]
    const plane = fit([], [south, north, east] as Degrees[])
    const [[x, y], [, top], [right]] = [south, north, east].map((p) => plane.xy(p ?? [0, 0])) as [
      readonly [number, number],
      readonly [number, number],
      readonly [number, number],
    ]
    expect(top).toBeLessThan(y)
    expect(right).toBeGreaterThan(x)
  })
})

/** The corners that a path of one move and relative steps comes to. */
function corners(path: string): number[][] {
  const parts = path.replace(/z$/, '').split(/[Ml]/).slice(1)
  let at = [0, 0]
  return parts.map((part) => {
    const [dx = 0, dy = 0] = part.split(' ').map(Number)
    at = [(at[0] ?? 0) + dx, (at[1] ?? 0) + dy]
    return at
  })
}

describe('an outline', () => {
  it('is drawn the same whichever way its ring runs, within a tenth of a pixel of its points', () => {
    const ring: Degrees[] = Array.from({ length: 400 }, (_, i) => {
      const angle = (2 * Math.PI * i) / 400
      return [Math.cos(angle) * (1 + 0.1 * Math.sin(9 * angle)), 52 + Math.sin(angle)]
    })
    const closed = [...ring, ring[0] as Degrees].map((p) => [...p])
    const shape: Shape = { type: 'Polygon', coordinates: [closed] }
    const plane = fit([shape])
    const drawn = corners(outline(shape, plane))
    expect(drawn.length).toBeGreaterThan(350)
    // The last one is as near as the first: rounding does not add up.
    const [x, y] = plane.xy(ring.at(-1) as Degrees)
    const last = drawn.at(-1) ?? []
    expect(Math.abs((last[0] ?? 0) - x)).toBeLessThan(0.051)
    expect(Math.abs((last[1] ?? 0) - y)).toBeLessThan(0.051)
    const turned: Shape = { type: 'Polygon', coordinates: [closed.toReversed()] }
    expect(fit([turned])).toMatchObject({ width: plane.width, height: plane.height })
  })

  it('draws points that fall together once', () => {
    const near: Shape = {
      type: 'Polygon',
      coordinates: [
        [
          [0, 51],
          [0.000001, 51],
          [1, 51],
          [1, 52],
          [0, 51],
        ],
      ],
    }
    expect(corners(outline(near, fit([near])))).toHaveLength(3)
  })
})
