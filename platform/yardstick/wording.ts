/** How a source words one figure: kept as the figure's note, so that it stands in the release. */
export interface Wording {
  /** "Paragraph 20 and endnote 17", "Foreword", "Box “Nurses take control”". */
  readonly where: string
  /** The few words that hold the number: "below 80%", "fourth in reading". */
  readonly said: string
  /** Whether the source says of which year it is. */
  readonly yearGiven: boolean
  /** The sentence, or the part of it, in which they stand. */
  readonly sentence: string
}

const form = /^(?<where>.+?) says “(?<said>.+?)”(?<noYear> and no year)?: “(?<sentence>.+)”$/

/**
 * Reads a note of the form `WHERE says “WORDS”: “SENTENCE”`, with ` and no year` before the colon where
 * the source gives none; null for any other note.
 * @example readWording('Endnote 3 says “below 80%”: “It has risen from below 80%.”')?.said // 'below 80%'
 */
export function readWording(note: string | null): Wording | null {
  const found = form.exec(note ?? '')?.groups
  if (!found) return null
  const { where = '', said = '', noYear, sentence = '' } = found
  return { where, said, yearGiven: noYear === undefined, sentence }
}
