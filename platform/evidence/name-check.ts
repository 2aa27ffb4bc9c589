import type { CheckReport, Findings, RuleReport } from './checks.ts'
import { NamesAgree, nameWords } from './names-agree.ts'
import type { Subjects } from './subjects.ts'

/** A name that is not, letter for letter, the one by which its code is known. */
interface Doubt {
  readonly line: number
  readonly column: string | null
  readonly id: number
  readonly name: string
}

/** Fewer names may all be new ones. */
const fewest = 3

const sentence = 'The code is known by another name.'

/** How many names speak for a column that has slipped: each has to be accepted, as a refused row has. */
export function slippedNames(rules: readonly Pick<RuleReport, 'rule' | 'severity' | 'count'>[]) {
  const slipped = rules.filter((r) => r.rule === 'name' && r.severity === 'refuse')
  return slipped.reduce((sum, r) => sum + r.count, 0)
}

/** The report of a file whose names somebody has accepted: they are no longer in its way. */
export function withNamesAccepted(report: CheckReport): CheckReport {
  const rules = report.rules.map((r) =>
    r.rule === 'name' && r.severity === 'refuse' ? { ...r, severity: 'warn' as const } : r,
  )
  return { ...report, rules }
}

/**
 * Holds the names in a file against those by which their codes are known. Some differ because providers change
 * their names; where most do, the column of codes has slipped against the others, and every figure would go to
 * somebody else.
 */
export class NameCheck {
  readonly #subjects: Subjects
  /** Subjects whose name could be compared. */
  readonly #compared: number[] = []
  readonly #doubts: Doubt[] = []

  constructor(subjects: Subjects) {
    this.#subjects = subjects
  }

  /**
   * Takes what a file calls a subject, once for each.
   * @param kept the name as it would be kept, which is the known one for most.
   */
  take(doubt: Doubt, kept: string): void {
    const known = this.#subjects.nameOf(doubt.id)
    if (known === undefined || nameWords(doubt.name).length === 0) return
    this.#compared.push(doubt.id)
    if (known !== kept) this.#doubts.push(doubt)
  }

  /** Reports the names that differ: to be refused where most do. */
  finish(findings: Findings): void {
    if (this.#doubts.length === 0) return
    const names = new NamesAgree()
    for (const id of this.#compared) names.add(this.#known(id), this.#code(id))
    const judged = this.#doubts.map((d) => ({ ...d, is: names.judge(d.name, this.#known(d.id)) }))
    const differ = judged.filter((d) => d.is === 'differ')
    const told = this.#compared.length - judged.filter((d) => d.is === 'untold').length
    // Most of those that can be told, and not a handful among many that cannot.
    const slipped =
      differ.length >= fewest &&
      differ.length > told / 2 &&
      differ.length > this.#compared.length / 4
    for (const { line, column, id, name } of differ) {
      const owner = names.owner(name)
      const also = owner === null ? '' : ` “${name}” is ${owner}.`
      const said = `${this.#code(id)} is known as “${this.#known(id)}”.${also}`
      const finding = { line, column, value: name, rule: 'name', sentence: said }
      findings.add(slipped ? 'refuse' : 'warn', finding, 1, sentence)
    }
  }

  #known(id: number): string {
    return this.#subjects.nameOf(id) ?? ''
  }

  #code(id: number): string {
    return this.#subjects.get(id)?.code ?? ''
  }
}
