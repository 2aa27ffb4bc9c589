import { bisectLeft, bisectRight, max } from 'd3-array'
import { scaleLinear } from 'd3-scale'
import type { Limits } from '../../../comparison/figures.ts'
import { intervalMarks } from '../interval-bar/interval-bar.ts'
import { type Bounds, spreadScale } from '../scale.ts'
import { anchorAt, at, label, line, svg } from '../svg.ts'

export interface SpreadOptions {
  /** Everyone's values, ascending, without NaN. */
  readonly values: Float64Array
  /** The provider that the page is about; null where it is about all. */
  readonly own: { readonly value: number; readonly limits: Limits | null } | null
  /** Values of its peers, drawn as ticks beneath. */
  readonly peers: readonly number[]
  /** England, or what else stands for the whole. */
  readonly whole: { readonly value: number; readonly name: string } | null
  /** The text alternative. */
  readonly words: string
  readonly format: (value: number) => string
  /** `card` beside one figure, `page` as the picture that an indicator's page leads with. */
  readonly size: 'card' | 'page'
  /** Default: none. */
  readonly bounds?: Bounds
}

const sizes = {
  card: { width: 340, height: 104, top: 20, base: 62, bins: 30 },
  page: { width: 680, height: 190, top: 24, base: 150, bins: 56 },
} as const

/** Made once and set for each picture (see trend.ts). */
const along = scaleLinear().clamp(true)

/** From so many values on they are drawn as bins, below as one dot each. */
export const binnedFrom = 80

/**
 * How all providers are spread, with one of them hanging from the top as a plumb line with its
 * interval, its peers as ticks and the whole as a dashed line. Values beyond the scale are counted
 * in words at the end, never dropped unseen.
 */
export function spread(options: SpreadOptions): string {
  const { values, own, peers, whole, format } = options
  if (values.length === 0) return ''
  const { width, height, top, base, bins } = sizes[options.size]
  const marked = [own?.value, own?.limits?.lower95, own?.limits?.upper95, whole?.value]
  const domain = spreadScale(
    values,
    marked.filter((v) => v !== undefined),
    options.bounds ?? null,
  )
  const x = along.domain(domain).range([8, width - 8])
  const below = bisectLeft(values, domain[0])
  const above = values.length - bisectRight(values, domain[1])
  const inside = values.subarray(below, values.length - above)
  const parts = [
    values.length < binnedFrom
      ? dots(inside, x, base)
      : kept(values, [options.size, ...domain].join(), () =>
          bars(inside, domain, bins, x, { top: top + 8, base }),
        ),
    line('pl-axis', 8, base, width - 8, base),
    ticks(
      peers.filter((p) => p >= domain[0] && p <= domain[1]),
      x,
      base + 2,
    ),
  ]
  if (whole) {
    const text = `${whole.name} ${format(whole.value)}`
    const place = anchorAt(x(whole.value), text, width)
    parts.push(line('pl-other', x(whole.value), top, x(whole.value), base))
    parts.push(label('pl-name', place.x, 13, text, place.anchor))
  }
  if (own) {
    parts.push(line('pl-plumb', x(own.value), top - 2, x(own.value), base + 18))
    parts.push(...intervalMarks(own.value, own.limits, x, base + 18))
  }
  parts.push(...ends(domain, { below, above }, format, width, height - 5))
  return svg(`spread-${options.size}`, [width, height], options.words, parts)
}

/** The bars of the same values on the same scale, which page after page shows: drawn once. */
const drawings = new WeakMap<Float64Array, Map<string, string>>()

/** Scales that are kept for one set of values: most pages share the first. */
const mostScales = 8

function kept(values: Float64Array, scale: string, draw: () => string): string {
  const known = drawings.get(values) ?? new Map<string, string>()
  drawings.set(values, known)
  const found = known.get(scale) ?? draw()
  if (known.size < mostScales) known.set(scale, found)
  return found
}

/** A short stroke for each peer, in one path: a page has hundreds of them. */
function ticks(peers: readonly number[], x: (v: number) => number, top: number): string {
  if (peers.length === 0) return ''
  return `<path class="pl-peer" d="${peers.map((p) => `M${at(x(p))} ${top}v7`).join('')}"/>`
}

function dots(values: Float64Array, x: (v: number) => number, base: number): string {
  return Array.from(
    values,
    (v) => `<circle class="pl-each" cx="${at(x(v))}" cy="${at(base - 9)}" r="4"/>`,
  ).join('')
}

function bars(
  values: Float64Array,
  domain: readonly [number, number],
  count: number,
  x: (v: number) => number,
  { top, base }: { top: number; base: number },
): string {
  const step = (domain[1] - domain[0]) / count
  const edges = Array.from({ length: count + 1 }, (_, i) => domain[0] + step * i)
  // The values are sorted: a bin holds what lies between two places among them.
  const places = edges.map((edge, i) =>
    i === count ? values.length : i === 0 ? 0 : bisectLeft(values, edge),
  )
  const sizes = places.slice(1).map((place, i) => place - (places[i] as number))
  const most = max(sizes) || 1
  // One path for all bars: a page has hundreds of them.
  const drawn = sizes.map((size, i) => {
    if (size === 0) return ''
    const [from, to] = [x(edges[i] as number), x(edges[i + 1] as number)]
    const wide = Math.max(0.5, to - from - 0.8)
    const tall = (size / most) * (base - top)
    return `M${at(from)} ${at(base)}v${at(-tall)}h${at(wide)}v${at(tall)}z`
  })
  return `<path class="pl-bin" d="${drawn.join('')}"/>`
}

function ends(
  domain: readonly [number, number],
  beyond: { below: number; above: number },
  format: (value: number) => string,
  width: number,
  y: number,
): string[] {
  const more = (n: number, word: string): string => (n === 0 ? '' : ` (${n} ${word})`)
  return [
    label('pl-tick', 8, y, format(domain[0]) + more(beyond.below, 'below'), 'start'),
    label('pl-tick', width - 8, y, format(domain[1]) + more(beyond.above, 'above'), 'end'),
  ]
}
