import { type PaperFigure, paper, paperFigures, parts } from '../../../yardstick/figures.ts'
import { csvLines } from '../../csv.ts'
import * as words from '../../words.ts'
import type { Page, PageContext } from '../context.ts'

/** What each part asks, in words that everyone reads. */
const asks: Readonly<Record<(typeof parts)[number], string>> = {
  outcomes: 'Do services do what they are for?',
  experience: 'Are people treated well, and soon?',
  fairness: 'Does it work for everyone?',
  'value for money': 'What is spent, and is it well spent?',
}

const rowOf = (f: PaperFigure) => [
  { text: f.measure },
  { text: f.best ? `${f.who} (among the best)` : f.who },
  { text: f.period },
  { text: f.shown },
  { text: f.where },
]

const header = [
  'part',
  'measure',
  'who',
  'period',
  'figure',
  'value',
  'unit',
  'rank',
  'of',
  'best',
  'where',
  'quote',
]

function csv(): string {
  const rows = paperFigures.map((f) => [
    f.part,
    f.measure,
    f.who,
    f.period,
    f.shown,
    f.value ?? null,
    f.unit ?? null,
    f.rank ?? null,
    f.of ?? null,
    f.best ? 'yes' : 'no',
    f.where,
    f.quote,
  ])
  return csvLines(header, rows)
}

/** How the country stood in 2008 against the best in the world, as the paper says it. */
export function yardstickPage(context: PageContext): Page {
  return {
    view: 'pages/yardstick/yardstick',
    data: { ...paper, figures: paperFigures },
    forms: { csv },
    values: {
      title: 'Against the best in the world',
      paper,
      reading: paperFigures.find((f) => f.measure.startsWith('Reading at 15')),
      parts: parts.map((part) => ({
        name: words.sentenceCase(part),
        asks: asks[part],
        rows: paperFigures.filter((f) => f.part === part).map(rowOf),
      })),
      csv: `${context.path}.csv`,
      json: `${context.path}.json`,
    },
  }
}
