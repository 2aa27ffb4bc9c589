import { fleschKincaid } from 'flesch-kincaid'
import { syllable } from 'syllable'

/**
 * The Flesch-Kincaid grade of a page's sentences: the American school year whose pupils can read it,
 * so that 6 is an age of about 11. Pictures, tables and sources are left out: they hold names and
 * figures, not sentences.
 * @param html a whole page.
 */
export function readingGrade(html: string): number {
  const main = html
    .slice(html.indexOf('<main'), html.indexOf('</main>'))
    .replace(/<svg.*?<\/svg>|<table.*?<\/table>|<p class="pl-provenance">.*?<\/p>/gs, '')
  const paragraphs = [...main.matchAll(/<p[^>]*>(.*?)<\/p>/gs)].map(([, inner = '']) =>
    inner
      .replace(/<[^>]*>/g, '')
      .replace(/\s+/g, ' ')
      .trim(),
  )
  const sentences = paragraphs
    .flatMap((p) => p.split(/(?<=[.?!])\s+/))
    .filter((s) => /[.?!]$/.test(s) && s.split(' ').length >= 3)
  const words = sentences.flatMap((s) => s.match(/[A-Za-z’']+/g) ?? [])
  return fleschKincaid({
    sentence: sentences.length,
    word: words.length,
    syllable: words.reduce((sum, word) => sum + syllable(word), 0),
  })
}
