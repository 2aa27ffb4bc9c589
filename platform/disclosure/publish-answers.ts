import { createRequire } from 'node:module'
import type { Highs } from 'highs'
import type { Indicator } from '../evidence/indicator.ts'
import { clinics } from '../publishing/testing.ts'
import { chooseShown, type ToChoose } from './choose.ts'
import type { Counted } from './counts.ts'
import { disclosureSchema } from './declaration.ts'
import type { FigurePart } from './figure-part.ts'
import type { Earlier } from './history.ts'
import { type Tied, tiedAmong } from './ties.ts'
import { UnsafeRelease } from './unsafe-release.ts'

// The package's types describe a CommonJS module, which `require` gives.
const load: () => Promise<Highs> = createRequire(import.meta.url)('highs')

const seen = clinics.indicators.get('seen-in-time')
if (!seen) throw new Error('The made-up indicator is gone.')
const threshold = 5
const total = 'people'

/** A release of answers of which everybody gave one, place by place. */
export interface Answered {
  /** How many of each place gave each answer. */
  readonly given: readonly (readonly number[])[]
  /** Which answers of which places, or how many they are in all (`people`), the file leaves out. */
  readonly leavesOut?: (answer: string, place: number) => boolean
  /** How many too many the file has for the base of an answer, or for `people`: there the answers do not add up. */
  readonly tooMany?: (answer: string, place: number) => number
}

/** Whether each answer is a share of all who gave one, or they are counts beside a count of all. */
export type Kind = 'shares' | 'counts'

/** A figure of a file, and what became of it. */
interface Listed extends Counted {
  readonly indicator: string
  readonly hidden: boolean
}

interface Published {
  readonly answered: Answered
  readonly listed: readonly Listed[]
}

const sum = (all: readonly number[]): number => all.reduce((a, b) => a + b, 0)
const answerOf = (i: number): string => `answer-${i}`

/** What a file lists. */
function partsOf({ given, leavesOut, tooMany }: Answered, kind: Kind): FigurePart[] {
  const answers = (given[0] ?? []).map((_, i) => answerOf(i))
  return (kind === 'counts' ? [...answers, total] : answers).flatMap((indicator, i) => {
    const subjects = [...given.keys()].filter((place) => leavesOut?.(indicator, place) !== true)
    const all = subjects.map((at) => sum(given[at] ?? []) + (tooMany?.(indicator, at) ?? 0))
    const counts = subjects.map((place, at) => given[place]?.[i] ?? (all[at] as number))
    if (subjects.length === 0) return []
    return {
      ...{ indicator, breakdown: '', period: '2024', status: null, subjects },
      value: kind === 'counts' ? counts : counts.map((n, at) => (100 * n) / (all[at] as number)),
      numerator: kind === 'counts' ? null : counts,
      denominator: kind === 'counts' ? null : all,
    }
  })
}

const figuresOf = (parts: readonly FigurePart[]): (Omit<Listed, 'hidden'> & { part: number })[] =>
  parts.flatMap((p) =>
    Array.from(p.subjects, (subject, at) => ({
      ...{ indicator: p.indicator, subject, group: '' },
      part: p.numerator?.[at] ?? (p.value[at] as number),
      base: p.denominator?.[at] ?? null,
    })),
  )

function asking(kind: Kind, before: readonly Published[], answers: number): ToChoose {
  const codes = [...Array.from({ length: answers }, (_, i) => answerOf(i)), total]
  const indicators = codes.map((code): [string, Indicator] => [
    code,
    { ...(seen as Indicator), code, kind: kind === 'counts' ? 'count' : 'proportion' },
  ])
  return {
    ...{ what: 'A release', dataset: 'answers', indicators: new Map(indicators) },
    declared: disclosureSchema.parse({ rules: { threshold } }),
    locate: () => ({ level: 'provider', parents: [] }),
    name: (subject) => `Provider ${subject}`,
    code: (subject) => `P${subject}`,
    earlier: async (indicator): Promise<Earlier[]> =>
      before.map(({ listed }, at) => {
        const own = listed.filter((f) => f.indicator === indicator)
        const figures = own.map(({ subject, group, part, base }) => ({
          subject,
          group,
          part,
          base,
        }))
        return { release: at, order: at, figures, hidden: (i) => own[i]?.hidden === true }
      }),
    tiedBefore: async (): Promise<Tied[]> => before.flatMap(({ listed }) => tiedAmong(listed)),
    secret: async () => 'a secret of the tests',
  }
}

/**
 * Publishes releases of answers, each in the place of the one before, and attacks all of them. Tests alone use it.
 * @returns which figures of each release are hidden, null where it was refused; and what the attacker can tell.
 */
export async function publishAnswers(all: readonly Answered[], kind: Kind) {
  const published: Published[] = []
  const hidden: (string[] | null)[] = []
  for (const answered of all) {
    const parts = partsOf(answered, kind)
    const to = asking(kind, published, answered.given[0]?.length ?? 0)
    try {
      const { verdicts } = await chooseShown(parts, to)
      const dark = parts.flatMap((p) => verdicts.get(p) ?? []).map((v) => v !== 'shown')
      const listed = figuresOf(parts).map((f, at) => ({ ...f, hidden: dark[at] === true }))
      published.push({ answered, listed })
      hidden.push(listed.filter((f) => f.hidden).map((f) => `${f.indicator} of ${f.subject}`))
    } catch (error) {
      if (!(error instanceof UnsafeRelease)) throw error
      hidden.push(null)
    }
  }
  return { hidden, leaks: await attackAnswers(published, kind) }
}

