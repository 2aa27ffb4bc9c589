import { scaleLinear } from 'd3-scale'
import { type Domain, spreadScale } from '../scale.ts'
import { at, label, line, svg } from '../svg.ts'

type Interval = { readonly lower95: number; readonly upper95: number }

/** One provider with its own marks. */
export interface ScatterPoint {
  readonly x: number
  readonly y: number
  readonly xLimits: Interval | null
  readonly yLimits: Interval | null
}

export interface ScatterOptions {
  readonly points: readonly ScatterPoint[]
  /** The provider that the page is about, drawn with both intervals; null where it is about all. */
  readonly own: ScatterPoint | null
  /** Marked as rings, such as those on the frontier. */
  readonly marked: readonly ScatterPoint[]
  /** The middle of all, drawn as two dashed lines that make four quarters. */
  readonly middle: { readonly x: number; readonly y: number }
  /** What each quarter means: top left, top right, bottom left, bottom right. */
  readonly quarters: readonly [string, string, string, string]
  readonly xName: string
  readonly yName: string
  readonly xFormat: (value: number) => string
  readonly yFormat: (value: number) => string
  readonly words: string
}

const [width, height] = [360, 340]
const [left, right, top, bottom] = [44, 352, 22, 296]
const radius = 6

/** From so many points on they are drawn as hexagons, below as one cross of intervals each. */
export const hexagonsFrom = 200

/**
 * Two figures of many providers against each other. Few are drawn one by one, thin lines for their
 * intervals; many as hexagons, darker where more lie. What lies beyond the scale is counted in
 * words beneath, never dropped unseen.
 */
export function scatter(options: ScatterOptions): string {
  const { points, own, marked, middle } = options
  if (points.length === 0) return ''
  const special = own ? [own, ...marked] : marked
  const few = points.length < hexagonsFrom
  type End = (p: ScatterPoint) => Interval | null
  const domain = (of: (p: ScatterPoint) => number, limits: End): Domain => {
    const ends = (few ? [...points, ...special] : special).flatMap((p) => {
      const found = limits(p)
      return found ? [found.lower95, found.upper95] : []
    })
    return spreadScale(Float64Array.from(points, of).sort(), [...special.map(of), ...ends])
  }
  const x = scaleLinear()
    .domain(
      domain(
        (p) => p.x,
        (p) => p.xLimits,
      ),
    )
    .range([left, right])
    .clamp(true)
  const y = scaleLinear()
    .domain(
      domain(
        (p) => p.y,
        (p) => p.yLimits,
      ),
    )
    .range([bottom, top])
    .clamp(true)
  const holds = (scale: Scale, value: number): boolean => {
    const [low = 0, high = 0] = scale.domain()
    return value >= low && value <= high
  }
  const isInside = (p: ScatterPoint): boolean => holds(x, p.x) && holds(y, p.y)
  const inside = points.filter(isInside)
  const place = (p: ScatterPoint): readonly [number, number] => [x(p.x), y(p.y)]
  const beyond = points.length - inside.length
  const parts = [
    ...axes(options, x, y),
    ...(few
      ? inside.flatMap((p) => [...cross('pl-cross', p, x, y), dot('pl-each', place(p), 4)])
      : hexagons(inside.map(place))),
    line('pl-other', x(middle.x), top, x(middle.x), bottom),
    line('pl-other', left, y(middle.y), right, y(middle.y)),
    ...marked.map((p) => dot('pl-ring', place(p), 4.5)),
    // Above the rings, which are many: a word half covered is no word.
    ...quarterNames(options.quarters),
    ...(own ? [...cross('pl-thick-cross', own, x, y), dot('pl-bob', place(own), 6)] : []),
  ]
  const note = beyond === 0 ? '' : ` ${beyond} more lie beyond the picture.`
  if (beyond > 0) parts.push(label('pl-tick', 2, bottom + 34, `${beyond} lie beyond`, 'start'))
  return svg('scatter', [width, height], `${options.words}${note}`, parts)
}

type Scale = ReturnType<typeof scaleLinear<number, number>>

function axes({ xName, yName, xFormat, yFormat }: ScatterOptions, x: Scale, y: Scale): string[] {
  return [
    line('pl-axis', left, bottom, right, bottom),
    line('pl-axis', left, top, left, bottom),
    ...x.ticks(4).map((t) => label('pl-tick', x(t), bottom + 15, xFormat(t), 'middle')),
    ...y.ticks(5).map((t) => label('pl-tick', left - 5, y(t) + 4, yFormat(t), 'end')),
    label('pl-name', right, bottom + 34, xName, 'end'),
    label('pl-name', 2, 12, yName, 'start'),
  ]
}

function cross(name: string, p: ScatterPoint, x: Scale, y: Scale): string[] {
  const parts: string[] = []
  if (p.xLimits) parts.push(line(name, x(p.xLimits.lower95), y(p.y), x(p.xLimits.upper95), y(p.y)))
  if (p.yLimits) parts.push(line(name, x(p.x), y(p.yLimits.lower95), x(p.x), y(p.yLimits.upper95)))
  return parts
}

const dot = (name: string, [x, y]: readonly [number, number], r: number): string =>
  `<circle class="${name}" cx="${at(x)}" cy="${at(y)}" r="${r}"/>`

/** How many points lie in each hexagon, in four shades by the logarithm of how many. */
function hexagons(places: readonly (readonly [number, number])[]): string[] {
  const [dx, dy] = [radius * Math.sqrt(3), radius * 1.5]
  const counts = new Map<string, number>()
  for (const [px, py] of places) {
    const row = Math.round(py / dy)
    const column = Math.round(px / dx - (row % 2) / 2)
    const key = `${column} ${row}`
    counts.set(key, (counts.get(key) ?? 0) + 1)
  }
  const most = Math.max(1, ...counts.values())
  const shades = Array.from({ length: 4 }, () => '')
  const edge = `l${at(dx / 2)} ${at(radius / 2)}v${radius}l${at(-dx / 2)} ${at(radius / 2)}l${at(-dx / 2)} ${at(-radius / 2)}v${-radius}z`
  for (const [key, count] of counts) {
    const [column = 0, row = 0] = key.split(' ').map(Number)
    const shade = Math.min(3, Math.floor((4 * Math.log(count)) / (Math.log(most) || 1)))
    shades[shade] += `M${at((column + (row % 2) / 2) * dx)} ${at(row * dy - radius)}${edge}`
  }
  return shades.flatMap((d, shade) =>
    d === '' ? [] : [`<path class="pl-hexagon pl-hexagon--${shade}" d="${d}"/>`],
  )
}

function quarterNames([a, b, c, d]: ScatterOptions['quarters']): string[] {
  return [
    label('pl-quarter', left + 4, top + 12, a, 'start'),
    label('pl-quarter', right - 2, top + 12, b, 'end'),
    label('pl-quarter', left + 4, bottom - 6, c, 'start'),
    label('pl-quarter', right - 2, bottom - 6, d, 'end'),
  ]
}
