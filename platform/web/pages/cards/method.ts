import { type Card, itemsOf, parts } from '../../../cards/card.ts'
import { cutPoints, leastParts, leastShare, letters } from '../../../cards/grade.ts'
import { leastOthers } from '../../../cards/score.ts'
import { gradeMeanings } from '../../components/grade/grade.ts'
import * as words from '../../words.ts'
import type { Page, PageContext } from '../context.ts'
import { partNames } from './part-words.ts'

/** What counts on a service's card, and how much, a row each. */
function weightRows(card: Card, { indicators }: PageContext) {
  return itemsOf(card).map((item) => {
    const name = indicators.get(item.indicator)?.name ?? item.indicator
    const gap = item.gap ? `: gap between ${item.gap.behind} and ${item.gap.ahead}` : ''
    const levels = item.levels ? `, scored ${item.levels.join(', ')} from the lowest word up` : ''
    return [
      { text: `${name}${gap}${levels}`, href: `/indicators/${item.indicator}` },
      { text: partNames[item.part] },
      { text: words.number(item.weight, 0) },
    ]
  })
}

const whole = (card: Card): number => parts.reduce((sum, p) => sum + card.weights[p], 0)

/** How report cards are made: cut points, weights, doubt; all of it published. */
export async function cardMethodPage(context: PageContext): Promise<Page> {
  const { reader, state } = context
  const cards = await reader.cards.cards(state)
  const from = (letter: string): number => (letter === 'F' ? 0 : cutPoints[letter as 'A'])
  return {
    view: 'pages/cards/method',
    data: { cutPoints, leastShare, leastParts, leastOthers, cards },
    values: {
      title: 'How report cards are made',
      leastOthers,
      leastShare: words.number(100 * leastShare, 0),
      grades: [...letters]
        .reverse()
        .map((letter) => [
          { text: letter },
          { text: `${from(letter)}` },
          { text: words.sentenceCase(gradeMeanings[letter]) },
        ]),
      cards: cards.map((card) => ({
        name: reader.service(card.service)?.name ?? card.service,
        href: `/services/${card.service}/cards`,
        setBy: card.setBy,
        weights: words.list(
          parts.map(
            (p) => `${partNames[p]} ${words.number((100 * card.weights[p]) / whole(card), 0)}%`,
          ),
        ),
        notes: parts.flatMap((p) => {
          const { note } = card[p]
          return note ? [`${partNames[p]}: ${note}`] : []
        }),
        leftOut: card.value.takes.map((t) => t.why),
        rows: weightRows(card, context),
      })),
      crumbs: [{ text: 'About', href: '/about' }],
    },
  }
}
