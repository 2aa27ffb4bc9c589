import { readFileSync } from 'node:fs'
import { marked } from 'marked'
import type { Page } from '../context.ts'

const reference = new URL('../../../../docs/statistics.md', import.meta.url)

/** The reference of the statistics as a page, made once: where a figure's method leads. */
let made: string | null = null

function html(): string {
  made ??= (marked.parse(readFileSync(reference, 'utf8'), { async: false }) as string)
    // The page has its own first heading; anchors by name become ids alone.
    .replace(/<h1>.*?<\/h1>/s, '')
    .replaceAll(
      '<table>',
      '<div class="pl-scroll" tabindex="0" role="region" aria-label="Table"><table>',
    )
    .replaceAll('</table>', '</table></div>')
    .replaceAll('<pre>', '<pre tabindex="0">')
  return made
}

/** Every function of the statistics package: formula, source, ranges, an example. */
export const statisticsPage = (): Page => ({
  view: 'pages/about/statistics',
  data: { markdown: readFileSync(reference, 'utf8') },
  values: {
    title: 'The statistics, function by function',
    body: html(),
    crumbs: [{ text: 'About', href: '/about' }],
  },
})
