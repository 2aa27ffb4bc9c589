import { at, svg } from './svg.ts'

const size = [220, 24] as const

/**
 * A share of all as a bar in a table: every row has the same scale, 0 to all.
 * @param share 0 to 1. @param words the text alternative, such as "119 of 588 met".
 */
export function shareBar(share: number, words: string): string {
  const [width, height] = size
  return svg('interval', size, words, [
    `<line class="pl-axis" x1="0" y1="${height / 2}" x2="${width}" y2="${height / 2}"/>`,
    `<line class="pl-thick" x1="0" y1="${height / 2}" x2="${at(share * width)}" y2="${height / 2}"/>`,
  ])
}
