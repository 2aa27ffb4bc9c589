import { type NumberCell, numberCellReader, readDecimalComma } from './cells.ts'
import { checkFigure } from './check-figure.ts'
import type { Findings } from './checks.ts'
import { type OtherCell, Series, statusNumber } from './columns.ts'
import { deriveCounts } from './derive-counts.ts'
import { statuses } from './descriptor.ts'
import { type Drafting, draftIndicators } from './draft-indicator.ts'
import type { Indicator } from './indicator.ts'
import type { FigurePlan, Plan } from './plan.ts'
import type { Problem, ReadContext } from './reading.ts'
import { SeenSubjects } from './seen.ts'
import type { Row } from './template.ts'

/** A figure of a row that has not been accepted yet. */
export interface PendingFigure {
  readonly plan: FigurePlan
  readonly series: Series
  readonly cell: NumberCell
  readonly others: readonly OtherCell[]
  /** The subject stood in the series before; its later figure is taken. */
  readonly repeats: boolean
}

const noNumber = 'This should be a number, or one of the codes that the source uses.'

/** How many duplicates are held against their earlier value: it takes a search through the series. */
const duplicatesCompared = 100

/** Reads and checks the figures of rows, and gathers those of accepted rows in series. */
export class FigureReader {
  readonly series = new Map<string, Series>()
  observations = 0
  /** Figures gathered since the series were last written. */
  held = 0
  readonly #plan: Plan
  readonly #context: ReadContext
  readonly #findings: Findings
  /** The period of all rows; null where each row names its own. */
  readonly #fixed: string | null
  readonly #readCell: (text: string, into: NumberCell, at: number) => boolean
  readonly #drafting: Drafting = new Map()
  readonly #seen = new SeenSubjects()
  /** Series of figures whose key does not hang on the row, found once. */
  readonly #static = new Map<FigurePlan, Series>()
  #duplicates = 0

  constructor(plan: Plan, context: ReadContext, findings: Findings, fixed: string | null) {
    this.#plan = plan
    this.#context = context
    this.#findings = findings
    this.#fixed = fixed
    const points = numberCellReader(plan.missing, plan.codes)
    const commas = numberCellReader(plan.missing, plan.codes, readDecimalComma)
    this.#readCell =
      plan.commas.size === 0
        ? points
        : (text, into, at) => (plan.commas.has(at) ? commas : points)(text, into)
  }

  drafted(): Indicator[] {
    return draftIndicators(this.#drafting, this.#context.descriptor)
  }

  /** All figures of a row, or the first thing that is wrong with one. Keeps nothing. */
  read(cells: Row, subject: number, period: string, line: number): PendingFigure[] | Problem {
    const pending: PendingFigure[] = []
    for (const plan of this.#plan.figures) {
      if (!plan.applies(cells)) continue
      const text = cells[plan.value] ?? ''
      const cell: NumberCell = { status: 'value', value: Number.NaN }
      const wrong = this.#value(plan, text, cell) ?? saidStatus(plan, cells, cell)
      if (wrong) return wrong
      const others = this.#others(plan, cells)
      if (!Array.isArray(others)) return others
      if (plan.notApplicable(cells) && cell.status === 'value') {
        cell.status = 'not-applicable'
        cell.value = Number.NaN
      }
      const series = this.#seriesOf(plan, cells, period)
      this.#note(plan, cells, cell)
      const indicator = this.#context.indicators.get(series.key.indicator)
      deriveCounts(plan, indicator, cell, others)
      const inside = this.#agree(plan, indicator, { cell, others, text, line })
      if (inside) return inside
      const repeats = this.#seen.has(series.number, subject)
      const twice = series.row === line
      if (twice || (repeats && this.#context.descriptor.onRepeat === 'refuse')) {
        return this.#duplicate(plan, series, subject, cell, text)
      }
      series.row = line
      pending.push({ plan, series, cell, others, repeats })
    }
    return pending
  }

  /** Keeps the figures of an accepted row. */
  accept(cells: Row, subject: number, figures: readonly PendingFigure[], line: number): void {
    for (const { plan, series, cell, others, repeats } of figures) {
      if (repeats) {
        // What has been written already stays; the later part of a series overrides it.
        series.drop(subject)
        const sentence = 'This stands in the file twice; the later line is taken.'
        const value = cells[plan.value] ?? ''
        this.#findings.add('warn', { line, column: plan.column, value, rule: 'repeat', sentence })
      }
      series.push(subject, statusNumber[cell.status], cell.value, others)
      this.#seen.add(series.number, subject)
      const note = plan.note === null ? '' : (cells[plan.note] ?? '').trim()
      if (note !== '') series.notes[subject] = note
      if (plan.drafts && !this.#drafting.has(series.key.indicator)) {
        this.#drafting.set(series.key.indicator, cells.slice())
      }
    }
    this.observations += figures.length
    this.held += figures.length
  }

  #value(plan: FigurePlan, text: string, cell: NumberCell): Problem | null {
    const { column } = plan
    const words = plan.clause.values
    const word = words?.[text.trim()]
    if (word !== undefined) {
      cell.value = word
      return null
    }
    if (words && !this.#isCode(text)) {
      const sentence = `This is none of: ${Object.keys(words).join(', ')}.`
      return { rule: 'enum', column, value: text, sentence }
    }
    if (this.#readCell(text, cell, plan.value)) return null
    return { rule: 'number', column, value: text, sentence: noNumber }
  }

  #isCode(text: string): boolean {
    const t = text.trim()
    return this.#plan.missing.has(t) || this.#plan.codes.has(t)
  }

  #others(plan: FigurePlan, cells: Row): OtherCell[] | Problem {
    const others: OtherCell[] = []
    for (const { column, at, name } of plan.others) {
      const cell: NumberCell = { status: 'value', value: Number.NaN }
      const text = cells[at] ?? ''
      if (!this.#readCell(text, cell, at)) {
        return { rule: 'number', column: name, value: text, sentence: noNumber }
      }
      others.push({ column, cell })
    }
    return others
  }

