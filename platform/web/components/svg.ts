/** Text within SVG and attributes. */
export function escape(text: string): string {
  // Most texts have nothing to escape, and a page has thousands of them.
  if (!/[&<>"]/.test(text)) return text
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}

/** A coordinate with one decimal: a tenth of a pixel is as fine as a screen shows. */
export const at = (x: number): string => String(Math.round(x * 10) / 10)

/** The coordinates of a path as d3 writes it, with one decimal each. */
export const rounded = (d: string | null): string =>
  (d ?? '').replace(/-?\d+\.\d+/g, (n) => at(Number(n)))

export function line(name: string, x1: number, y1: number, x2: number, y2: number): string {
  return `<line class="${name}" x1="${at(x1)}" y1="${at(y1)}" x2="${at(x2)}" y2="${at(y2)}"/>`
}

export type Anchor = 'start' | 'middle' | 'end'

export function label(name: string, x: number, y: number, text: string, anchor: Anchor): string {
  const where = anchor === 'start' ? '' : ` text-anchor="${anchor}"`
  return `<text class="${name}" x="${at(x)}" y="${at(y)}"${where}>${escape(text)}</text>`
}

/**
 * A picture with its text alternative.
 * @param words what the picture shows, as a reader of the screen hears it.
 */
export function svg(
  name: string,
  [width, height]: readonly [number, number],
  words: string,
  body: readonly string[],
): string {
  return `<svg class="pl-chart pl-chart--${name}" viewBox="0 0 ${width} ${height}" role="img" aria-label="${escape(words)}" xmlns="http://www.w3.org/2000/svg">${body.join('')}</svg>`
}

/** How wide a text of 12 px is drawn, about: for keeping labels within their picture. */
export const textWidth = (text: string): number => text.length * 6.2

/** Where a label goes so that it stays within 0 to `width`: beside a mark, or turned inwards. */
export function anchorAt(x: number, text: string, width: number): { anchor: Anchor; x: number } {
  const half = textWidth(text) / 2
  if (x - half < 2) return { anchor: 'start', x: Math.max(2, x - 4) }
  if (x + half > width - 2) return { anchor: 'end', x: Math.min(width - 2, x + 4) }
  return { anchor: 'middle', x }
}
