import type { Queries } from '../database/database.ts'
import type { PaperRow } from './frame.ts'
import type { Survey } from './survey.ts'

/** A letter to print: whom it goes to, about whom it asks, and the code that takes one answer. */
export interface PaperLetter {
  /** As the list has them. */
  readonly person: string
  readonly provider: string
  readonly code: string
  /** The code not to be asked again. */
  readonly stop: string
}

/**
 * The letters of a sample that was drawn from a list, by provider and person. Neither the list nor the codes
 * are kept: whoever holds the list and the number of the draw can print again, nobody else.
 * @param of the code of a person in this draw, and its hash.
 */
export async function paperLetters(
  db: Pick<Queries, 'query'>,
  { id }: Pick<Survey, 'id'>,
  frame: readonly PaperRow[],
  of: {
    readonly code: (person: string) => string
    readonly hash: (code: string) => string
    readonly stop: (person: string) => string
  },
): Promise<PaperLetter[]> {
  const all = frame.map(({ person, provider, written }) => {
    const code = of.code(person)
    return { person: written, provider, code, hash: of.hash(code), stop: of.stop(person) }
  })
  const rows = await db.query<{ hash: string }>(
    'select code_hash as hash from survey_invitation where survey = $1 and code_hash = any($2::text[])',
    [id, all.map((a) => a.hash)],
  )
  const drawn = new Set(rows.map((r) => r.hash))
  return all
    .filter((a) => drawn.has(a.hash))
    .map(({ person, provider, code, stop }) => ({ person, provider, code, stop }))
    .sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1))
}

const keyOf = ({ provider, person }: PaperLetter): string => `${provider}\0${person}`
