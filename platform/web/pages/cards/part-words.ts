import type { Part } from '../../../cards/card.ts'
import { letters } from '../../../cards/grade.ts'
import type { ItemMark, Mark, OwnCard } from '../../../cards/store.ts'
import type { SubjectPage } from '../../../comparison/figures.ts'
import { gradeBar, gradeMeanings, likelyText } from '../../components/grade/grade.ts'
import * as words from '../../words.ts'
import type { PageContext } from '../context.ts'
import { whyLeftOut } from './item-words.ts'

export const partNames: Readonly<Record<Part, string>> = {
  outcomes: 'Outcomes',
  experience: 'How people are treated',
  fairness: 'Fairness',
  value: 'Value for money',
}

export const partQuestions: Readonly<Record<Part, string>> = {
  outcomes: 'Does it get good results?',
  experience: 'Are people treated well?',
  fairness: 'Do all groups do as well here?',
  value: 'Does it do much with its money?',
}

/** How likely each letter is, and which is given: places in `letters`. */
export interface Odds {
  readonly likely: readonly number[]
  readonly grade: number
}

/** A grade as the component and the printed sheet show it. */
export interface GradeShown {
  readonly name: string
  readonly letter: string | null
  readonly text: string
  readonly bar: string
  readonly likely: string
  /** Null where nobody knows them. */
  readonly odds: Odds | null
  readonly large?: boolean
}

const unknownDoubt = 'We cannot say how sure: the source gives no interval.'

/** The letter of a mark with its words and doubt. */
export function gradeShown(name: string, mark: Mark, meaning: string | null = null): GradeShown {
  const letter = mark.grade === null ? null : (letters[mark.grade] ?? null)
  if (letter === null || mark.grade === null) {
    return { name, letter: null, text: '', bar: '', likely: '', odds: null }
  }
  const likely = mark.likely === null ? unknownDoubt : `${likelyText(mark.likely)}.`
  return {
    name,
    letter,
    text: `${words.sentenceCase(meaning ?? gradeMeanings[letter])}. ${likely}`,
    bar: mark.likely === null ? '' : gradeBar(mark.likely, mark.grade),
    likely,
    odds: mark.likely && { likely: mark.likely, grade: mark.grade },
  }
}

/** What the words of ratings alone say: they were never set beside others. */
function ratingMeaning(items: readonly ItemMark[], context: PageContext, figure: FigureText) {
  const scored = items.filter((i) => i.score !== null)
  const [only] = scored
  if (!only || scored.length !== 1 || !only.item.levels) return null
  const indicator = context.indicators.get(only.item.indicator)
  return indicator ? `${indicator.name.toLowerCase()}: ${figure(only)}` : null
}

/** The figure of an item as text. */
export type FigureText = (item: ItemMark) => string

/** Why a part has no grade. */
function whyNone(part: Part, own: OwnCard, subject: SubjectPage): string {
  const items = own.items.filter((i) => i.item.part === part)
  const { note } = own.card[part]
  if (items.length === 0) return `No evidence yet. ${note ?? ''}`.trim()
  const left = items.find((i) => i.state === 'left out')
  if (left) return `Not graded. ${whyLeftOut(left, subject, own.card.value.takes)}`
  const states = new Set(items.filter((i) => i.score === null).map((i) => i.state))
  const nothing = items.every((i) => i.state === 'no figure')
  if (states.has('too few others')) return 'There are too few others to hold it against.'
  if (nothing) return 'No file here has a figure of it.'
  if (part === 'value' && own.parts.outcomes.score === null) {
    return 'Without a grade for outcomes we cannot say.'
  }
  if (states.has('hidden')) return 'Too few people are behind the figures to show them.'
  return 'Too little evidence: less than half of what counts here is known.'
}

/** One part of a card, graded or not. */
export function partShown(
  part: Part,
  own: OwnCard,
  subject: SubjectPage,
  context: PageContext,
  figure: FigureText,
): GradeShown {
  const items = own.items.filter((i) => i.item.part === part)
  const shown = gradeShown(partNames[part], own.parts[part], ratingMeaning(items, context, figure))
  if (shown.letter === null) return { ...shown, text: whyNone(part, own, subject) }
  const { note } = own.card[part]
  return note ? { ...shown, text: `${shown.text} ${note}` } : shown
}
