import { statuses } from '../evidence/descriptor.ts'
import type { DisclosureDeclaration } from './declaration.ts'
import type { FigurePart } from './figure-part.ts'

/** Whether figures of a part without a numerator were made safe before they were handed in. */
export const mayWithhold = (
  part: Pick<FigurePart, 'indicator' | 'counts_rounded_to'>,
  { withheld }: Pick<DisclosureDeclaration, 'withheld'>,
): boolean => withheld.includes(part.indicator) && (part.counts_rounded_to ?? null) !== null

/** How many figures of a part have no numerator, and how many of these were hidden before. */
export function countWithheld({
  subjects,
  status,
  numerator,
}: Pick<FigurePart, 'subjects' | 'status' | 'numerator'>): { figures: number; hidden: number } {
  const own = Array.from(subjects, (_, at) => at)
    .filter((at) => Number.isNaN(numerator?.[at] ?? Number.NaN))
    .map((at) => statuses[status?.[at] ?? 0])
  const hidden = own.filter((s) => s === 'suppressed').length
  return { figures: own.filter((s) => s === 'value').length + hidden, hidden }
}
