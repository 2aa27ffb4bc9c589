import { scaleLinear, scalePoint } from 'd3-scale'
import { area, line } from 'd3-shape'
import type { Figure, Limits } from '../../comparison/figures.ts'

/** Text within SVG and attributes. */
export function escape(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}

const at = (x: number): string => x.toFixed(1)

function svg(width: number, height: number, label: string, body: string, name: string): string {
  return `<svg class="pl-chart pl-chart--${name}" viewBox="0 0 ${width} ${height}" role="img" aria-label="${escape(label)}" xmlns="http://www.w3.org/2000/svg">${body}</svg>`
}

/** One scale for all rows of a table: from the lowest limit to the highest, with some air. */
export function commonScale(values: readonly number[]): [number, number] {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (const x of values) {
    if (x < low) low = x
    if (x > high) high = x
  }
  if (!Number.isFinite(low)) return [0, 1]
  const air = (high - low) * 0.05 || Math.abs(high) * 0.1 || 1
  return [low - air, high + air]
}

/**
 * The interval bar: a thin line for 99.8%, a thick one for 95%, a bob for the value, a vertical line
 * for what it is compared with.
 */
export function intervalBar(
  value: number,
  limits: Limits | null,
  other: number | null,
  domain: readonly [number, number],
  label: string,
): string {
  const [width, height] = [220, 24]
  const x = scaleLinear()
    .domain(domain)
    .range([6, width - 6])
    .clamp(true)
  const parts: string[] = [`<line class="pl-axis" x1="6" x2="${width - 6}" y1="12" y2="12"/>`]
  if (other !== null) {
    const o = at(x(other))
    parts.push(`<line class="pl-other" x1="${o}" x2="${o}" y1="2" y2="22"/>`)
  }
  if (limits) {
    const bar = (lower: number, upper: number, name: string): string =>
      `<line class="${name}" x1="${at(x(lower))}" x2="${at(x(upper))}" y1="12" y2="12"/>`
    parts.push(bar(limits.lower998, limits.upper998, 'pl-thin'))
    parts.push(bar(limits.lower95, limits.upper95, 'pl-thick'))
  }
  parts.push(`<circle class="pl-bob" cx="${at(x(value))}" cy="12" r="5"/>`)
  return svg(width, height, label, parts.join(''), 'interval')
}

/** The last periods as a line with its interval as a band; the comparison thin and grey; gaps as gaps. */
export function trend(
  figures: readonly Figure[],
  compared: readonly (number | null)[],
  label: string,
  format: (x: number) => string,
): string {
  const shown = figures.slice(-24)
  const others = compared.slice(-24)
  const [width, height] = [320, 120]
  const values = shown.flatMap((f) =>
    f.value === null ? [] : [f.value, f.limits?.lower95 ?? f.value, f.limits?.upper95 ?? f.value],
  )
  const all = [...values, ...others.filter((o) => o !== null)]
  if (values.length === 0) return ''
  const domain = commonScale(all)
  const y = scaleLinear()
    .domain(domain)
    .range([height - 22, 8])
  const x = scalePoint()
    .domain(shown.map((f) => f.period))
    .range([44, width - 10])
    .padding(0.1)
  const px = (f: Figure): number => x(f.period) ?? 0
  const band = area<Figure>()
    .defined((f) => f.value !== null && f.limits !== null)
    .x(px)
    .y0((f) => y(f.limits?.lower95 ?? 0))
    .y1((f) => y(f.limits?.upper95 ?? 0))
  const path = line<Figure>()
    .defined((f) => f.value !== null)
    .x(px)
    .y((f) => y(f.value ?? 0))
  const grey = line<Figure>()
    .defined((_, i) => (others[i] ?? null) !== null)
    .x(px)
    .y((_, i) => y(others[i] ?? 0))
  const rounded = (d: string | null): string =>
    (d ?? '').replace(/\d+\.\d+/g, (n) => Number(n).toFixed(1))
  const dots = shown
    .filter((f) => f.value !== null)
    .map((f) => `<circle class="pl-dot" cx="${at(px(f))}" cy="${at(y(f.value ?? 0))}" r="2.5"/>`)
  const first = shown[0]?.period ?? ''
  const last = shown.at(-1)?.period ?? ''
  const ticks = [domain[0], domain[1]].map((t, i) => {
    const inner = i === 0 ? t + (domain[1] - t) * 0.05 : t - (t - domain[0]) * 0.05
    return `<text class="pl-tick" x="40" y="${at(y(inner) + 4)}" text-anchor="end">${escape(format(inner))}</text>`
  })
  const body = [
    ...ticks,
    `<path class="pl-band" d="${rounded(band(shown as Figure[]))}"/>`,
    `<path class="pl-grey" d="${rounded(grey(shown as Figure[]))}"/>`,
    `<path class="pl-line" d="${rounded(path(shown as Figure[]))}"/>`,
    ...dots,
    `<text class="pl-tick" x="44" y="${height - 4}">${escape(first)}</text>`,
    `<text class="pl-tick" x="${width - 6}" y="${height - 4}" text-anchor="end">${escape(last)}</text>`,
  ]
  return svg(width, height, label, body.join(''), 'trend')
}

/** All providers' values in bins; lines for one's own value and the whole's. */
export function distribution(
  values: Float64Array,
  marks: readonly { value: number; name: string; kind: 'own' | 'whole' }[],
  label: string,
  format: (x: number) => string,
): string {
  const [width, height] = [640, 160]
  if (values.length === 0) return ''
  // The farthest thousandth on each side would squeeze the rest; it is counted in the end bins.
  const low = values[Math.floor(values.length * 0.001)] as number
  const high = values[Math.ceil(values.length * 0.999) - 1] as number
  const bins = Math.min(48, Math.max(8, Math.ceil(Math.sqrt(values.length))))
  const x = scaleLinear().domain(low === high ? [low - 1, high + 1] : [low, high])
  x.range([8, width - 8]).clamp(true)
  const tally = new Int32Array(bins)
  for (const v of values) {
    const bin = Math.min(bins - 1, Math.floor(((x(v) - 8) / (width - 16)) * bins))
    tally[bin] = (tally[bin] as number) + 1
  }
  const top = Math.max(...tally)
  const wide = (width - 16) / bins
  const bars = Array.from(tally, (n, i) => {
    const tall = (n / top) * (height - 54)
    return `<rect class="pl-bin" x="${at(8 + i * wide)}" y="${at(height - 26 - tall)}" width="${at(wide - 1)}" height="${at(tall)}"/>`
  })
  const lines = marks.map((m, i) => {
    const px = x(m.value)
    const anchor = px > width / 2 ? 'end' : 'start'
    const shift = anchor === 'end' ? -4 : 4
    return `<line class="pl-mark pl-mark--${m.kind}" x1="${at(px)}" x2="${at(px)}" y1="4" y2="${height - 24}"/><text class="pl-name" x="${at(px + shift)}" y="${14 + i * 14}" text-anchor="${anchor}">${escape(m.name)}</text>`
  })
  const ends = [
    `<text class="pl-tick" x="8" y="${height - 8}">${escape(format(low))}</text>`,
    `<text class="pl-tick" x="${width - 8}" y="${height - 8}" text-anchor="end">${escape(format(high))}</text>`,
  ]
  return svg(width, height, label, [...bars, ...lines, ...ends].join(''), 'distribution')
}
