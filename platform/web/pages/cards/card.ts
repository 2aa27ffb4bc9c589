import { parts } from '../../../cards/card.ts'
import { letters, type Weights } from '../../../cards/grade.ts'
import type { ItemMark, OwnCard } from '../../../cards/store.ts'
import type { SubjectPage } from '../../../comparison/figures.ts'
import * as words from '../../words.ts'
import { type Page, type PageContext, releaseLine } from '../context.ts'
import { saidOf } from '../said/beside.ts'
import { ownMissedFloors } from '../standards/missed-floors.ts'
import { storyEntitlement, storyFigures } from '../stories/story-figures.ts'
import { answerFigures } from './answer-figures.ts'
import { cardCsv } from './card-csv.ts'
import { cardPdf } from './card-pdf.ts'
import { figureOf, itemWords } from './item-words.ts'
import { gradeShown, partNames, partQuestions } from './part-words.ts'
import { cardSheet } from './sheet.ts'
import { reweighed, weightsText } from './weights.ts'

const scoreText = (mark: ItemMark): string =>
  mark.score === null ? mark.state : words.number(100 * mark.score, 0)

/** Everything that counts, with its score and its share of the part. */
function countedRows(own: OwnCard, subject: SubjectPage, context: PageContext) {
  return own.items.flatMap((mark) => {
    const w = itemWords(mark, subject, context)
    if (!w) return []
    const period = w.period === '' ? '' : `, ${w.period}`
    return [
      [
        { text: `${w.name}${period}`, href: w.href },
        { text: partNames[mark.item.part] },
        { text: w.figure },
        { text: scoreText(mark) },
        { text: words.number(mark.item.weight, 0) },
      ],
    ]
  })
}

/** What a visitor's own weights come to, beside the card's. */
function ownWeights(own: OwnCard, weights: Weights, path: string) {
  const mark = reweighed(own, weights)
  const shown = gradeShown('With your weights', mark)
  const given = own.overall.grade === null ? null : letters[own.overall.grade]
  const text =
    shown.letter === null
      ? 'With these weights there is no overall grade. It needs two parts that have one and that you give a weight.'
      : `${shown.text} ${
          shown.letter === given
            ? 'That is the same letter as on the card.'
            : `On the card it is ${given ?? 'not given'}.`
        }`
  return { ...shown, text, large: true, href: `${path}?weights=${weightsText(weights)}`, mark }
}

/** The releases that its figures come from, the newest first. */
export async function sourcesOf(
  own: OwnCard,
  subject: SubjectPage,
  { reader, state }: PageContext,
) {
  const used = new Set(
    own.items.flatMap((mark) => {
      const groups = mark.item.gap ? [mark.item.gap.behind, mark.item.gap.ahead] : ['']
      return groups.flatMap((g) => figureOf(subject, mark, g)?.release ?? [])
    }),
  )
  const releases = await reader.releases(state, { limit: Number.POSITIVE_INFINITY })
  return releases.filter((r) => used.has(r.id)).map(releaseLine)
}

/** The report card of one provider: one sheet, in words first. */
export async function cardPage(
  code: string,
  weights: Weights | null,
  context: PageContext,
): Promise<Page | null> {
  const { reader, state, path } = context
  const subject = await reader.subject(state, code)
  if (!subject || subject.kind !== 'provider' || subject.service === null) return null
  const service = reader.service(subject.service)
  const own = await reader.cards.of(state, subject.service, code)
  const sheet = cardSheet(subject, own, await ownMissedFloors(code, context), context)
  const used = weights ?? own?.card.weights ?? null
  const mine = own && weights ? ownWeights(own, weights, path) : null
  const at = state.at ?? ''
  const said = await saidOf(context, code)
  const matter = { provider: code, kind: 'card', about: subject.service } as const
  const cardSaid = own ? said.beside(matter, subject.name) : null
  const entitled = await storyEntitlement(subject, context)
  const sources = own ? await sourcesOf(own, subject, context) : []
  return {
    view: 'pages/cards/card',
    data: own && {
      ...own,
      letters,
      sources: sources.map((r) => r.id),
      replies: said.replies.filter((r) => r.kind === 'card'),
      stories: storyFigures(subject, context),
      answers: answerFigures(subject, context),
      storyEntitlement: entitled,
      yours: mine && { weights, overall: mine.mark },
      sheet: { ...sheet, overall: undefined, parts: undefined },
    },
    forms: {
      pdf: () =>
        cardPdf(sheet, cardSaid?.reply ?? null, {
          at,
          site: context.site,
          path,
          invented: state.invented,
          sources,
        }),
      ...(own ? { csv: () => cardCsv(own, subject) } : {}),
    },
    values: {
      title: `Report card: ${subject.name}`,
      sheet,
      graded: sheet.parts.some((p) => p.letter !== null),
      name: subject.name,
      cardSaid,
      storyFigures: storyFigures(subject, context),
      entitled,
      answers: answerFigures(subject, context),
      stories: `/stories?provider=${encodeURIComponent(code)}`,
      mine,
      weights:
        used &&
        parts.map((p) => ({ part: p, name: partNames[p], value: used[p], hint: partQuestions[p] })),
      action: path,
      counted: own ? countedRows(own, subject, context) : [],
      setBy: own?.card.setBy,
      published: at === '' ? '' : words.date(at),
      cards: `/services/${subject.service}/cards`,
      providers: service?.providers ?? 'providers',
      sources,
      csv: `${path}.csv`,
      pdf: `${path}.pdf`,
      embed: `/providers/${encodeURIComponent(code)}/card`,
      json: `${path}.json`,
      crumbs: [
        ...(service ? [{ text: service.name, href: `/services/${service.code}` }] : []),
        { text: subject.name, href: `/providers/${encodeURIComponent(code)}` },
      ],
    },
  }
}

/** The line on a provider's own page that leads to its card; null where its service has none. */
export async function cardLine(subject: SubjectPage, { reader, state }: PageContext) {
  if (subject.service === null) return null
  const own = await reader.cards.of(state, subject.service, subject.code)
  if (!own) return null
  const href = `/providers/${encodeURIComponent(subject.code)}/card`
  const { grade, likely } = own.overall
  if (grade === null) return { href, text: 'Report card', about: 'no overall grade' }
  const chance = likely === null ? '' : gradeShown('', own.overall).likely
  return { href, text: `Report card: ${letters[grade]}`, about: chance }
}
