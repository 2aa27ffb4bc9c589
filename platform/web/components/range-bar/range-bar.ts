import { scaleLinear } from 'd3-scale'
import { commonScale } from '../scale.ts'
import { at, line, svg } from '../svg.ts'

const size = [220, 24] as const

/**
 * How far providers lie apart, at a glance: a thin line from the 5th to the 95th percentile, a thick
 * one for the middle half, a stroke for the median, and the whole as a dashed line.
 * @param percentiles the 5th, 25th, 50th, 75th and 95th.
 */
export function rangeBar(
  percentiles: readonly number[],
  whole: number | null,
  words: string,
): string {
  const [p5, p25, p50, p75, p95] = percentiles as [number, number, number, number, number]
  const x = scaleLinear()
    .domain(commonScale(whole === null ? percentiles : [...percentiles, whole]))
    .range([6, size[0] - 6])
  const y = size[1] / 2
  return svg('interval', size, words, [
    line('pl-axis', 6, y, size[0] - 6, y),
    line('pl-range', x(p5), y, x(p95), y),
    `<rect class="pl-middle" x="${at(x(p25))}" y="${y - 6}" width="${at(Math.max(1, x(p75) - x(p25)))}" height="12"/>`,
    line('pl-median', x(p50), y - 6, x(p50), y + 6),
    ...(whole === null ? [] : [line('pl-other', x(whole), 1, x(whole), size[1] - 1)]),
  ])
}
