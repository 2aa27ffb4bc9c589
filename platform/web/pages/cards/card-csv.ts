import { parts } from '../../../cards/card.ts'
import { letters } from '../../../cards/grade.ts'
import type { ItemMark, Mark, OwnCard } from '../../../cards/store.ts'
import type { SubjectPage } from '../../../comparison/figures.ts'
import { csvLines } from '../../csv.ts'
import { figureOf } from './item-words.ts'

const header = [
  'part',
  'indicator',
  'behind',
  'ahead',
  'period',
  'note',
  'value',
  'lower95',
  'upper95',
  'score',
  'standard_error',
  'doubt_known_by',
  'weight',
  'grade',
  ...letters.map((l) => `probability_${l}`),
]

type Row = (string | number | null)[]

const noOdds = letters.map(() => null)

function itemRow(mark: ItemMark, subject: SubjectPage): Row {
  const { item } = mark
  // A gap is between two figures, which stand on the indicator's own page.
  const figure = item.gap ? null : figureOf(subject, mark, '')
  return [
    item.part,
    item.indicator,
    item.gap?.behind ?? null,
    item.gap?.ahead ?? null,
    mark.period,
    figure?.note ?? null,
    figure?.value ?? null,
    figure?.limits?.lower95 ?? null,
    figure?.limits?.upper95 ?? null,
    mark.score,
    mark.error,
    mark.state,
    item.weight,
    null,
    ...noOdds,
  ]
}

function markRow(part: string, mark: Mark, weight: number | null): Row {
  const letter = mark.grade === null ? null : (letters[mark.grade] ?? null)
  const nothing: null[] = new Array<null>(8).fill(null)
  return [
    part,
    ...nothing,
    mark.score,
    mark.error,
    null,
    weight,
    letter,
    ...(mark.likely ?? noOdds),
  ]
}

/** One card as a table: what counts, a row each, then the four parts and the whole with their odds. */
export const cardCsv = (own: OwnCard, subject: SubjectPage): string =>
  csvLines(header, [
    ...own.items.map((mark) => itemRow(mark, subject)),
    ...parts.map((p) => markRow(p, own.parts[p], own.card.weights[p])),
    markRow('overall', own.overall, null),
  ])
