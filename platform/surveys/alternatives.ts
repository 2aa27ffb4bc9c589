import { type PartCounts, type Told, threshold, told } from './published-share.ts'

/** By so much the ends of an attacker's interval must differ, as `parseRules` of `@plumbline/disclosure` has it. */
export const width = threshold - 1

/** A part of a sample: how many people it has, and how many of them were invited. */
export interface SamplePart {
  readonly people: number
  readonly invited: number
}

/** What people of one provider answered to a question, by the parts of the sample. */
export interface Question extends PartCounts {
  readonly key: string
}

/** Whether a count is one of few people, and not of nobody. */
export const few = (n: number): boolean => n > 0 && n < threshold

export const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0)

/** Whether so few people of all parts are behind it that it is hidden as any other figure is. */
export function isSmall({ answered, satisfied }: PartCounts): boolean {
  const [all, those] = [sum(answered), sum(satisfied)]
  return all < threshold || few(those) || few(all - those)
}

/** A question that is shown. */
export interface Shown {
  readonly question: Question
  readonly told: Told
  /** By how many answered: the fewest and most satisfied of each part that give the same figure; or null. */
  readonly found: Map<string, Range | null>
}

/** The ends of how many of each part may be satisfied. */
export interface Range {
  readonly least: readonly number[]
  readonly most: readonly number[]
}

/** What an attacker knows of a sample. */
export interface Sample {
  readonly parts: readonly SamplePart[]
  readonly weights: readonly number[]
  readonly isAlone: boolean
}

/** How far from the true numbers others are tried, by how many parts there are: few parts, all that matter. */
const reach: Readonly<Record<number, number>> = { 1: 20, 2: 9, 3: 4 }
/** Beyond three parts some of them stay as they are, and not all are tried. */
const movedAtOnce = 2
const mostNumbers = 400

/** Numbers of answers near the true ones, the nearest first. */
export function near(answered: readonly number[], parts: readonly SamplePart[]): number[][] {
  const far = reach[answered.length] ?? 4
  const found: { readonly numbers: number[]; readonly moved: number }[] = []
  const walk = (h: number, numbers: readonly number[], moves: number, moved: number): void => {
    const n = answered[h]
    if (n === undefined) {
      found.push({ numbers: [...numbers], moved })
      return
    }
    const canMove = answered.length <= 3 || moves < movedAtOnce
    const low = canMove ? Math.max(1, n - far) : n
    // A small number must be able to grow by as much as hides it.
    const high = canMove ? Math.min(parts[h]?.invited ?? 0, n + Math.max(far, width + 1)) : n
    for (let m = Math.min(low, n); m <= Math.max(high, n); m++) {
      walk(h + 1, [...numbers, m], moves + (m === n ? 0 : 1), moved + Math.abs(m - n))
    }
  }
  walk(0, [], 0, 0)
  return found
    .filter(({ numbers }) => sum(numbers) >= threshold)
    .toSorted((a, b) => a.moved - b.moved)
    .slice(0, answered.length <= 3 ? found.length : mostNumbers)
    .map(({ numbers }) => numbers)
}

/** How far from the true share of a part others are tried, by how many parts there are; all of up to two parts. */
const reachOfShare: Readonly<Record<number, number>> = { 3: 12, 4: 6, 5: 4 }
/** Of so many parts all that may be satisfied is tried; of more, until something fits, and not for ever. */
const fewParts = 3
const mostTried = 2000

/** The ends of how many of each part may be satisfied, where so many answered; null where nothing fits. */
export function rangeOf(sample: Sample, shown: Shown, answered: readonly number[]): Range | null {
  const key = String(answered)
  const known = shown.found.get(key)
  if (known !== undefined) return known
  const isTrue = key === String(shown.question.answered)
  const range = new Search(sample, shown, answered, isTrue).run()
  shown.found.set(key, range)
  return range
}

/** Looks for numbers of satisfied people of which a figure comes, where so many answered. */
class Search {
  readonly #weights: readonly number[]
  readonly #steps: readonly number[]
  readonly #shown: Shown
  readonly #answered: readonly number[]
  readonly #satisfied: number[]
  readonly #least: number[]
  readonly #most: number[]
  /** Whether one that fits is enough. */
  readonly #one: boolean
  #left: number

  constructor({ weights }: Sample, shown: Shown, answered: readonly number[], isTrue: boolean) {
    this.#weights = weights
    this.#steps = weights.map((w, h) => w / (answered[h] as number))
    this.#shown = shown
    this.#answered = answered
    this.#satisfied = weights.map(() => 0)
    this.#least = weights.map(() => Number.POSITIVE_INFINITY)
    this.#most = weights.map(() => Number.NEGATIVE_INFINITY)
    this.#one = weights.length > fewParts && !isTrue
    this.#left =
      weights.length > fewParts ? mostTried * (isTrue ? 10 : 1) : Number.POSITIVE_INFINITY
  }

  run(): Range | null {
    const effective = 1 / sum(this.#weights.map((w, h) => w * (this.#steps[h] as number)))
    // Whatever they say, so few are worth less.
    if (effective + 1e-6 < this.#shown.told.worth) return null
    this.#walk(0, 0)
    return this.#hasFound() ? { least: this.#least, most: this.#most } : null
  }

  #hasFound(): boolean {
    return Number.isFinite(this.#least[0])
  }

  #walk(h: number, share: number): void {
    const { question, told: wanted } = this.#shown
    const [low, high] = [(wanted.percent - 0.5) / 100, (wanted.percent + 0.5) / 100]
    const [n, step] = [this.#answered[h] as number, this.#steps[h] as number]
    if (h < this.#weights.length - 1) {
      for (const x of triedOf(question, h, n, this.#weights.length)) {
        if (this.#left <= 0 || (this.#one && this.#hasFound())) return
        this.#satisfied[h] = x
        if (share + x * step <= high + 1e-9) this.#walk(h + 1, share + x * step)
      }
      return
    }
    this.#left -= 1
    const from = Math.max(0, Math.ceil((low - share) / step - 1e-6))
    const to = Math.min(n, Math.floor((high - share) / step + 1e-6))
    for (let x = from; x <= to; x++) {
      this.#satisfied[h] = x
      this.#try()
    }
  }

  #try(): void {
    const counts = { answered: this.#answered, satisfied: this.#satisfied }
    if (isSmall(counts)) return
    const { percent, worth } = told(this.#weights, counts)
    const wanted = this.#shown.told
    if (percent !== wanted.percent || worth !== wanted.worth) return
    for (const [i, count] of this.#satisfied.entries()) {
      this.#least[i] = Math.min(this.#least[i] as number, count)
      this.#most[i] = Math.max(this.#most[i] as number, count)
    }
  }
}

/** How many of a part that may be satisfied are tried, the likeliest first. */
function triedOf({ answered, satisfied }: Question, h: number, n: number, parts: number): number[] {
  const far = parts < 3 ? n : (reachOfShare[parts] ?? 2)
  const middle = Math.round((n * (satisfied[h] as number)) / (answered[h] as number))
  const [low, high] = [Math.max(0, middle - far), Math.min(n, middle + far)]
  return Array.from({ length: high - low + 1 }, (_, i) => low + i).sort(
    (a, b) => Math.abs(a - middle) - Math.abs(b - middle),
  )
}
