import { scaleLinear } from 'd3-scale'
import type { Limits } from '../../../comparison/figures.ts'
import type { Domain } from '../scale.ts'
import { at, line, svg } from '../svg.ts'

/** Where the thick and the thin line end. */
export type Ends = Omit<Limits, 'method'>

const size = [220, 24] as const
const [left, right, middle] = [6, size[0] - 6, size[1] / 2]

/** Made once and set for each picture (see trend.ts). */
const along = scaleLinear().range([left, right]).clamp(true)

/** An interval as a plumb line laid flat: thin for 99.8%, thick for 95%, a bob for the value. */
export function intervalMarks(
  value: number,
  limits: Ends | null,
  x: (value: number) => number,
  y: number,
): string[] {
  const parts: string[] = []
  if (limits) {
    parts.push(line('pl-thin', x(limits.lower998), y, x(limits.upper998), y))
    parts.push(line('pl-thick', x(limits.lower95), y, x(limits.upper95), y))
  }
  parts.push(`<circle class="pl-bob" cx="${at(x(value))}" cy="${at(y)}" r="5.5"/>`)
  return parts
}

/**
 * The interval bar of one figure in a table: all rows share one domain.
 * @param other the comparison value, drawn as a vertical line; null for none.
 * @param words the text alternative, such as "63% (50 to 74); England: 65%".
 */
export function intervalBar(
  value: number,
  limits: Ends | null,
  other: number | null,
  domain: Domain,
  words: string,
): string {
  const x = along.domain(domain)
  return svg('interval', size, words, [
    line('pl-axis', left, middle, right, middle),
    ...(other === null ? [] : [line('pl-other', x(other), 2, x(other), size[1] - 2)]),
    ...intervalMarks(value, limits, x, middle),
  ])
}