/**
 * An attacker who shares no code with what hides, who kept every release and knows that everybody gave one answer. A
 * figure with the same counts is the same in all of them, and an answer that one leaves out is taken for what another
 * lists where that is true.
 * @returns a line for each number of 1 to 4 people that was hidden or left out, and can be told from five others.
 */
async function attackAnswers(all: readonly Published[], kind: Kind): Promise<string[]> {
  const solver = await load()
  const { text, wanted } = programmeOf(all, kind)
  return wanted.flatMap(([name, { what, count }]) => {
    const [low, high] = (['minimize', 'maximize'] as const).map((way) => {
      const found = solver.solve(`${way}\n obj: ${name}\n${text}`)
      if (found.Status !== 'Optimal') throw new Error(`The attack found nothing: ${found.Status}.`)
      return found.ObjectiveValue
    }) as [number, number]
    if (!(low - 1e-6 <= count && count <= high + 1e-6)) throw new Error('The attack is wrong.')
    return high - low < threshold - 1 - 1e-6 ? [`${what} is ${count}: ${low} to ${high}`] : []
  })
}

/** A count in the attacker's programme, and what is known of it. */
interface Known {
  readonly what: string
  readonly count: number
  readonly seen: boolean
  /** Nobody hides a 0. */
  readonly least: 0 | 1
}

/** The counts of an attacker's programme by what stands for them, and what ties them. */
class Programme {
  readonly #names = new Map<string, string>()
  readonly #counts = new Map<string, Known>()
  readonly #lines = new Set<string>()

  /** What stands for a count: for the same one the same, whatever more is known of it. */
  add(version: string, known: Known): string {
    const name = this.#names.get(version) ?? `x${this.#names.size}`
    const was = this.#counts.get(name)
    const least = known.least === 1 || was?.least === 1 ? 1 : 0
    this.#names.set(version, name)
    this.#counts.set(name, { ...known, ...was, least, seen: known.seen || was?.seen === true })
    return name
  }

  tie(total: string, parts: readonly string[]): void {
    this.#lines.add(`${parts.join(' + ')} - ${total} = 0`)
  }

  get text(): string {
    const seen = [...this.#counts].flatMap(([n, c]) => (c.seen ? [`${n} = ${c.count}`] : []))
    const lines = [...this.#lines, ...seen].map((line, i) => ` c${i}: ${line}`)
    const bounds = [...this.#counts].map(([name, { least }]) => ` ${least} <= ${name} <= 1000`)
    return `subject to\n${lines.join('\n')}\nbounds\n${bounds.join('\n')}\nend\n`
  }

  /** Counts of few people that nobody is shown. */
  get wanted(): readonly (readonly [name: string, count: Known])[] {
    return [...this.#counts].filter(([, c]) => !c.seen && c.count > 0 && c.count < threshold)
  }
}

const known = (what: string, { hidden }: Listed, count: number): Known => {
  return { what, count, seen: !hidden || count === 0, least: count === 0 ? 0 : 1 }
}

const versionOf = ({ indicator, subject, part, base }: Counted): string =>
  `${indicator}|${subject}|${part}|${base}`

function programmeOf(all: readonly Published[], kind: Kind): Programme {
  const programme = new Programme()
  for (const [at, { answered, listed }] of all.entries()) {
    // An answer that is left out is taken for what the nearest release lists that has it, those before first.
    const others = [...all.slice(0, at).reverse(), ...all.slice(at + 1)].flatMap((o) => o.listed)
    const nameOf = (what: string, place: number) => `release ${at + 1}, ${what} of ${place}`
    const find = (some: readonly Listed[], indicator: string, place: number) =>
      some.filter((f) => f.indicator === indicator && f.subject === place)
    /** A count of a figure, or of one that is left out. */
    const countOf = (indicator: string, place: number, count: number): string => {
      const what = nameOf(indicator, place)
      const [own] = find(listed, indicator, place)
      if (own) return programme.add(versionOf(own), known(what, own, own.part))
      const as = find(others, indicator, place).find((f) => f.part === count)
      const version = as ? versionOf(as) : `${what}, left out`
      return programme.add(version, { what, count, seen: false, least: 0 })
    }
    for (const [place, own] of answered.given.entries()) {
      const people = sum(own)
      const parts = own.map((count, i) => countOf(answerOf(i), place, count))
      if (kind === 'counts') {
        const all = countOf(total, place, people)
        if ((answered.tooMany?.(total, place) ?? 0) === 0) programme.tie(all, parts)
        continue
      }
      for (const f of own.flatMap((_, i) => find(listed, answerOf(i), place))) {
        const base = f.base as number
        const version = `base|${place}|${base === people ? people : `${base}|${f.indicator}`}`
        const all = programme.add(version, known(nameOf('base', place), f, base))
        const what = nameOf(`others of ${f.indicator}`, place)
        const rest = programme.add(`others|${versionOf(f)}`, known(what, f, base - f.part))
        programme.tie(all, [countOf(f.indicator, place, f.part), rest])
        if (base === people) programme.tie(all, parts)
      }
    }
  }
  return programme
}
