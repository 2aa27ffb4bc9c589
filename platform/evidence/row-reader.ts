import { type NumberCell, numberCellReader, readNumber } from './cells.ts'
import { checkFigure } from './check-figure.ts'
import type { Findings } from './checks.ts'
import { type OtherCell, Series, statusNumber } from './columns.ts'
import { deriveCounts } from './derive-counts.ts'
import { describeSubject, registerParents } from './describe-subject.ts'
import { type Drafting, draftIndicators } from './draft-indicator.ts'
import type { Indicator } from './indicator.ts'
import { normalisePeriod } from './period.ts'
import { type FigurePlan, fixedPeriod, type Plan, type SubjectPlan } from './plan.ts'
import type { ReadContext, RefusedRow } from './read-file.ts'
import type { ParsedRow } from './rows.ts'
import type { Description } from './subjects.ts'
import type { Row } from './template.ts'

interface Problem {
  rule: string
  column: string | null
  value: string | null
  sentence: string
}

interface PendingFigure {
  plan: FigurePlan
  series: Series
  cell: NumberCell
  others: readonly OtherCell[]
}

/** Reads row after row: first every check, then, when none refuses the row, what it says. */
export class RowReader {
  rowsRead = 0
  rowsRefused = 0
  observations = 0
  held = 0
  readonly series = new Map<string, Series>()
  readonly descriptions = new Map<number, Description>()
  readonly refused: RefusedRow[] = []
  readonly #plan: Plan
  readonly #context: ReadContext
  readonly #findings: Findings
  readonly #fixed: string | null
  readonly #periods = new Set<string>()
  readonly #unique = new Map<number, Map<string, number>>()
  readonly #readCell: (text: string, into: NumberCell) => boolean
  readonly #drafting: Drafting = new Map()
  /** Series of figures whose key does not hang on the row, found once. */
  readonly #static = new Map<FigurePlan, Series>()
  #problem: Problem | null = null

  constructor(plan: Plan, context: ReadContext, findings: Findings) {
    this.#plan = plan
    this.#context = context
    this.#findings = findings
    this.#fixed = fixedPeriod(plan, context.descriptor)
    if (this.#fixed !== null) this.#periods.add(this.#fixed)
    this.#readCell = numberCellReader(plan.missing, plan.codes)
  }

  /** `2018-19`, or `2013-14 to 2023-24` for a file of many periods. */
  periodLabel(): string {
    const all = [...this.#periods].sort()
    const first = all[0]
    const last = all.at(-1)
    if (first === undefined || last === undefined) return 'no period'
    return first === last ? first : `${first} to ${last}`
  }

  drafted(): Indicator[] {
    return draftIndicators(this.#drafting, this.#context.descriptor)
  }

  finish(): void {
    if (this.rowsRead === 0) {
      this.#findings.add('warn', {
        line: 1,
        column: null,
        value: null,
        rule: 'empty',
        sentence: 'The file has a header and no rows.',
      })
    }
  }

  read({ line, cells }: ParsedRow): void {
    this.rowsRead += 1
    this.#problem = null
    this.#checkShape(cells, line)
    const aside = this.#problem ? undefined : this.#plan.setAside.find((s) => s.applies(cells))
    if (aside) {
      const sentence = `Set aside: ${aside.reason}`
      this.#findings.add('note', { line, column: null, value: null, rule: 'set-aside', sentence })
      return
    }
    if (!this.#problem) this.#checkFields(cells, line)
    const about = this.#problem ? null : this.#about(cells)
    const period = this.#problem ? null : this.#period(cells)
    const figures = about && period !== null ? this.#figures(cells, about.id, period, line) : []
    if (this.#problem || !about || period === null) {
      this.#refuse(line, cells)
      return
    }
    this.#totals(cells, line)
    if (this.#problem) {
      this.#refuse(line, cells)
      return
    }
    this.#accept(cells, about, figures, line, period)
  }

  #fail(problem: Problem): void {
    this.#problem ??= problem
  }

  #refuse(line: number, cells: Row): void {
    const problem = this.#problem as Problem | null
    if (!problem) throw new Error('A row was refused without a reason.')
    this.rowsRefused += 1
    this.#findings.add('refuse', { line, ...problem })
    if (this.refused.length < 10_000) {
      const { rule, column, sentence } = problem
      this.refused.push({ line, rule, column, sentence, cells })
    }
  }

