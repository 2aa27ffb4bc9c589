import { parse } from 'csv-parse/sync'
import { z } from 'zod'
import { Unsaid } from '../replies/said.ts'

/** One person who may be asked. */
export interface FrameRow {
  /** Under which they are known: their address or number, in small letters. */
  readonly person: string
  readonly provider: string
  /** Empty where they are asked by letter. */
  readonly email: string
  /** The part of the sample: age, place; empty for none. */
  readonly stratum: string
  /** The day of death, or any word for it; empty for whoever lives. */
  readonly died: string
}

/** A person as a letter of paper names them. */
export interface PaperRow extends FrameRow {
  /** As the list has them, with capitals. */
  readonly written: string
}

/** The most people of one frame. */
export const mostPeople = 200_000

const plain = z
  .string()
  .trim()
  .max(200)
  .regex(/^[^\p{Cc}\u202a-\u202e\u2066-\u2069]*$/u)
const row = z.object({
  person: plain.min(1),
  provider: plain.min(1),
  email: plain.default(''),
  stratum: plain.default(''),
  died: plain.default(''),
})
const address = /^[^\s,;:<>"()]+@[^\s,;:<>"()@]+$/

/**
 * Reads a sampling frame: CSV with the columns person, provider and, where they are known, email, stratum and
 * died. The same person stands once.
 * @param needsEmail whether everybody is asked by email.
 * @throws Unsaid that names the line.
 */
export const readFrame = (text: string, needsEmail: boolean): FrameRow[] =>
  rowsOf(text, needsEmail).map(({ written: _, ...row }) => row)

/**
 * Reads a list of people who are asked by letters of paper, as `readFrame` does: nobody needs an email address.
 * @throws Unsaid that names the line.
 */
export const readPaperFrame = (text: string): PaperRow[] => rowsOf(text, false)

function rowsOf(text: string, needsEmail: boolean): PaperRow[] {
  const wrong = (sentence: string): never => {
    throw new Unsaid('frame', sentence)
  }
  let lines: Record<string, string>[]
  try {
    lines = parse(text, {
      ...{ columns: true, bom: true, skip_empty_lines: true, trim: true },
      to: mostPeople + 1,
    })
  } catch {
    return wrong('The list is no CSV whose lines have as many cells as the first.')
  }
  if (lines.length === 0) wrong('The list is empty.')
  if (lines.length > mostPeople) wrong(`The list has more than ${mostPeople} people.`)
  const absent = ['person', 'provider'].find((name) => !Object.hasOwn(lines[0] ?? {}, name))
  if (absent !== undefined) wrong(`The list has no column “${absent}”.`)
  const seen = new Set<string>()
  return lines.map((cells, i) => {
    const found = row.safeParse(cells)
    if (!found.success) return wrong(`Line ${i + 2} of the list is not whole.`)
    const { email, ...rest } = found.data
    const person = rest.person.toLowerCase()
    if (seen.has(person)) wrong(`Line ${i + 2} of the list has a person who stands above already.`)
    seen.add(person)
    if ((needsEmail || email !== '') && rest.died === '' && !address.test(email)) {
      wrong(`Line ${i + 2} of the list has no email address.`)
    }
    return { ...rest, person, email: email.toLowerCase(), written: rest.person }
  })
}
