import { geoMercatorRaw } from 'd3-geo'
import type { Position } from 'geojson'
import type { Degrees } from './grid.ts'
import type { Shape } from './simplify.ts'

/** A plane that holds what is drawn: pixels from its upper left corner. */
export interface Plane {
  readonly width: number
  readonly height: number
  readonly xy: (at: Degrees) => readonly [number, number]
}

/** The largest a picture gets, and the room that it leaves around what is drawn. */
const most = { width: 640, height: 680, margin: 8 }

const mercator = ([longitude, latitude]: Degrees): [number, number] => {
  const radians = (degrees: number): number => (degrees * Math.PI) / 180
  const [x, y] = geoMercatorRaw(radians(longitude), radians(latitude))
  return [x, y]
}

const degrees = ([x = 0, y = 0]: Position): Degrees => [x, y]

const ringsOf = (shape: Shape): Position[][] =>
  shape.type === 'Polygon' ? shape.coordinates : shape.coordinates.flat()

/**
 * A Mercator plane as large as the picture may be that holds all of it. Mercator keeps small shapes
 * true, and whichever way a ring runs is of no matter on a plane, as it is on the globe.
 */
export function fit(shapes: readonly Shape[], points: readonly Degrees[] = []): Plane {
  const all = [...shapes.flatMap(ringsOf).flat().map(degrees), ...points].map(mercator)
  const extent = (axis: 0 | 1): [number, number] =>
    all.reduce(([low, high], p) => [Math.min(low, p[axis]), Math.max(high, p[axis])], [
      Number.POSITIVE_INFINITY,
      Number.NEGATIVE_INFINITY,
    ] as [number, number])
  const [[west, east], [south, north]] = [extent(0), extent(1)]
  const [wide, tall] = [Math.max(east - west, 1e-6), Math.max(north - south, 1e-6)]
  const { margin } = most
  const [roomX, roomY] = [most.width - 2 * margin, most.height - 2 * margin]
  const scale = Math.min(roomX / wide, roomY / tall)
  const width = Math.max(200, Math.ceil(wide * scale) + 2 * margin)
  const height = Math.max(200, Math.ceil(tall * scale) + 2 * margin)
  // What is drawn lies in the middle, also where it is a single point.
  const left = (width - wide * scale) / 2
  const top = (height - tall * scale) / 2
  const xy = (at: Degrees): readonly [number, number] => {
    const [x, y] = mercator(at)
    return [left + (x - west) * scale, top + (south + tall - y) * scale]
  }
  return { width, height, xy }
}

/**
 * A shape as a path of steps in tenths of a pixel, which pack into half the bytes of places. Each step
 * starts where the last one was drawn, so that rounding does not add up; points that fall together
 * are drawn once.
 */
export function outline(shape: Shape, plane: Plane): string {
  return ringsOf(shape)
    .map((ring) => {
      let [lastX, lastY] = [0, 0]
      const steps: string[] = []
      for (const position of ring.slice(0, -1)) {
        const [x, y] = plane.xy(degrees(position)).map((n) => Math.round(n * 10)) as [
          number,
          number,
        ]
        if (steps.length > 0 && x === lastX && y === lastY) continue
        const step = `${tenths(x - lastX)} ${tenths(y - lastY)}`
        steps.push(steps.length === 0 ? `M${x / 10} ${y / 10}` : `l${step}`)
        lastX = x
        lastY = y
      }
      return `${steps.join('')}z`
    })
    .join('')
}

/** Ten tenths are 1. */
const tenths = (n: number): number => n / 10