  #checkShape(cells: Row, line: number): void {
    const expected = this.#plan.header.length
    if (cells.length === expected) return
    if (cells.length < expected && this.#context.descriptor.shortRows) {
      const sentence = 'The row ends early; the cells that it lacks are read as missing.'
      this.#findings.add('note', { line, column: null, value: null, rule: 'short', sentence })
      return
    }
    if (cells.length > expected && this.#context.descriptor.longRows) {
      const sentence = 'The row has more cells than the header; they belong to the last column.'
      this.#findings.add('note', { line, column: null, value: null, rule: 'long', sentence })
      return
    }
    this.#fail({
      rule: 'columns',
      column: null,
      value: `${cells.length} cells`,
      sentence: `This row has ${cells.length} cells; the header has ${expected}.`,
    })
  }

  #checkFields(cells: Row, line: number): void {
    for (const field of this.#plan.fields) {
      const text = cells[field.at] ?? ''
      const problem = field.check(text)
      if (problem) {
        this.#fail({ ...problem, column: field.column, value: text })
        return
      }
      if (field.unique) this.#checkUnique(field.at, field.column, text.trim(), line)
    }
  }

  #checkUnique(at: number, column: string, text: string, line: number): void {
    let seen = this.#unique.get(at)
    if (!seen) {
      seen = new Map()
      this.#unique.set(at, seen)
    }
    const before = seen.get(text)
    if (before === undefined) {
      seen.set(text, line)
      return
    }
    const sentence = `This should stand once in the file; it is on line ${before} too.`
    this.#fail({ rule: 'unique', column, value: text, sentence })
  }

  #about(cells: Row): { plan: SubjectPlan; id: number; code: string; isNew: boolean } | null {
    const { subjects } = this.#context
    const plan = this.#plan.subjects.find((s) => s.applies(cells))
    if (!plan) {
      const sentence = 'The row does not say what it is about in a way that the descriptor knows.'
      this.#fail({ rule: 'subject', column: null, value: null, sentence })
      return null
    }
    const code = plan.code(cells)
    if (code === '') {
      const sentence = 'The row has no code to say which provider or place it is about.'
      this.#fail({ rule: 'subject', column: plan.clause.code, value: '', sentence })
      return null
    }
    const found = subjects.find(plan.clause.scheme, code)
    if (found !== undefined) return { plan, id: found, code, isNew: false }
    if (plan.clause.unknown === 'refuse' || plan.clause.scheme !== 'code') {
      const sentence = 'No provider or place with this code is known. Import its register first.'
      this.#fail({ rule: 'unknown', column: plan.clause.code, value: code, sentence })
      return null
    }
    // A number is needed to look for duplicates; a code that no accepted row uses is harmless.
    return { plan, id: subjects.register(plan.clause.kind, code), code, isNew: true }
  }

  #period(cells: Row): string | null {
    if (this.#fixed !== null) return this.#fixed
    const { period } = this.#plan
    if ('fixed' in period) return null
    const text = period.cell(cells)
    const label = normalisePeriod(text, period.kind)
    if (label === null) {
      const sentence = `This is no ${period.kind.replace('-', ' ')}.`
      this.#fail({ rule: 'period', column: 'period', value: text, sentence })
    }
    return label
  }

  #seriesOf(plan: FigurePlan, cells: Row, period: string): Series {
    const known = this.#static.get(plan)
    if (known) return known
    const indicator = plan.indicator(cells)
    const groups: [string, string][] = Object.entries(plan.group)
    for (const d of plan.dimensions) {
      const value = d.value(cells)
      if (value !== '' && !d.everyone.has(value)) groups.push([d.name, value])
    }
    const breakdown = groups
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, value]) => `${name}=${value}`)
      .join(';')
    const key = `${indicator}\n${breakdown}\n${period}`
    let series = this.series.get(key)
    if (!series) {
      series = new Series({ indicator, breakdown, period }, plan.clause.roundedTo ?? null)
      this.series.set(key, series)
    }
    if (this.#fixed !== null && plan.indicatorCode !== null && plan.dimensions.length === 0) {
      this.#static.set(plan, series)
    }
    return series
  }

  #figures(cells: Row, subject: number, period: string, line: number): PendingFigure[] {
    const pending: PendingFigure[] = []
    for (const plan of this.#plan.figures) {
      if (!plan.applies(cells)) continue
      const text = cells[plan.value] ?? ''
      const cell: NumberCell = { status: 'value', value: Number.NaN }
      const word = plan.clause.values?.[text.trim()]
      if (word !== undefined) cell.value = word
      else if (plan.clause.values && !this.#isCode(text)) {
        const sentence = `This is none of: ${Object.keys(plan.clause.values).join(', ')}.`
        this.#fail({ rule: 'enum', column: plan.column, value: text, sentence })
        return pending
      } else if (!this.#readCell(text, cell)) {
        const sentence = 'This should be a number, or one of the codes that the source uses.'
        this.#fail({ rule: 'number', column: plan.column, value: text, sentence })
        return pending
      }
      const others = this.#others(plan, cells)
      if (!others) return pending
      const series = this.#seriesOf(plan, cells, period)
      this.#note(plan, cells, cell)
      const indicator = this.#context.indicators.get(series.key.indicator)
      deriveCounts(plan, indicator, cell, others)
      const wrong = checkFigure(plan, indicator, cell, others)
      for (const w of wrong) {
        const problem = { rule: w.rule, column: plan.column, value: text, sentence: w.sentence }
        if (w.severity === 'refuse') this.#fail(problem)
        else this.#findings.add(w.severity, { line, ...problem })
      }
      if (series.has(subject)) this.#duplicate(plan, series, subject, cell, text, line)
      if (this.#problem) return pending
      pending.push({ plan, series, cell, others })
    }
    return pending
  }

  #isCode(text: string): boolean {
    const t = text.trim()
    return this.#plan.missing.has(t) || this.#plan.codes.has(t)
  }

  #others(plan: FigurePlan, cells: Row): OtherCell[] | null {
    const others: OtherCell[] = []
    for (const { column, at, name } of plan.others) {
      const cell: NumberCell = { status: 'value', value: Number.NaN }
      const text = cells[at] ?? ''
      if (!this.#readCell(text, cell)) {
        const sentence = 'This should be a number, or one of the codes that the source uses.'
        this.#fail({ rule: 'number', column: name, value: text, sentence })
        return null
      }
      others.push({ column, cell })
    }
    return others
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
    line: number,
  ): void {
    if (this.#context.descriptor.onRepeat === 'keep-later' && series.drop(subject)) {
      const sentence = 'This stands in the file twice; the later line is taken.'
      const where = { line, column: plan.column, value: text, rule: 'repeat', sentence }
      this.#findings.add('warn', where)
      return
    }
    const same = Object.is(series.earlier(subject), cell.value) ? ' with the same value' : ''
    const sentence = `This subject, period and group stand in the file already${same}.`
    this.#fail({ rule: 'duplicate', column: plan.column, value: text, sentence })
  }

  #totals(cells: Row, line: number): void {
    for (const t of this.#plan.totals) {
      if (!t.applies(cells)) continue
      const total = readNumber(cells[t.total] ?? '')
      const sum = t.parts.reduce((s, at) => s + readNumber(cells[at] ?? ''), 0)
      if (Number.isNaN(total) || Number.isNaN(sum)) continue
      if (Math.abs(total - sum) <= t.tolerance) continue
      const rounded = Number(sum.toFixed(2))
      const problem = {
        rule: 'total',
        column: t.column,
        value: cells[t.total] ?? '',
        sentence: `The parts of "${t.column}" do not add up to it (here they make ${rounded}).`,
      }
      if (t.severity === 'refuse') this.#fail(problem)
      else {
        const sentence = `The parts of "${t.column}" do not add up to it.`
        this.#findings.add('warn', { line, ...problem, sentence })
      }
    }
  }

  #accept(
    cells: Row,
    about: { plan: SubjectPlan; id: number; code: string; isNew: boolean },
    figures: readonly PendingFigure[],
    line: number,
    period: string,
  ): void {
    this.#periods.add(period)
    this.#describe(cells, about, line)
    for (const { plan, series, cell, others } of figures) {
      series.push(about.id, statusNumber[cell.status], cell.value, others)
      const note = plan.note === null ? '' : (cells[plan.note] ?? '').trim()
      if (note !== '') series.notes[about.id] = note
      if (plan.drafts) this.#drafting.set(series.key.indicator, cells.slice())
    }
    this.observations += figures.length
    this.held += figures.length
  }

  #describe(
    cells: Row,
    { plan, id, code, isNew }: { plan: SubjectPlan; id: number; code: string; isNew: boolean },
    line: number,
  ): void {
    if (this.descriptions.has(id)) return
    const { subjects, descriptor } = this.#context
    const remember = (at: number, description: Description): void => {
      if (!this.descriptions.has(at)) this.descriptions.set(at, description)
    }
    const parents = registerParents(plan, cells, subjects, remember)
    const resolved = subjects.get(id)?.code ?? code
    remember(id, describeSubject(plan, cells, resolved, descriptor.service, parents))
    for (const alias of plan.aliases) {
      const value = alias.value(cells)
      if (value !== '') subjects.alias(alias.scheme, value, id)
    }
    if (plan.children) this.#children(plan.children.list(cells), plan.children.split, id)
    if (isNew && plan.name(cells) === '') {
      this.#findings.add('warn', {
        line,
        column: plan.clause.code,
        value: code,
        rule: 'unknown',
        sentence: 'Not in any register: known by its code alone until one names it.',
      })
    }
  }

  #children(list: string, split: string, parent: number): void {
    const { subjects } = this.#context
    for (const code of list.split(split)) {
      const t = code.trim()
      if (t === '') continue
      // Registers list what lies within before what holds it; an unknown child could be anything.
      const id = subjects.find('code', t)
      if (id !== undefined) this.childOf.push([id, parent])
    }
  }

  /** Pairs of a place and one that holds it, from files that list children. */
  readonly childOf: [number, number][] = []
}
