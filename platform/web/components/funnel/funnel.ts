import { scaleLinear } from 'd3-scale'
import { line as path } from 'd3-shape'
import { type Bounds, spreadScale } from '../scale.ts'
import { at, label, line, rounded, svg, textWidth } from '../svg.ts'

/** A provider: how many its figure is from, and the figure. */
export interface FunnelPoint {
  readonly x: number
  readonly y: number
  /** How many of the two pairs of limits it lies outside of. */
  readonly outside: 0 | 1 | 2
}

/** The limits at one confidence: what chance alone leaves of a figure that is from so many. */
export interface FunnelLimits {
  readonly x: Float64Array
  readonly lower: Float64Array
  readonly upper: Float64Array
}

export interface FunnelOptions {
  readonly points: readonly FunnelPoint[]
  /** What all are held against, and its name. */
  readonly target: { readonly value: number; readonly name: string }
  /** The inner (95%) and the outer (99.8%) ones. */
  readonly limits: readonly [FunnelLimits, FunnelLimits]
  readonly xName: string
  readonly yFormat: (value: number) => string
  readonly xFormat: (value: number) => string
  readonly bounds: Bounds
  readonly words: string
}

const [width, height] = [360, 300]
const [left, right, top, bottom] = [44, 352, 12, 256]

/** Within the limits small, outside of the inner ones a ring, of both full: told without colours too. */
const marks = [
  { name: 'pl-funnel-within', r: 2.5 },
  { name: 'pl-funnel-out', r: 4 },
  { name: 'pl-funnel-far', r: 5 },
] as const

type Scale = ReturnType<typeof scaleLinear<number, number>>

/**
 * A funnel plot: each figure over how many it is from, with the limits between which chance alone would
 * leave it around the whole's (Spiegelhalter 2005). What lies beyond the scale is counted beneath.
 */
export function funnelPlot(options: FunnelOptions): string {
  const { points, target, limits, bounds } = options
  if (points.length === 0) return ''
  const most = Math.max(...points.map((p) => p.x))
  const x = scaleLinear()
    .domain([0, most * 1.03])
    .range([left, right])
  const sorted = Float64Array.from(points, (p) => p.y).sort()
  const y = scaleLinear()
    .domain(spreadScale(sorted, [target.value], bounds))
    .range([bottom, top])
  const [low = 0, high = 0] = y.domain()
  const holds = (value: number): boolean => value >= low && value <= high
  const inside = points.filter((p) => holds(p.y))
  const beyond = points.length - inside.length
  const parts = [
    ...axes(options, x, y),
    ...limits.flatMap((some, i) =>
      [some.lower, some.upper].map((ends) => {
        const curve = path<number>()
          .defined((k) => holds(ends[k] as number))
          .x((k) => x(some.x[k] as number))
          .y((k) => y(ends[k] as number))
        const name = i === 0 ? 'pl-funnel-inner' : 'pl-funnel-outer'
        return `<path class="${name}" d="${rounded(curve(ends.keys()))}"/>`
      }),
    ),
    line('pl-other', left, y(target.value), right, y(target.value)),
    // Those that stand out are drawn last, over the others.
    ...marks.map(({ name, r }, outside) => {
      const d = inside.filter((p) => p.outside === outside).map((p) => dot(x(p.x), y(p.y), r))
      return d.length === 0 ? '' : `<path class="${name}" d="${d.join('')}"/>`
    }),
    targetName(target.name, y(target.value)),
  ]
  const note = beyond === 0 ? '' : ` ${beyond} more lie beyond the picture.`
  if (beyond > 0) parts.push(label('pl-tick', 2, bottom + 34, `${beyond} lie beyond`, 'start'))
  return svg('funnel', [width, height], `${options.words}${note}`, parts)
}

/** Thousands of them are one path: as circles they would be ten times as long. */
const dot = (x: number, y: number, r: number): string =>
  `M${at(x - r)} ${at(y)}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0z`

function axes({ xName, xFormat, yFormat }: FunnelOptions, x: Scale, y: Scale): string[] {
  return [
    line('pl-axis', left, bottom, right, bottom),
    line('pl-axis', left, top, left, bottom),
    ...x.ticks(4).map((t) => label('pl-tick', x(t), bottom + 15, xFormat(t), 'middle')),
    ...y.ticks(5).map((t) => label('pl-tick', left - 5, y(t) + 4, yFormat(t), 'end')),
    label('pl-name', right, bottom + 34, xName, 'end'),
  ]
}

/** At the right end, above the line or, near the top, beneath it; too long for the picture: left out. */
function targetName(name: string, y: number): string {
  if (textWidth(name) > right - left) return ''
  return label('pl-quarter', right - 2, y - 6 < top + 12 ? y + 14 : y - 6, name, 'end')
}
