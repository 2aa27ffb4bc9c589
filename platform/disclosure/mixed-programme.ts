import type { Knowledge } from './mixed-knowledge.ts'
import type { PublishedMixed } from './mixed-releases.ts'
import {
  cellsOfWhom,
  countOfCells,
  everyone,
  type MixedCell,
  type MixedHistory,
  type MixedIndicator,
  type MixedRow,
  type Whom,
} from './mixed-truth.ts'

/** More people than there are in any table: what is not bounded otherwise ends here. */
const most = 10_000
const threshold = 5

/** A sum of variables, by their places: each is added, or taken away. */
type Form = ReadonlyMap<number, 1 | -1>

/** A count that nobody should tell. */
export interface Wanted {
  readonly what: string
  readonly count: number
  readonly form: Form
  /** The same as an LP file has it. */
  readonly sum: string
  readonly isListed: boolean
  /** Whether some release shows it all the same. */
  readonly isShown: boolean
}

type Measure = 'all' | 'counted' | 'others'

/** The figure of an indicator, one of its counts, and in which release. */
interface Figure {
  readonly release: number
  readonly indicator: MixedIndicator
  readonly whom: Whom
  readonly measure: Measure
}

const measuresOf = ({ kind, counts }: MixedIndicator): Measure[] =>
  kind === 'proportion' ? ['all', 'counted', 'others'] : [counts === undefined ? 'all' : 'counted']

/** All that an attacker knows of some releases, and which counts he would like to know. */
export class Programme {
  readonly #history: MixedHistory
  readonly #published: readonly PublishedMixed[]
  readonly #knowledge: Knowledge
  /** The names of the variables, by what they are of. */
  readonly #variables = new Map<string, string>()
  readonly #versions: readonly (readonly number[])[]
  /** Constraints, and what they are. */
  readonly #lines = new Map<string, string>()
  readonly #shown = new Set<string>()
  readonly #listed = new Map<string, Wanted & { readonly isProtected: boolean }>()

  constructor(history: MixedHistory, published: readonly PublishedMixed[], knowledge: Knowledge) {
    this.#history = history
    this.#published = published
    this.#knowledge = knowledge
    this.#versions = versionsOf(published)
    for (const [release, { rows, shown }] of published.entries())
      for (const row of rows) this.#see(release, row, shown.has(row))
  }

