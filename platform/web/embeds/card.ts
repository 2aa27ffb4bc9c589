import type { OwnCard } from '../../cards/store.ts'
import type { SubjectPage } from '../../comparison/figures.ts'
import { leading } from '../components/figure/figure.ts'
import { sourcesOf } from '../pages/cards/card.ts'
import { type CardSheet, cardSheet } from '../pages/cards/sheet.ts'
import type { PageContext } from '../pages/context.ts'
import { saidOf } from '../pages/said/beside.ts'
import { ownMissedFloors } from '../pages/standards/missed-floors.ts'
import { known } from '../pages/subject-figures.ts'
import * as words from '../words.ts'
import { type Block, type Embed, type EmbedRow, sourceLine, withoutInterval } from './embed.ts'

/** Main figures that stand in where a service has no report cards. */
const mostFigures = 4

function mainFigures(subject: SubjectPage, context: PageContext) {
  return known(subject, context)
    .filter((k) => k.series.breakdown === '' && k.indicator.headline)
    .slice(0, mostFigures)
}

const rowOf = ({ indicator, latest }: ReturnType<typeof mainFigures>[number]): EmbedRow => {
  const lead = leading(latest)
  return {
    name: indicator.name,
    about: words.sentenceCase(words.when(indicator, latest)),
    text: words.figure(indicator, latest),
    word: lead ? words.word(indicator, lead.direction) : null,
  }
}

function gradeBlocks(sheet: CardSheet): Block[] {
  const { overall, parts } = sheet
  const all = overall.letter === null ? parts : [overall, ...parts]
  return all.map(({ name, letter, text, bar, large }) => ({
    kind: 'grade',
    name,
    letter,
    text,
    bar: large ? bar : '',
    ...(large ? { large } : {}),
  }))
}

/** What the provider says of its card, as it stands beside it everywhere. */
async function replyBlocks(subject: SubjectPage, context: PageContext): Promise<Block[]> {
  const { code, name, service } = subject
  const matter = { provider: code, kind: 'card', about: service ?? '' } as const
  const { reply } = (await saidOf(context, code)).beside(matter, name)
  if (!reply) return []
  if (reply.text === null) return [{ kind: 'text', text: reply.withdrawn, quiet: true }]
  return [{ kind: 'text', text: `${reply.by}, replies: ${reply.text.join(' ')} (${reply.on})` }]
}

/** A provider's report card; its main figures where its service has none. */
export async function cardEmbed(code: string, context: PageContext): Promise<Embed | null> {
  const { reader, state } = context
  const subject = await reader.subject(state, code)
  if (!subject || subject.kind !== 'provider') return null
  const { service } = subject
  const own: OwnCard | null = service === null ? null : await reader.cards.of(state, service, code)
  const sheet = cardSheet(subject, own, await ownMissedFloors(code, context), context)
  const floors = sheet.floors.map(
    (f): Block => ({
      kind: 'text',
      word: { word: 'below a floor', shape: '▼', tone: 'worse' },
      text: `${f.text}${f.rest}`,
    }),
  )
  const figures = own ? [] : mainFigures(subject, context)
  const rows = figures.map(rowOf)
  const sources = own
    ? (await sourcesOf(own, subject, context)).map((r) => r.id)
    : figures.map((k) => k.latest.release)
  const closed = subject.closed ? `${words.sentenceCase(words.closed(subject.facts.Closed))}.` : ''
  const replied = await replyBlocks(subject, context)
  const said = [
    closed,
    ...sheet.floors.map((f) => `It is below a floor. ${f.text}${f.rest}`),
    sheet.lead,
    sheet.overall.likely,
    ...rows.map((r) => `${r.name}, ${r.about}: ${r.text}.`),
  ].filter((s) => s !== '')
  const address = `/providers/${encodeURIComponent(code)}`
  return {
    about: sheet.title,
    title: own ? 'Report card' : 'Its main figures',
    words: said.join(' '),
    blocks: [
      { kind: 'text', text: `${sheet.kind} · ${sheet.where}`, quiet: true },
      ...(closed === '' ? [] : [{ kind: 'text', text: closed } as const]),
      ...floors,
      { kind: 'text', text: sheet.lead },
      ...gradeBlocks(sheet),
      ...(own ? replied : []),
      ...(rows.length > 0 ? [{ kind: 'rows', rows } as const] : []),
      ...withoutInterval(figures.map((k) => [k.indicator, k.latest])),
    ],
    source: await sourceLine(sources, context),
    href: own ? `${address}/card` : address,
    link: `${own ? 'The whole card' : 'All figures'} of ${sheet.title}`,
    data: { code, overall: own?.overall ?? null, figures: figures.map((k) => k.latest) },
  }
}
