import type { PageContext } from '../pages/context.ts'
import {
  addressOfTable,
  historyOf,
  leadSentence,
  roundedSentence,
  spreadOf,
  without,
} from '../pages/indicator/indicator.ts'
import * as words from '../words.ts'
import { type Block, type Embed, sourceLine } from './embed.ts'
import type { Chart } from './figure.ts'

/** One indicator of everyone: the whole's figure, how providers are spread, and the whole's past. */
export async function indicatorEmbed(
  code: string,
  asked: { readonly period?: string; readonly breakdown?: string },
  chart: Chart,
  context: PageContext,
): Promise<Embed | null> {
  const indicator = context.indicators.get(code)
  const page =
    indicator &&
    (await context.reader.indicatorPage(context.state, code, { ...asked, page: 1, size: 1 }))
  if (!indicator || !page) return null
  const service = indicator.service === null ? null : context.reader.service(indicator.service)
  const providers = service && page.distribution.codes.length > 0 ? service.providers : 'places'
  const { spread, spreadTitle, spreadRows } = spreadOf(indicator, page, providers, 'card')
  const { trend, history, historyTitle } = historyOf(indicator, page)
  const lead = leadSentence(indicator, page)
  const rounded = await roundedSentence(code, page.rows, context)
  const safe = [without(page), rounded].filter((sentence) => sentence !== '')
  const group = page.summary.breakdown
  const drawn: Block[] = [
    ...(spread && chart !== 'trend'
      ? [
          { kind: 'text', text: `${spreadTitle}:`, quiet: true } as const,
          {
            kind: 'picture',
            svg: spread,
            table: {
              summary: 'The picture in numbers',
              head: ['Share', { text: 'Value', number: true }],
              rows: spreadRows ?? [],
            },
          } as const,
        ]
      : []),
    ...(trend && chart !== 'spread'
      ? [
          { kind: 'text', text: `${historyTitle}:`, quiet: true } as const,
          {
            kind: 'picture',
            svg: trend,
            table: {
              summary: 'The figures of each period',
              head: ['Period', { text: 'Value', number: true }, { text: 'From', number: true }],
              rows: history,
            },
          } as const,
        ]
      : []),
  ]
  return {
    about: [
      service?.name ?? 'Places',
      ...(group === '' ? [] : [words.group(group)]),
      words.period(page.summary.period),
    ].join(' · '),
    title: indicator.name,
    words: [lead, ...safe].join(' '),
    blocks: [
      { kind: 'text', text: lead },
      {
        kind: 'text',
        text: `${words.whichWay(indicator)} ${indicator.meaning ?? ''}`.trim(),
        quiet: true,
      },
      ...drawn,
      ...safe.map((text) => ({ kind: 'text', text, quiet: true }) as const),
    ],
    source: await sourceLine(
      page.releases.map((r) => r.id),
      context,
    ),
    href: addressOfTable(code, asked),
    link: 'More about this measure, and everyone’s figures',
    data: { indicator: code, summary: page.summary, whole: page.wholeSeries },
  }
}
