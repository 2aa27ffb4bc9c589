import { gapFigures } from '../../../fairness/gap-figures.ts'
import type { FairnessOf } from '../../../fairness/store.ts'
import { csvLines } from '../../csv.ts'

const header = ['period', 'measure', 'of', 'value', 'lower95', 'upper95', 'providers']

/** Everything that the page of one indicator's fairness says, a line for each figure. */
export function csvOf(found: FairnessOf): string {
  const lines = gapFigures(found).map((f) => [
    f.period,
    f.measure,
    f.since === null ? f.of : `${f.of}, since ${f.since}`,
    f.value,
    f.lower,
    f.upper,
    f.providers ?? '',
  ])
  return csvLines(header, lines)
}
