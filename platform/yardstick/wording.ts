/** Who says of which year a figure is: the source itself, only what it cites, or nobody. */
export type YearOf = 'said' | 'cited' | 'none'

/** How a source words one figure: kept as the figure's note, so that it stands in the release. */
export interface Wording {
  /** "Paragraph 20 and endnote 17", "Foreword", "Box “Nurses take control”". */
  readonly where: string
  /** The few words that hold the number: "below 80%", "fourth in reading". */
  readonly said: string
  readonly year: YearOf
  /** The sentence, or the part of it, in which they stand. */
  readonly sentence: string
}

const form =
  /^(?<where>.+?) says? “(?<said>.+?)”(?<year> and no year| and a source of that year)?: “(?<sentence>.+)”$/

const yearsOf: Readonly<Record<string, YearOf>> = {
  ' and no year': 'none',
  ' and a source of that year': 'cited',
}

/**
 * Reads a note of the form `WHERE says (or say) “WORDS”: “SENTENCE”`, with ` and no year` before the colon where
 * the source gives none, or ` and a source of that year` where only what it cites has one; null for any
 * other note.
 * @example readWording('Endnote 3 says “below 80%”: “It has risen from below 80%.”')?.said // 'below 80%'
 */
export function readWording(note: string | null): Wording | null {
  const found = form.exec(note ?? '')?.groups
  if (!found) return null
  const { where = '', said = '', year, sentence = '' } = found
  return { where, said, year: yearsOf[year ?? ''] ?? 'said', sentence }
}
