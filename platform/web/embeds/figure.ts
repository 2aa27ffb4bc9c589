import type { SubjectPage } from '../../comparison/figures.ts'
import { type PageContext, subjectHref } from '../pages/context.ts'
import { figureSections, known } from '../pages/subject-figures.ts'
import * as words from '../words.ts'
import { type Block, type Embed, sourceLine } from './embed.ts'

/** What of a figure is drawn: how all are spread, its own past, or both. */
export type Chart = 'spread' | 'trend' | ''

type Section = Awaited<ReturnType<typeof figureSections>>[number]

/** "58% (55 to 61), 95% interval in brackets"; a figure that is not shown says why, and nothing else. */
function figureWords(section: Section): string {
  if (section.hidden) return `${words.sentenceCase(section.value)}.`
  if (!section.limits) return `${section.value}.`
  return `${section.value} (${section.limits}; 95% interval).`
}

function pictures(section: Section, chart: Chart): Block[] {
  const { spread, key, trend, history, wholeName } = section
  return [
    ...(spread !== '' && chart !== 'trend' ? [{ kind: 'picture', svg: spread, key } as const] : []),
    ...(trend !== '' && chart !== 'spread'
      ? [
          {
            kind: 'picture',
            svg: trend,
            table: {
              summary: 'The figures of each period',
              head: ['Period', { text: 'Value', number: true }, { text: wholeName, number: true }],
              rows: history,
            },
          } as const,
        ]
      : []),
  ]
}

const ofGroup = (subject: SubjectPage, group: string): string =>
  group === '' ? subject.name : `${subject.name}, ${words.group(group)}`

/** One indicator of a provider or a place: its figure, what it is held against, and a chart. */
export async function figureEmbed(
  kind: SubjectPage['kind'],
  code: string,
  indicator: string,
  { group, chart }: { readonly group: string; readonly chart: Chart },
  context: PageContext,
): Promise<Embed | null> {
  const subject = await context.reader.subject(context.state, code)
  if (!subject || subject.kind !== kind) return null
  const one = known(subject, context).find(
    (k) => k.indicator.code === indicator && k.series.breakdown === group,
  )
  const [section] = one ? await figureSections(subject, [one], context) : []
  if (!one || !section) return null
  const { lead, caveat, note, period, counts, polarity, meaning } = section
  const about = [
    `${period}${counts ? `, from ${counts}` : ''}.`,
    polarity,
    meaning ?? '',
    ...(subject.closed
      ? [`It has ${words.closed(subject.facts.Closed)}: these are its last figures.`]
      : []),
  ]
  const said = [
    `${words.sentenceCase(words.when(one.indicator, one.latest))}: ${figureWords(section)}`,
    ...(lead ? [`${words.sentenceCase(lead.word.word)} ${lead.text}.`] : []),
    caveat,
    note,
  ]
  return {
    about: ofGroup(subject, group),
    title: one.indicator.name,
    words: said.filter((s) => s !== '').join(' '),
    blocks: [
      {
        kind: 'value',
        value: section.value,
        limits: section.limits && `${section.limits}; 95% interval`,
        hidden: section.hidden,
      },
      { kind: 'text', text: about.filter((s) => s !== '').join(' '), quiet: true },
      ...(lead ? [{ kind: 'text', word: lead.word, text: lead.text } as const] : []),
      ...pictures(section, chart),
      ...[caveat, note].filter((s) => s !== '').map((text): Block => ({ kind: 'text', text })),
    ],
    source: await sourceLine([one.latest.release], context),
    href: `${subjectHref(subject)}${one.indicator.headline && group === '' ? `#${indicator}` : ''}`,
    link: `All figures of ${subject.name}`,
    data: { code, indicator, group, figure: one.latest },
  }
}
