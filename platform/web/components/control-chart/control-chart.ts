import { scaleLinear, scalePoint } from 'd3-scale'
import { line as path } from 'd3-shape'
import { commonScale } from '../scale.ts'
import { at, label, line, rounded, svg, textWidth } from '../svg.ts'

export interface ControlPoint {
  readonly name: string
  readonly value: number
  readonly centre: number
  readonly lower: number
  readonly upper: number
  /** Special cause: drawn as a square, not as a dot. */
  readonly isSpecial: boolean
}

export interface ControlChartOptions {
  /** Oldest first; the last 60 are drawn. */
  readonly points: readonly ControlPoint[]
  readonly words: string
  readonly format: (value: number) => string
  /** Between which no value can lie outside. */
  readonly bounds: readonly [number, number]
}

const size = [340, 160] as const
const [top, bottom] = [12, size[1] - 24]
const mostDrawn = 60

/** Points over time with their centre and limits; special causes have a shape of their own. Empty below two. */
export function controlChartSvg({ points, words, format, bounds }: ControlChartOptions): string {
  const shown = points.slice(-mostDrawn)
  const [first, last] = [shown[0], shown.at(-1)]
  if (!first || !last || shown.length < 2) return ''
  const y = scaleLinear()
    .domain(
      commonScale(
        shown.flatMap((p) => [p.value, p.lower, p.upper]),
        [...bounds],
      ),
    )
    .range([bottom, top])
  const ticks = y.ticks(3)
  const left = Math.max(...ticks.map((t) => textWidth(format(t)))) + 8
  const x = scalePoint()
    .domain(shown.map((p) => p.name))
    .range([left + 6, size[0] - 12])
  const px = (p: ControlPoint): number => x(p.name) ?? 0
  const curve = (name: string, of: (p: ControlPoint) => number): string =>
    `<path class="${name}" fill="none" d="${rounded(path<ControlPoint>(px, (p) => y(of(p)))([...shown]))}"/>`
  return svg('control', size, words, [
    ...ticks.flatMap((t) => [
      line('pl-grid', left, y(t), size[0] - 4, y(t)),
      label('pl-tick', left - 4, y(t) + 4, format(t), 'end'),
    ]),
    curve('pl-other', (p) => p.lower),
    curve('pl-other', (p) => p.upper),
    curve('pl-axis', (p) => p.centre),
    curve('pl-thin', (p) => p.value),
    ...shown.map((p) =>
      p.isSpecial
        ? `<rect class="pl-dot" x="${at(px(p) - 4)}" y="${at(y(p.value) - 4)}" width="8" height="8"/>`
        : `<circle class="pl-dot" cx="${at(px(p))}" cy="${at(y(p.value))}" r="3"/>`,
    ),
    label('pl-tick', px(first), size[1] - 6, first.name, 'start'),
    label('pl-tick', px(last), size[1] - 6, last.name, 'end'),
  ])
}
