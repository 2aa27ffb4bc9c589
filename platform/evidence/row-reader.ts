import { checkTotals } from './check-totals.ts'
import type { Findings } from './checks.ts'
import type { ColumnReport } from './column-use.ts'
import { FieldChecks } from './field-checks.ts'
import { FigureReader } from './figure-reader.ts'
import { spokenText } from './guarded-text.ts'
import { normalisePeriod } from './period.ts'
import { fixedPeriod, type Plan } from './plan.ts'
import type { Problem, ReadContext, RefusedRow } from './reading.ts'
import type { ParsedRow } from './rows.ts'
import { SubjectReader } from './subject-reader.ts'
import { type Swallowed, swallowed } from './swallowed.ts'
import type { Row } from './template.ts'

/** Refused rows kept to be shown, and how many characters of them; all are counted. */
const refusedKept = { rows: 10_000, characters: 8_000_000 }

/** Reads row after row: first every check, then, when none refuses the row, what it says. */
export class RowReader {
  rowsRead = 0
  rowsRefused = 0
  readonly refused: RefusedRow[] = []
  readonly subjects: SubjectReader
  readonly figures: FigureReader
  readonly columns: ColumnReport
  readonly #plan: Plan
  readonly #findings: Findings
  readonly #fields: FieldChecks
  readonly #delimiter: string
  readonly #guarded: boolean
  readonly #fixed: string | null
  readonly #periods = new Set<string>()
  #charactersKept = 0

  constructor(plan: Plan, context: ReadContext, findings: Findings) {
    this.#plan = plan
    this.columns = plan.columns
    this.#findings = findings
    this.#delimiter = context.descriptor.delimiter
    this.#guarded = context.descriptor.guarded === true
    this.#fixed = fixedPeriod(plan, context.descriptor)
    if (this.#fixed !== null) this.#periods.add(this.#fixed)
    this.#fields = new FieldChecks(plan, context.descriptor, findings)
    this.subjects = new SubjectReader(plan.subjects, context, findings)
    this.figures = new FigureReader(plan, context, findings, this.#fixed)
  }

  /** `2018-19`, or `2013-14 to 2023-24` for a file of many periods. */
  periodLabel(): string {
    const all = [...this.#periods].sort()
    const first = all[0]
    const last = all.at(-1)
    if (first === undefined || last === undefined) return 'no period'
    return first === last ? first : `${first} to ${last}`
  }

  finish(): void {
    this.subjects.finish()
    if (this.rowsRead > 0) return
    const sentence = 'The file has a header and no rows.'
    this.#findings.add('warn', { line: 1, column: null, value: null, rule: 'empty', sentence })
  }

  /** Takes a row or refuses it: it counts as one of the two, always. */
  read(row: ParsedRow): void {
    const lost = swallowed(row, this.#plan, this.#delimiter)
    if (lost) {
      this.#refuseAll(lost, row)
      return
    }
    const { line } = row
    const cells = this.#guarded ? row.cells.map(spokenText) : row.cells
    this.rowsRead += 1
    const problem = this.#take(cells, line)
    if (problem) this.#refuse(problem, line, cells)
  }

  /** Each row that a quotation mark swallowed counts as one that was read and refused. */
  #refuseAll({ line, column, lines, sentence }: Swallowed, row: ParsedRow): void {
    this.rowsRead += lines.length
    this.rowsRefused += lines.length
    const value = /^[^\r\n]*/.exec(row.cells.find((cell) => /[\r\n]/.test(cell)) ?? '')?.[0] ?? null
    const finding = { line, column, value, rule: 'quotation', sentence }
    this.#findings.add('refuse', finding, lines.length)
    for (const l of lines) this.#keep({ rule: 'quotation', column, sentence }, l.line, [l.text])
  }

  /** Takes a row, or says what is wrong with it and takes nothing. */
  #take(cells: Row, line: number): Problem | null {
    const shape = this.#fields.shape(cells, line)
    if (shape) return shape
    const aside = this.#plan.setAside.find((s) => s.applies(cells))
    if (aside) {
      const sentence = `Set aside: ${aside.reason}`
      this.#findings.add('note', { line, column: null, value: null, rule: 'set-aside', sentence })
      return null
    }
    const field = this.#fields.check(cells, line)
    if (field) return field
    const about = this.subjects.find(cells)
    if ('rule' in about) return about
    const period = this.#period(cells)
    if (typeof period !== 'string') return period
    const figures = this.figures.read(cells, about.id, period, line)
    if (!Array.isArray(figures)) return figures
    const totals = checkTotals(this.#plan.totals, cells, this.#plan.commas)
    const refused = totals.find((t) => t.severity === 'refuse')
    if (refused) return refused.problem
    for (const { severity, problem } of totals) this.#findings.add(severity, { line, ...problem })
    this.#periods.add(period)
    this.subjects.describe(cells, about, line)
    this.figures.accept(cells, about.id, figures, line)
    return null
  }

  #refuse(problem: Problem, line: number, cells: Row): void {
    this.rowsRefused += 1
    this.#findings.add('refuse', { line, ...problem })
    this.#keep(problem, line, cells)
  }

  /** Keeps a refused row to be shown, as long as there is room. */
  #keep(problem: Pick<RefusedRow, 'rule' | 'column' | 'sentence'>, line: number, cells: Row): void {
    if (this.refused.length >= refusedKept.rows) return
    if (this.#charactersKept >= refusedKept.characters) return
    const { rule, column, sentence } = problem
    this.refused.push({ line, rule, column, sentence, cells })
    this.#charactersKept += cells.reduce((n, cell) => n + cell.length, 0)
  }

  #period(cells: Row): string | Problem {
    if (this.#fixed !== null) return this.#fixed
    const { period } = this.#plan
    if ('fixed' in period) throw new Error('A file of one period has no period.')
    const text = period.cell(cells)
    const label = normalisePeriod(text, period.kind)
    if (label !== null) return label
    const sentence = `This is no ${period.kind.replace('-', ' ')}.`
    return { rule: 'period', column: period.column, value: text, sentence }
  }
}
