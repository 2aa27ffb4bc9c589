import { type CompareQuery, manyOf } from '../pages/compare/compare.ts'
import { type Compared, compareAddress } from '../pages/compare/compare-address.ts'
import { oneChart } from '../pages/compare/one-chart.ts'
import { commonFigures, sideBySide } from '../pages/compare/side-by-side.ts'
import type { PageContext } from '../pages/context.ts'
import * as words from '../words.ts'
import { type Block, type Embed, type EmbedRow, sourceLine, withoutInterval } from './embed.ts'

/** Rows that an embed draws; more are counted and stand on the whole page. */
const mostRows = 12

const saidOf = (rows: readonly EmbedRow[]): string =>
  rows.map((r) => `${r.name}: ${r.text}${r.word ? `, ${r.word.word}` : ''}.`).join(' ')

const quiet = (text: string): Block[] => (text === '' ? [] : [{ kind: 'text', text, quiet: true }])

/** A few providers side by side in one indicator: the one that is asked for, else the first they share that is more than a size. */
async function ofFew(asked: Compared, context: PageContext): Promise<Embed | null> {
  const { reader, state } = context
  const found = await Promise.all(asked.providers.map((code) => reader.subject(state, code)))
  const subjects = found.filter((s) => s !== null)
  const tables = commonFigures(subjects, context)
  const wanted =
    asked.indicator === null
      ? (tables.find(([i]) => i.headline && i.kind !== 'count') ?? tables[0])
      : tables.find(([i]) => i.code === asked.indicator)
  if (!wanted) return null
  const [indicator, entries] = wanted
  const table = sideBySide(indicator, entries, context)
  const rows = table.rows.map(({ name, about, text, bar, word }): EmbedRow => {
    return { name, about, text, bar, word }
  })
  return {
    about: words.list(entries.map((e) => e.subject.name)),
    title: indicator.name,
    words: [table.conclusion, saidOf(rows), table.whole === '' ? '' : `${table.whole}.`]
      .filter((s) => s !== '')
      .join(' '),
    blocks: [
      ...(table.conclusion === ''
        ? []
        : [{ kind: 'text', text: table.conclusion } satisfies Block]),
      ...quiet(
        [table.polarity, table.meaning ?? '', table.whole === '' ? '' : `${table.whole}.`]
          .filter((s) => s !== '')
          .join(' '),
      ),
      { kind: 'rows', rows },
      ...withoutInterval(entries.map((e) => [indicator, e.figure])),
    ],
    source: await sourceLine(
      entries.map((e) => e.figure.release),
      context,
    ),
    href: compareAddress(asked),
    link: 'Compare them in all their figures',
    data: {
      indicator: indicator.code,
      rows: entries.map(({ subject: { code, name }, figure }) => ({ code, name, figure })),
    },
  }
}

/** A comparison as an embed: a few providers side by side, or all of a place or a group on one chart. */
export async function compareEmbed(asked: Compared, context: PageContext): Promise<Embed | null> {
  const query: CompareQuery = {
    ...asked,
    add: '',
    since: null,
    page: 1,
    search: new URLSearchParams(),
  }
  const found = await Promise.all(
    asked.providers.map((code) => context.reader.subject(context.state, code)),
  )
  const many = await manyOf(
    query,
    found.filter((s) => s !== null),
    context,
  )
  if (!many) return asked.place === null ? ofFew(asked, context) : null
  const chart = await oneChart(many, query, context)
  if (!chart || (asked.indicator !== null && chart.code !== asked.indicator)) return null
  const rows = chart.rows.slice(0, mostRows).map(({ name, about, text, bar, word }): EmbedRow => {
    return { name, about, text, bar, word }
  })
  const left = chart.total - rows.length
  const rest = left > 0 ? `And ${words.number(left, 0)} more on the whole page.` : ''
  const whole = chart.whole === '' ? '' : `${chart.whole}.`
  return {
    about: chart.title,
    title: chart.indicator,
    words: [whole, saidOf(rows), rest].filter((s) => s !== '').join(' '),
    blocks: [
      ...(whole === '' ? [] : [{ kind: 'text', text: whole } satisfies Block]),
      ...quiet(`${chart.about} The highest first.`),
      { kind: 'rows', rows },
      ...withoutInterval(chart.figures),
      ...quiet([rest, chart.apart ?? ''].filter((s) => s !== '').join(' ')),
    ],
    source: await sourceLine(chart.releases, context),
    href: compareAddress(asked),
    link: `Compare all ${words.number(chart.total, 0)}`,
    data: { indicator: chart.code, providers: many.codes, rows },
  }
}