  /** The names of the variables, by their places. */
  get variables(): readonly string[] {
    return [...this.#variables.values()]
  }

  /** What each constraint is, by its name. */
  get reasons(): ReadonlyMap<string, string> {
    return new Map([...this.#lines.values()].map((why, i) => [`r${i}`, why]))
  }

  /** The constraints, as an LP file has them: to be asked for after all that is wanted. */
  get text(): string {
    this.#relate()
    const lines = [...this.#lines.keys()].map((line, i) => ` r${i}: ${line}`)
    const bounds = this.variables.map((name) => ` 0 <= ${name} <= ${most}`)
    return `subject to\n${lines.join('\n')}\nbounds\n${bounds.join('\n')}\nend\n`
  }

  /** Counts of hidden figures; and those of few that no release lists. */
  wanted(): Wanted[] {
    const listed = [...this.#listed].flatMap(([key, w]): Wanted[] => {
      const isShown = this.#shown.has(key)
      return isFew(w.count) || (w.count > 0 && w.isProtected && !isShown) ? [{ ...w, isShown }] : []
    })
    return [...listed, ...this.#unlisted()]
  }

  /** The worst case: he knows where nobody is, and so that all else that is hidden is somebody. */
  #see(release: number, row: MixedRow, isShown: boolean): void {
    const { indicators } = this.#history
    const indicator = indicators.find((one) => one.code === row.indicator) as MixedIndicator
    for (const measure of measuresOf(indicator)) {
      const figure = { release, indicator, whom: row, measure }
      const form = this.#formOf(figure)
      const sum = textOf(form)
      const count = this.#countOf(figure)
      const what = this.#nameOf(figure)
      if (isShown || count === 0) this.#lines.set(`${sum} = ${count}`, `${what} = ${count}`)
      else this.#lines.set(`${sum} >= 1`, `${what} >= 1`)
      if (isShown) this.#shown.add(sum)
      const was = this.#listed.get(sum)
      // Of how many people a hidden mean or share is may be worked out where they are not few.
      const own = measure !== 'all' || indicator.kind === 'count'
      const isProtected = was?.isProtected === true || (own && !isShown)
      const wanted = { what: was?.what ?? what, count, form, sum, isListed: true, isShown: false }
      this.#listed.set(sum, { ...wanted, isProtected })
    }
  }

  #unlisted(): Wanted[] {
    const { world, indicators } = this.#history
    const found = new Map<string, Wanted>()
    const all = everyone({ world, releases: this.#published })
    for (const release of this.#published.keys())
      for (const indicator of indicators)
        for (const whom of all)
          for (const measure of measuresOf(indicator)) {
            const figure = { release, indicator, whom, measure }
            const count = this.#countOf(figure)
            if (!isFew(count)) continue
            const form = this.#formOf(figure)
            const sum = textOf(form)
            if (this.#listed.has(sum) || found.has(sum)) continue
            const what = this.#nameOf(figure)
            found.set(sum, { what, count, form, sum, isListed: false, isShown: false })
          }
    return [...found.values()]
  }

  #cellsOf({ release, whom }: Figure): number[] {
    return cellsOfWhom(this.#cells(release), whom, this.#history.world)
  }

  #cells(release: number): readonly MixedCell[] {
    return this.#published[release]?.cells ?? []
  }

  #formOf(figure: Figure): Form {
    const { release, indicator, measure } = figure
    const people = this.#knowledge.peopleOf(indicator.code)
    const form = new Map<number, 1 | -1>()
    for (const cell of this.#cellsOf(figure)) {
      const version = this.#versions[release]?.[cell] ?? 0
      if (measure !== 'counted') form.set(this.#variable(people, cell, version, ''), 1)
      const sign = measure === 'others' ? -1 : 1
      if (measure !== 'all')
        form.set(this.#variable(people, cell, version, indicator.counts ?? ''), sign)
    }
    return form
  }

  /** The place of a variable. */
  #variable(people: string, cell: number, version: number, counts: string): number {
    const key = [people, cell, version, counts].join('|')
    const name = this.#variables.get(key) ?? `x${this.#variables.size}`
    this.#variables.set(key, name)
    return Number(name.slice(1))
  }

  #countOf(figure: Figure): number {
    const some = this.#cellsOf(figure)
    const cells = this.#cells(figure.release)
    const all = countOfCells(cells, some, undefined)
    const counted = countOfCells(cells, some, figure.indicator.counts)
    return { all, counted, others: all - counted }[figure.measure]
  }

  #nameOf({ release, indicator, whom, measure }: Figure): string {
    const at = (this.#published[release]?.at ?? 0) + 1
    return `${at}: ${indicator.code} ${whom.place} ${whom.group || 'everyone'}, ${measure}`
  }

  /** What is known of each cell: those counted are some of all, and what answers and links say. */
  #relate(): void {
    const { world, indicators } = this.#history
    const { peopleOf, answersAddUp } = this.#knowledge
    const every = new Map<string, readonly [string, number, number]>()
    for (const key of this.#variables.keys()) {
      const [people = '', cell, version] = key.split('|')
      every.set(`${people}|${cell}|${version}`, [people, Number(cell), Number(version)])
    }
    // A link says whom two indicators count, and not that these are of the same people.
    const links = Object.entries(world.within).flatMap(([part, of]) =>
      indicators
        .filter((i) => i.counts === part)
        .flatMap((i) =>
          indicators.filter((j) => j.counts === of).map((j) => [part, i, of, j] as const),
        ),
    )
    for (const [people, cell, version] of every.values()) {
      for (const [part, i, of, j] of links.filter(([, i]) => peopleOf(i.code) === people)) {
        const [some, all] = [
          this.#variable(people, cell, version, part),
          this.#variable(peopleOf(j.code), cell, version, of),
        ]
        if (i !== j) this.#lines.set(`x${all} - x${some} >= 0`, `${part} are some of ${of}`)
      }
      const own = indicators.filter((i) => peopleOf(i.code) === people)
      const name = (counts: string) => `x${this.#variable(people, cell, version, counts)}`
      for (const { kind, counts } of own)
        if (kind === 'proportion' && counts !== undefined)
          this.#lines.set(`${name('')} - ${name(counts)} >= 0`, 'those counted are some of all')
      if (answersAddUp(people) && world.answers.length > 0)
        this.#lines.set(
          `${name('')} - ${world.answers.map(name).join(' - ')} = 0`,
          'the answers add up',
        )
    }
  }
}

const isFew = (count: number): boolean => count > 0 && count < threshold

const textOf = (form: Form): string =>
  [...form]
    .sort(([a], [b]) => a - b)
    .map(([at, sign]) => `${sign < 0 ? '-' : '+'} x${at}`)
    .join('\n ')

/** Of each release, which version of each cell it has: as long as nothing of it changes, the same. */
function versionsOf(published: readonly PublishedMixed[]): number[][] {
  const found: number[][] = []
  for (const [i, { cells }] of published.entries()) {
    const before = published[i - 1]
    found.push(
      cells.map((cell, at) =>
        before && JSON.stringify(before.cells[at]) === JSON.stringify(cell)
          ? (found[i - 1]?.[at] ?? 0)
          : i,
      ),
    )
  }
  return found
}