  #agree(
    plan: FigurePlan,
    indicator: Indicator | undefined,
    figure: { cell: NumberCell; others: readonly OtherCell[]; text: string; line: number },
  ): Problem | null {
    const { cell, others, text, line } = figure
    let refused: Problem | null = null
    for (const { severity, rule, sentence } of checkFigure(plan, indicator, cell, others)) {
      const problem = { rule, column: plan.column, value: text, sentence }
      if (severity === 'refuse') refused ??= problem
      else this.#findings.add(severity, { line, ...problem })
    }
    return refused
  }

  /** A note of the source may say that a value without a number is suppressed. */
  #note(plan: FigurePlan, cells: Row, cell: NumberCell): void {
    if (plan.note === null || cell.status !== 'missing') return
    if (/suppress|disclosure/i.test(cells[plan.note] ?? '')) cell.status = 'suppressed'
  }

  #duplicate(
    plan: FigurePlan,
    series: Series,
    subject: number,
    cell: NumberCell,
    text: string,
  ): Problem {
    this.#duplicates += 1
    const compare = this.#duplicates <= duplicatesCompared
    const same =
      compare && Object.is(series.earlier(subject), cell.value) ? ' with the same value' : ''
    const sentence = `This subject, period and group stand in the file already${same}.`
    return { rule: 'duplicate', column: plan.column, value: text, sentence }
  }

  #seriesOf(plan: FigurePlan, cells: Row, period: string): Series {
    const known = this.#static.get(plan)
    if (known) return known
    const indicator = plan.indicator(cells)
    const breakdown = breakdownOf(plan, cells)
    const key = `${indicator}\n${breakdown}\n${period}`
    let series = this.series.get(key)
    if (!series) {
      const number = this.series.size
      series = new Series({ indicator, breakdown, period }, rounding(plan.clause), number)
      this.series.set(key, series)
    }
    const isStatic = plan.indicatorCode !== null && plan.breakdown === null
    if (this.#fixed !== null && isStatic && plan.dimensions.length === 0) {
      this.#static.set(plan, series)
    }
    return series
  }
}

/** Takes the status that a column gives; a value where there should be none, or none, is a problem. */
function saidStatus(plan: FigurePlan, cells: Row, cell: NumberCell): Problem | null {
  if (plan.status === null) return null
  const { at, column } = plan.status
  const text = (cells[at] ?? '').trim()
  const said = statuses.find((status) => status === text)
  const problem = (sentence: string): Problem => ({ rule: 'status', column, value: text, sentence })
  if (said === undefined) return problem(`This is none of: ${statuses.join(', ')}.`)
  if ((said === 'value') !== (cell.status === 'value')) {
    return problem(
      said === 'value'
        ? 'This says that there is a value, and there is none.'
        : 'This says that there is no value, and there is one.',
    )
  }
  cell.status = said
  return null
}

const rounding = ({ roundedTo, countsRoundedTo }: FigurePlan['clause']) => ({
  ...(roundedTo === undefined ? {} : { roundedTo }),
  ...(countsRoundedTo === undefined ? {} : { countsRoundedTo }),
})

/** `sex=boys;year=6`, '' for everyone. */
function breakdownOf(plan: FigurePlan, cells: Row): string {
  if (plan.breakdown !== null) return (cells[plan.breakdown] ?? '').trim()
  const groups: [string, string][] = Object.entries(plan.group)
  for (const d of plan.dimensions) {
    const value = d.value(cells)
    if (value !== '' && !d.everyone.has(value)) groups.push([d.name, value])
  }
  return groups
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${name}=${value}`)
    .join(';')
}
