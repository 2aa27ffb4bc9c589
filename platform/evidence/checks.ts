import type { ColumnReport } from './column-use.ts'

/** A finding of the check: where, what, which rule, and a sentence that a person can act on. */
export interface Finding {
  readonly line: number
  readonly column: string | null
  readonly value: string | null
  readonly rule: string
  readonly sentence: string
}

export type Severity = 'refuse' | 'warn' | 'note'

export interface RuleReport {
  readonly rule: string
  readonly severity: Severity
  count: number
  readonly sentence: string
  readonly examples: Example[]
}

export interface Example {
  readonly line: number
  readonly column: string | null
  readonly value: string | null
  /** Where it says more of this cell than the rule's sentence. */
  readonly sentence?: string
}

export interface CheckReport {
  readonly file: string
  readonly descriptor: string
  readonly period: string | null
  readonly sha256: string
  readonly bytes: number
  readonly rowsRead: number
  readonly rowsAccepted: number
  readonly rowsRefused: number
  readonly observations: number
  /** What became of the file's columns; null where it has none (boundaries). */
  readonly columns: ColumnReport | null
  readonly rules: readonly RuleReport[]
}

const examplesKept = 20

/** Gathers findings by rule; keeps the first examples of each and counts the rest. */
export class Findings {
  readonly #rules = new Map<string, RuleReport>()

  /**
   * Counts a finding once for each of the `rows` that it stands for.
   * @param rule what the rule says of all, where each finding has a sentence of its own.
   */
  add(severity: Severity, finding: Finding, rows = 1, rule = finding.sentence): void {
    const key = `${severity} ${finding.rule} ${finding.column ?? ''}`
    let report = this.#rules.get(key)
    if (!report) {
      report = { rule: finding.rule, severity, count: 0, sentence: rule, examples: [] }
      this.#rules.set(key, report)
    }
    report.count += rows
    if (report.examples.length < examplesKept) {
      const value = finding.value === null ? null : finding.value.slice(0, 200)
      const where = { line: finding.line, column: finding.column, value }
      const { sentence } = finding
      report.examples.push(sentence === report.sentence ? where : { ...where, sentence })
    }
  }

  rules(): RuleReport[] {
    const rank = { refuse: 0, warn: 1, note: 2 }
    return [...this.#rules.values()].sort(
      (a, b) => rank[a.severity] - rank[b.severity] || b.count - a.count,
    )
  }
}
