import type { PublishedFile } from './csv.ts'
import { Random } from './random.ts'

/** A grid of wards, ten across and six down, that a district takes a block of. */
export interface Block {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
}

type Point = readonly [number, number]

/** Where the grid lies: open sea, on the Dogger Bank. Degrees. */
const west = 2.6
const north = 55.3
const cellWidth = 0.12
const cellHeight = 0.07

/** How many points an edge has between its two corners. */
const between = 3

/**
 * Rings over a grid with crooked edges. Each edge is drawn once and used by both its neighbours, so
 * that boundaries meet without gaps; a point strays less than half the way to the next edge.
 */
export class Grid {
  readonly #random: Random
  readonly #corners = new Map<string, Point>()
  readonly #edges = new Map<string, readonly Point[]>()

  constructor(seed: number) {
    this.#random = new Random(seed, 'boundaries')
  }

  #strayed(column: number, row: number, by: number): Point {
    const x = column + this.#random.between(-by, by)
    const y = row + this.#random.between(-by, by)
    return [rounded(west + x * cellWidth), rounded(north - y * cellHeight)]
  }

  #corner(column: number, row: number): Point {
    const key = `${column},${row}`
    const known = this.#corners.get(key) ?? this.#strayed(column, row, 0.18)
    this.#corners.set(key, known)
    return known
  }

  /** The points from one corner to the next one, without the last. */
  #edge(from: Point, to: Point): readonly Point[] {
    const forward = from[0] + from[1] * 100 < to[0] + to[1] * 100
    const [a, b] = forward ? [from, to] : [to, from]
    const key = `${a}-${b}`
    let points = this.#edges.get(key)
    if (!points) {
      const [start, end] = [this.#corner(...a), this.#corner(...b)]
      points = [start, ...this.#bends(start, end), end]
      this.#edges.set(key, points)
    }
    return (forward ? points : [...points].reverse()).slice(0, -1)
  }

  #bends(start: Point, end: Point): Point[] {
    return Array.from({ length: between }, (_, i): Point => {
      const share = (i + 1) / (between + 1)
      const along = (axis: 0 | 1): number => start[axis] + share * (end[axis] - start[axis])
      const stray = (size: number): number => size * this.#random.between(-0.05, 0.05)
      return [rounded(along(0) + stray(cellWidth)), rounded(along(1) + stray(cellHeight))]
    })
  }

  /** The ring round a block, counter-clockwise and closed, as RFC 7946 has it. */
  ring({ left, top, width, height }: Block): Point[] {
    const [right, bottom] = [left + width, top + height]
    const corners: Point[] = []
    for (let row = top; row < bottom; row++) corners.push([left, row])
    for (let column = left; column < right; column++) corners.push([column, bottom])
    for (let row = bottom; row > top; row--) corners.push([right, row])
    for (let column = right; column > left; column--) corners.push([column, top])
    const points = corners.flatMap((corner, i) =>
      this.#edge(corner, corners[(i + 1) % corners.length] as Point),
    )
    return [...points, points[0] as Point]
  }
}

/** A place well within a cell of the grid, whose edges stray less: degrees. */
export function placeWithin({ left, top }: Block, random: Random): Point {
  const [x, y] = [left + random.between(0.28, 0.72), top + random.between(0.28, 0.72)]
  return [west + x * cellWidth, north - y * cellHeight]
}

/** Five decimals of a degree: about a metre. */
const rounded = (degrees: number): number => Number(degrees.toFixed(5))

/** A GeoJSON file of named blocks. */
export function boundaryFile(
  fileName: string,
  grid: Grid,
  places: readonly { code: string; name: string; block: Block }[],
): PublishedFile {
  const features = places.map(({ code, name, block }) =>
    JSON.stringify({
      type: 'Feature',
      properties: { code, name },
      geometry: { type: 'Polygon', coordinates: [grid.ring(block)] },
    }),
  )
  const text = `{"type":"FeatureCollection","features":[\n${features.join(',\n')}\n]}\n`
  return { name: fileName, text }
}
