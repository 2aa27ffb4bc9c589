import type { PublicationAtHand } from '../publishing/dependents.ts'
import { parts } from './card.ts'
import type { GradedService } from './compute.ts'
import type { Grades, Marks } from './grade.ts'
import { scale } from './score.ts'

export const cardTables = ['report_card', 'report_card_item', 'report_card_part'] as const

type Publication = Pick<PublicationAtHand, 'db' | 'number'>

/** Whole numbers; -1 for NaN. */
const whole = (column: ArrayLike<number>, keep: readonly number[], times = 1): Int32Array =>
  Int32Array.from(keep, (i) => {
    const x = column[i] as number
    return Number.isNaN(x) ? -1 : Math.round(x * times)
  })

/** Stores a service's cards under the publication's number, of the providers at the places kept. */
export async function storeCards(
  { db, number }: Publication,
  graded: GradedService,
  keep: readonly number[],
): Promise<void> {
  const { card, subjects, periods, marked, standing, among } = graded
  await db.query(
    `insert into report_card (code, publication, service, definition, subjects, among, lowest, highest,
       steady, weighted_lowest, weighted_highest)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    [
      card.code,
      number,
      card.service,
      JSON.stringify(card),
      whole(subjects, keep),
      whole(among, keep),
      whole(standing.lowest, keep),
      whole(standing.highest, keep),
      whole(standing.steady, keep, scale),
      whole(standing.weightedLowest, keep),
      whole(standing.weightedHighest, keep),
    ],
  )
  for (const [item, { score, error, state, period }] of marked.items.entries()) {
    await db.query(
      `insert into report_card_item (code, publication, item, periods, score, error, state, period)
       values ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [
        card.code,
        number,
        item,
        [...(periods[item] ?? [])],
        whole(score, keep),
        whole(error, keep),
        whole(state, keep),
        whole(period, keep),
      ],
    )
  }
  for (const part of [...parts, 'overall'] as const) {
    const marks = part === 'overall' ? marked.overall : marked.marks[part]
    await storePart({ db, number }, card.code, part, marks, marked.grades[part], keep)
  }
}

async function storePart(
  { db, number }: Publication,
  code: string,
  part: string,
  { score, error }: Marks,
  { grade, likely }: Grades,
  keep: readonly number[],
): Promise<void> {
  const columns = likely.map((column) => whole(column, keep, scale))
  await db.query(
    `insert into report_card_part (code, publication, part, score, error, grade, likely)
     values ($1, $2, $3, $4, $5, $6, $7)`,
    [
      code,
      number,
      part,
      whole(score, keep, scale),
      whole(error, keep, scale),
      whole(grade, keep),
      Int32Array.from(keep.flatMap((_, at) => columns.map((column) => column[at] as number))),
    ],
  )
}

/** A row that says that a card is written no more. */
export async function storeGone({ db, number }: Publication, code: string): Promise<void> {
  await db.query(
    `insert into report_card (code, publication, service, definition, subjects, among, lowest, highest,
       steady, weighted_lowest, weighted_highest)
     values ($1, $2, '', null, '{}', '{}', '{}', '{}', '{}', '{}', '{}')`,
    [code, number],
  )
}
