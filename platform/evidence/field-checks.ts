import type { Findings } from './checks.ts'
import type { Descriptor } from './descriptor.ts'
import type { Plan } from './plan.ts'
import type { Problem } from './reading.ts'
import { SeenTexts } from './seen.ts'
import type { Row } from './template.ts'

/** Holds each row against the header's length and its cells against their fields. */
export class FieldChecks {
  readonly #plan: Plan
  readonly #descriptor: Descriptor
  readonly #findings: Findings
  readonly #unique = new Map<number, SeenTexts>()

  constructor(plan: Plan, descriptor: Descriptor, findings: Findings) {
    this.#plan = plan
    this.#descriptor = descriptor
    this.#findings = findings
  }

  /** A row longer or shorter than the header, where the descriptor does not allow for it. */
  shape(cells: Row, line: number): Problem | null {
    const expected = this.#plan.header.length
    if (cells.length === expected) return null
    if (cells.length < expected && this.#descriptor.shortRows) {
      const sentence = 'The row ends early; the cells that it lacks are read as missing.'
      this.#findings.add('note', { line, column: null, value: null, rule: 'short', sentence })
      return null
    }
    if (cells.length > expected && this.#descriptor.longRows) {
      const sentence = 'The row has more cells than the header; they belong to the last column.'
      this.#findings.add('note', { line, column: null, value: null, rule: 'long', sentence })
      return null
    }
    return {
      rule: 'columns',
      column: null,
      value: `${cells.length} cells`,
      sentence: `This row has ${cells.length} cells; the header has ${expected}.`,
    }
  }

  /** The first cell that does not keep what its field promises. */
  check(cells: Row, line: number): Problem | null {
    for (const field of this.#plan.fields) {
      const text = cells[field.at] ?? ''
      const { column } = field
      const wrong = field.check(text)
      if (wrong) return { ...wrong, column, value: text }
      if (!field.unique) continue
      const before = this.#texts(field.at).before(text.trim(), line)
      if (before === 0) continue
      const sentence = `This should stand once in the file; it is on line ${before} too.`
      return { rule: 'unique', column, value: text, sentence }
    }
    return null
  }

  #texts(at: number): SeenTexts {
    let seen = this.#unique.get(at)
    if (!seen) {
      seen = new SeenTexts()
      this.#unique.set(at, seen)
    }
    return seen
  }
}
