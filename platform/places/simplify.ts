import type { Feature, FeatureCollection, MultiPolygon, Polygon, Position } from 'geojson'
import { feature, quantize } from 'topojson-client'
import { topology as joined } from 'topojson-server'
import { filter, presimplify, quantile, simplify, sphericalTriangleArea } from 'topojson-simplify'
import type {
  GeometryCollection,
  MultiPolygon as MultiPolygonArcs,
  Polygon as PolygonArcs,
  Topology,
} from 'topojson-specification'

export type Shape = Polygon | MultiPolygon

/** The shape of one place, by its number. */
export interface Area {
  readonly id: number
  readonly geometry: Shape
}

type None = Record<string, never>

/** All areas of a level, with the numbers of their places; a border that two share is stored once. */
export type LevelTopology = Topology<{ areas: GeometryCollection<None> }>

/** A topology whose one object is `areas`; what is no polygon is left out. */
function levelOf(topology: Topology): LevelTopology {
  const { areas } = topology.objects
  const shapes = areas?.type === 'GeometryCollection' ? areas.geometries : []
  const geometries = shapes.flatMap((g): (PolygonArcs<None> | MultiPolygonArcs<None>)[] => {
    const named = { id: g.id ?? '', properties: {} }
    if (g.type === 'Polygon') return [{ type: 'Polygon', arcs: g.arcs, ...named }]
    return g.type === 'MultiPolygon' ? [{ type: 'MultiPolygon', arcs: g.arcs, ...named }] : []
  })
  return { ...topology, objects: { areas: { type: 'GeometryCollection', geometries } } }
}

/** What a level may weigh as GeoJSON. */
export const mostBytes = 300_000

/** A detached piece is left out below this share of its area's largest. */
const smallestPiece = 0.02

/** Steps along an axis: about 12 metres where a level is Great Britain. */
const steps = 1e5

/** The weight of points that a ring needs: they are kept whatever is left out. */
const needed = Number.POSITIVE_INFINITY

/**
 * The areas of a level with as many points as fit into `limit` bytes of GeoJSON (Visvalingam's
 * method, by area on the globe). Areas that shared a border still share it, and no area vanishes: of
 * each at least its largest piece is kept. Small islands are left out.
 */
export function simplifyLevel(areas: readonly Area[], limit: number = mostBytes): LevelTopology {
  const features = areas.map(({ id, geometry }): Feature<Shape, null> => {
    return { type: 'Feature', id, properties: null, geometry }
  })
  const collection: FeatureCollection<Shape, null> = { type: 'FeatureCollection', features }
  const whole = withoutSmallPieces(levelOf(joined({ areas: collection })))
  const weighed = keepRings(presimplify(whole, sphericalTriangleArea))
  const least = (weight: number): LevelTopology => quantize(simplify(weighed, weight), steps)
  const full = least(0)
  if (bytes(full) < limit) return full
  // The share of points that is kept, by halves.
  let [fits, tooMuch] = [0, 1]
  let found = least(needed)
  for (let i = 0; i < 11; i++) {
    const share = (fits + tooMuch) / 2
    const tried = least(quantile(weighed, share))
    if (bytes(tried) < limit) [found, fits] = [tried, share]
    else tooMuch = share
  }
  return found
}

const bytes = (level: LevelTopology): number =>
  areasOf(level).reduce((sum, area) => sum + JSON.stringify(area).length + 60, 0)

/** The areas of a level as GeoJSON, to four decimals of a degree: seven to eleven metres. */
export function areasOf(level: LevelTopology): Area[] {
  return feature(level, level.objects.areas).features.flatMap(({ id, geometry }): Area[] => {
    if (geometry.type === 'Polygon') {
      const coordinates = geometry.coordinates.map(ring)
      return [{ id: Number(id), geometry: { type: 'Polygon', coordinates } }]
    }
    if (geometry.type !== 'MultiPolygon') return []
    const coordinates = geometry.coordinates.map((piece) => piece.map(ring))
    return [{ id: Number(id), geometry: { type: 'MultiPolygon', coordinates } }]
  })
}

const ring = (positions: Position[]): Position[] =>
  positions.map(([x = 0, y = 0]) => [fixed(x), fixed(y)])
const fixed = (degrees: number): number => Math.round(degrees * 1e4) / 1e4

type Pieces = readonly (readonly (readonly number[])[])[]

const piecesOf = (level: LevelTopology): Pieces[] =>
  level.objects.areas.geometries.flatMap((g): Pieces[] => {
    if (g.type === 'Polygon') return [[g.arcs]]
    return g.type === 'MultiPolygon' ? [g.arcs] : []
  })

const arcNumber = (arc: number): number => (arc < 0 ? ~arc : arc)

/** Twice a ring's size in degrees, whichever way it runs. */
function size(level: LevelTopology, arcs: readonly number[]): number {
  const points = arcs.flatMap((arc) => {
    const line = level.arcs[arcNumber(arc)] ?? []
    return arc < 0 ? line.toReversed() : line
  })
  let sum = 0
  points.forEach(([x = 0, y = 0], i) => {
    const [nextX = 0, nextY = 0] = points[(i + 1) % points.length] ?? []
    sum += x * nextY - nextX * y
  })
  return Math.abs(sum)
}

/** Leaves out pieces that touch no other area and are small beside the largest of their own. */
function withoutSmallPieces(level: LevelTopology): LevelTopology {
  const uses = new Map<number, number>()
  const all = piecesOf(level)
  for (const arc of all.flat(3)) uses.set(arcNumber(arc), (uses.get(arcNumber(arc)) ?? 0) + 1)
  const kept = new Set<string>()
  for (const pieces of all) {
    const sizes = pieces.map((rings) => size(level, rings[0] ?? []))
    const largest = Math.max(...sizes)
    for (const [i, rings] of pieces.entries()) {
      const large = (sizes[i] ?? 0) >= smallestPiece * largest
      for (const arcs of rings) {
        if (large || arcs.some((arc) => (uses.get(arcNumber(arc)) ?? 0) > 1)) kept.add(arcs.join())
      }
    }
  }
  // The filter is given a ring's arcs, though its types speak of points.
  return levelOf(filter(level, (arcs) => kept.has(arcs.join())))
}

/** Each ring keeps the points that make it an area, however much is left out. */
function keepRings(level: LevelTopology): LevelTopology {
  for (const arcs of piecesOf(level).flat(2)) {
    if (arcs.length > 2) continue
    for (const arc of arcs) {
      const line = level.arcs[arcNumber(arc)] ?? []
      const inner = line.slice(1, -1).sort((a, b) => (b[2] ?? 0) - (a[2] ?? 0))
      for (const point of inner.slice(0, arcs.length === 1 ? 3 : 1)) point[2] = needed
    }
  }
  return level
}
