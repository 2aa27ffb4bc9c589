import { type Categories, checkCategories, sizeOf } from '../categories.ts'
import { type Refusal, refuse } from '../refusal.ts'

/** What became of somebody who was drawn, in the classes of AAPOR (2023). */
export type Disposition =
  | 'complete'
  | 'partial'
  | 'refusal'
  | 'no-contact'
  | 'other'
  | 'unknown'
  | 'ineligible'

/**
 * What each status word of a survey means. Every status that occurs must be named, and every status that is named
 * must occur, unless `absent` lists it: a slip of the pen would else leave its people out.
 */
export interface StatusWords {
  readonly words: Readonly<Record<string, Disposition>>
  /** Statuses that need not occur. */
  readonly absent?: readonly string[]
}

/** The disposition of each code of a column of statuses. */
export function dispositionsOf(
  statuses: Categories,
  rows: number,
  { words, absent = [] }: StatusWords,
): Disposition[] | Refusal {
  const unlike = checkCategories('status', statuses, rows)
  if (unlike) return unlike
  const occurs = new Uint8Array(sizeOf(statuses))
  for (const code of statuses.codes) occurs[code] = 1
  for (const [code, name] of statuses.names.entries()) {
    if (occurs[code] === 1 && !Object.hasOwn(words, name)) {
      return refuse(
        'unknown-status',
        `The status ${name} has no meaning here. Say whether it is complete, partial, refusal, no-contact, other, unknown or ineligible.`,
        { variable: 'status', category: name },
      )
    }
  }
  const nobody = Object.keys(words).find((name) => {
    const code = statuses.names.indexOf(name)
    return !absent.includes(name) && (code < 0 || occurs[code] === 0)
  })
  if (nobody !== undefined) {
    return refuse(
      'status-matches-nobody',
      `Nobody has the status ${nobody}. Mend the word, take it out, or list it as one that may be absent.`,
      { variable: 'status', category: nobody },
    )
  }
  // Names that no row has may have no word; nobody asks for their disposition.
  return statuses.names.map((name) => words[name] ?? 'unknown')
}
