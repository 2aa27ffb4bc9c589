import type { Findings } from './checks.ts'
import { describeSubject, registerParents } from './describe-subject.ts'
import { NameCheck } from './name-check.ts'
import type { SubjectPlan } from './plan.ts'
import type { Problem, ReadContext } from './reading.ts'
import { importFirst, registersOf } from './registers.ts'
import type { Description } from './subjects.ts'
import type { Row } from './template.ts'
import { columnsOf } from './template.ts'

/** Who or what a row is about. */
export interface About {
  readonly plan: SubjectPlan
  /** The number by which the subject is known in the database. */
  readonly id: number
  /** As the row has it. */
  readonly code: string
  /** No file and no earlier row has named it. */
  readonly isNew: boolean
}

/** Finds out what rows are about, and gathers what they say of it. */
export class SubjectReader {
  readonly descriptions = new Map<number, Description>()
  /** Those whom a row of their own describes, rather than one about something within them. */
  readonly #described = new Set<number>()
  /** Pairs of a place and one that holds it, from files that list children. */
  readonly childOf: [number, number][] = []
  readonly #plans: readonly SubjectPlan[]
  readonly #context: ReadContext
  readonly #findings: Findings
  readonly #names: NameCheck
  readonly #first = new Map<SubjectPlan, string>()

  constructor(plans: readonly SubjectPlan[], context: ReadContext, findings: Findings) {
    this.#plans = plans
    this.#context = context
    this.#findings = findings
    this.#names = new NameCheck(context.subjects)
  }

  /** What can be told only when all rows have been read. */
  finish(): void {
    this.#names.finish(this.#findings)
  }

  /** The subject of a row, or why it has none. */
  find(cells: Row): About | Problem {
    const { subjects } = this.#context
    const plan = this.#plans.find((s) => s.applies(cells))
    if (!plan) {
      const sentence = 'The row does not say what it is about in a way that the descriptor knows.'
      return { rule: 'subject', column: null, value: null, sentence }
    }
    const code = plan.code(cells)
    if (code === '') {
      const sentence = 'The row has no code to say which provider or place it is about.'
      return { rule: 'subject', column: columnsOf(plan.clause.code), value: '', sentence }
    }
    const found = subjects.find(plan.clause.scheme, code)
    if (found !== undefined) return { plan, id: found, code, isNew: false }
    if (plan.clause.unknown === 'refuse' || plan.clause.scheme !== 'code') {
      const sentence = `No provider or place with this code is known. ${this.#importFirst(plan)}`
      return { rule: 'unknown', column: columnsOf(plan.clause.code), value: code, sentence }
    }
    // A number is needed to look for duplicates; a code that no accepted row uses is harmless.
    return { plan, id: subjects.register(plan.clause.kind, code), code, isNew: true }
  }

  /** The same for each row that is refused, and there may be a million. */
  #importFirst(plan: SubjectPlan): string {
    const known = this.#first.get(plan)
    if (known !== undefined) return known
    const first = importFirst(registersOf(this.#context.descriptors ?? [], plan.clause))
    this.#first.set(plan, first)
    return first
  }

  /**
   * Takes what an accepted row says of its subject: the word of the first row of its own counts, and more
   * than that of a row that only names it as the place it lies in.
   */
  describe(cells: Row, { plan, id, code, isNew }: About, line: number): void {
    if (this.#described.has(id)) return
    this.#described.add(id)
    const { subjects, descriptor } = this.#context
    const remember = (at: number, description: Description): void => {
      if (!this.descriptions.has(at)) this.descriptions.set(at, description)
    }
    const parents = registerParents(plan, cells, subjects, remember)
    const resolved = subjects.get(id)?.code ?? code
    const own = describeSubject(plan, cells, resolved, descriptor.service, parents)
    const { clause } = plan
    const column = clause.name?.includes('{') ? columnsOf(clause.name) : (clause.name ?? null)
    this.#names.take({ id, name: plan.name(cells), line, column }, own.name)
    const named = this.descriptions.get(id)
    this.descriptions.set(id, {
      ...own,
      name: own.name || (named?.name ?? ''),
      level: own.level ?? named?.level ?? null,
    })
    for (const alias of plan.aliases) {
      if (!alias.applies(cells)) continue
      const value = alias.value(cells)
      if (value !== '') subjects.alias(alias.scheme, value, id)
    }
    if (plan.children) this.#children(plan.children.list(cells), plan.children.split, id)
    if (isNew && plan.name(cells) === '') {
      this.#findings.add('warn', {
        line,
        column: columnsOf(plan.clause.code),
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
}
