import type { Degrees } from '../../../places/grid.ts'
import { fit, outline, type Plane } from '../../../places/project.ts'
import type { Shape } from '../../../places/simplify.ts'
import { at, escape } from '../svg.ts'
import type { MapClass } from './classes.ts'

interface Linked {
  readonly href: string
  /** "Waverley: 63% (60 to 66), better". */
  readonly title: string
  readonly class: MapClass
}

export interface DrawnArea extends Linked {
  readonly geometry: Shape
}

export interface DrawnPoint extends Linked {
  readonly at: Degrees
  /** It was placed by its postcode's neighbours, not by its own coordinates. */
  readonly rough: boolean
}

export interface MapOptions {
  /** What the map shows, in a few words. */
  readonly title: string
  /** What can be seen on it. */
  readonly description: string
  readonly areas: readonly DrawnArea[]
  /** Shapes behind points, in outline. */
  readonly behind: readonly Shape[]
  readonly points: readonly DrawnPoint[]
  /** Default: true. On pages of others nothing within a map leads anywhere. */
  readonly linked?: boolean
}

/**
 * A map as SVG that also stands alone: no style sheet is needed to read it. Each area and point is a
 * link, left out of the order of tab stops because the table beside the map has the same ones.
 */
export function map(options: MapOptions): string {
  const { areas, behind, points, linked = true } = options
  const plane = fit(
    [...areas.map((a) => a.geometry), ...behind],
    points.map((p) => p.at),
  )
  const { width, height } = plane
  const ground = behind.map((shape) => outline(shape, plane)).join('')
  const shapes = byClass(areas, ({ geometry }) => outline(geometry, plane), linked)
  const marks = byClass(points, (p) => mark(p, plane), linked)
  return (
    `<svg class="pl-chart pl-chart--map" viewBox="0 0 ${width} ${height}" role="${linked ? 'group' : 'img'}" ` +
    'aria-labelledby="map-title map-words" xmlns="http://www.w3.org/2000/svg">' +
    `<title id="map-title">${escape(options.title)}</title>` +
    `<desc id="map-words">${escape(options.description)}</desc>` +
    `<defs>${patterns([...areas, ...points].map((d) => d.class))}</defs>` +
    (ground && `<path d="${ground}" fill="#f4f7fa" stroke="#b1b4b6"/>`) +
    `<g stroke="#505a5f" stroke-width=".7" stroke-linejoin="round">${shapes}</g>` +
    `<g stroke="#0b0c0c" stroke-width="1" stroke-linejoin="round">${marks}</g></svg>`
  )
}

/** Everything of one class in a group that is filled once. */
function byClass<D extends Linked>(
  all: readonly D[],
  path: (drawn: D) => string,
  linked: boolean,
): string {
  return [...Map.groupBy(all, (d) => d.class)]
    .map(([of, some]) => {
      const drawn = some.map((d) => {
        const shape = `<path vector-effect="non-scaling-stroke" d="${path(d)}"><title>${escape(d.title)}</title></path>`
        return linked ? `<a href="${escape(d.href)}" tabindex="-1">${shape}</a>` : shape
      })
      return `<g fill="${fillOf(of)}">${drawn.join('')}</g>`
    })
    .join('')
}

const patternName = (c: MapClass): string => `map-${c.id}`

export const fillOf = (c: MapClass): string =>
  c.pattern === 'none' ? c.fill : `url(#${patternName(c)})`

/** Light fills are hatched dark, dark ones light. */
const isDark = (fill: string): boolean => Number.parseInt(fill.slice(1, 3), 16) < 0x50

function patterns(classes: readonly MapClass[]): string {
  return [...new Set(classes)]
    .filter((c) => c.pattern !== 'none')
    .map((c) => pattern(c, patternName(c)))
    .join('')
}

/** A pattern over its fill: oblique lines, or dots. */
export function pattern(c: MapClass, name: string): string {
  const line = isDark(c.fill) ? '#ffffff' : '#6f777b'
  const over =
    c.pattern === 'hatched'
      ? `<path d="M0 6L6 0M-1 1L1 -1M5 7L7 5" stroke="${line}" stroke-width="1"/>`
      : '<circle cx="3" cy="3" r=".9" fill="#6f777b"/>'
  return `<pattern id="${name}" width="6" height="6" patternUnits="userSpaceOnUse"><path d="M0 0h6v6h-6z" fill="${c.fill}"/>${over}</pattern>`
}

/** A triangle up or down, or a round dot; small where it was placed roughly. */
function mark(p: DrawnPoint, plane: Plane): string {
  const [x, y] = plane.xy(p.at)
  const r = p.rough ? 3.5 : 5
  if (p.class.mark === 'up') return `M${at(x)} ${at(y - r)}l${r} ${2 * r - 1}h${-2 * r}z`
  if (p.class.mark === 'down') return `M${at(x)} ${at(y + r)}l${r} ${1 - 2 * r}h${-2 * r}z`
  return `M${at(x - r)} ${at(y)}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0z`
}

/** A square of the legend. */
export function swatch(c: MapClass): string {
  const name = `legend-${c.id}`
  const fill = c.pattern === 'none' ? c.fill : `url(#${name})`
  const defs = c.pattern === 'none' ? '' : `<defs>${pattern(c, name)}</defs>`
  return `<svg class="pl-swatch" viewBox="0 0 24 18" aria-hidden="true" focusable="false">${defs}<path d="M.5 .5h23v17h-23z" fill="${fill}" stroke="#505a5f"/></svg>`
}
