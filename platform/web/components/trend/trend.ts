import { scaleLinear, scalePoint } from 'd3-scale'
import { area, line as path } from 'd3-shape'
import type { Figure } from '../../../comparison/figures.ts'
import { type Bounds, commonScale } from '../scale.ts'
import { at, label, line, rounded, svg, textWidth } from '../svg.ts'

export interface TrendOptions {
  /** Oldest first; the last 36 are drawn. A figure without a value is a gap. */
  readonly figures: readonly Pick<Figure, 'period' | 'value' | 'limits'>[]
  /** The comparison's value in each of the periods; null where there is none. */
  readonly compared: readonly (number | null)[]
  readonly comparedName: string
  readonly words: string
  readonly format: (value: number) => string
  readonly period: (label: string) => string
  /** Default: none. */
  readonly bounds?: Bounds
}

const size = [340, 150] as const
const [top, bottom] = [16, size[1] - 24]
const mostDrawn = 36

type Point = TrendOptions['figures'][number] & { readonly other: number | null }

/*
 * Made once and set for each picture. V8 puts a function that is assigned to a property among its long-lived
 * objects, and d3 makes twenty of them for each scale: with all that they know of they would stay until the next
 * major collection of garbage.
 */
const heightScale = scaleLinear()
const periodScale = scalePoint()
/** Draws through places; a height that is not a number is a gap. */
const pen = path().defined(([, y]) => !Number.isNaN(y))
const brush = area<[x: number, low: number, high: number]>()
  .defined(([, low]) => !Number.isNaN(low))
  .x(([x]) => x)
  .y0(([, low]) => low)
  .y1(([, , high]) => high)

/**
 * The last periods as a line with its 95% interval as a band; the comparison thin and grey, named at
 * its end; gaps as gaps. Empty where fewer than two periods have a value.
 */
export function trend(options: TrendOptions): string {
  const { figures, compared, format } = options
  const all: Point[] = figures.map(({ period, value, limits }, i) => ({
    ...{ period, value, limits },
    other: compared[i] ?? null,
  }))
  const shown = all.slice(-mostDrawn)
  const valued = shown.filter((p) => p.value !== null)
  if (valued.length < 2) return ''
  const heights = valued.flatMap((p) => [
    p.value as number,
    p.limits?.lower95,
    p.limits?.upper95,
    p.other,
  ])
  const y = heightScale
    .domain(commonScale(heights.filter((v) => v !== null && v !== undefined)))
    .nice(3)
    .range([bottom, top])
  // A round end may lie where no value can.
  const [low = 0, high = 1] = y.domain()
  const [least, most] = options.bounds ?? [low, high]
  y.domain([Math.max(low, least), Math.min(high, most)])
  const ticks = y.ticks(3)
  const left = Math.max(...ticks.map((t) => textWidth(format(t)))) + 8
  const x = periodScale.domain(shown.map((p) => p.period)).range([left + 6, size[0] - 12])
  const px = (p: Point): number => x(p.period) ?? 0
  return svg('trend', size, options.words, [
    ...ticks.flatMap((t) => [
      line('pl-grid', left, y(t), size[0] - 4, y(t)),
      label('pl-tick', left - 4, y(t) + 4, format(t), 'end'),
    ]),
    ...curves(shown, px, y),
    ...valued.map(
      (p) => `<circle class="pl-dot" cx="${at(px(p))}" cy="${at(y(p.value as number))}" r="3"/>`,
    ),
    ...otherName(shown, options.comparedName, y),
    ...periodNames(shown, px, options.period, left),
  ])
}

function curves(shown: Point[], px: (p: Point) => number, y: (v: number) => number): string[] {
  const height = (value: number | null | undefined): number =>
    value === null || value === undefined ? Number.NaN : y(value)
  const through = (of: 'value' | 'other') =>
    shown.map((p): [number, number] => [px(p), height(p[of])])
  const band = shown.map((p): [number, number, number] => {
    const { lower95, upper95 } = (p.value === null ? null : p.limits) ?? {}
    return [px(p), height(lower95), height(upper95)]
  })
  const drawn = (name: string, d: string | null): string[] =>
    d ? [`<path class="${name}" d="${rounded(d)}"/>`] : []
  return [
    ...drawn('pl-band', brush(band)),
    ...drawn('pl-grey', pen(through('other'))),
    ...drawn('pl-line', pen(through('value'))),
  ]
}

/** The comparison's name above the end of its line, or beneath it where one's own line is above. */
function otherName(shown: readonly Point[], name: string, y: (v: number) => number): string[] {
  const last = shown.findLast((p) => p.other !== null)
  if (!last || last.other === null) return []
  const under = last.value !== null && last.value > last.other
  const place = y(last.other) + (under ? 14 : -6)
  return [label('pl-name', size[0] - 6, Math.min(bottom - 2, Math.max(10, place)), name, 'end')]
}

function periodNames(
  shown: readonly Point[],
  px: (p: Point) => number,
  name: (label: string) => string,
  left: number,
): string[] {
  const [first, last] = [shown[0] as Point, shown.at(-1) as Point]
  return [
    label('pl-tick', left, size[1] - 6, name(first.period), 'start'),
    label('pl-tick', Math.min(size[0] - 4, px(last) + 10), size[1] - 6, name(last.period), 'end'),
  ]
}
