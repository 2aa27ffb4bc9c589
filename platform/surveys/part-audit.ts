import { type PartCounts, type Told, threshold, told } from './published-share.ts'

/** A part of a sample: how many people it has, and how many of them were invited. */
export interface SamplePart {
  readonly people: number
  readonly invited: number
}

/** What people of one provider answered to a question, by the parts of the sample. */
export interface Question extends PartCounts {
  readonly key: string
}

/** By so much the ends of an attacker's interval must differ, as `parseRules` of `@plumbline/disclosure` has it. */
const width = threshold - 1

/**
 * Which questions of one provider can be shown, those first that come first, so that nobody can work out a count of
 * 1 to 4 of a part: of those who answered, are satisfied, are not, or left one question out and answered another.
 * An attacker knows how many people were invited of each part, that some questions were answered by the same people,
 * and how figures are made; for each such count there must be others, far enough apart, of which the same figures
 * come. They are looked for near the true ones: where there are others that are not found, more is hidden than must.
 */
export function safeToShow(
  parts: readonly SamplePart[],
  questions: readonly Question[],
): ReadonlyMap<string, Told> {
  const people = parts.reduce((n, p) => n + p.people, 0)
  const weights = parts.map((p) => p.people / people)
  let shown: Shown[] = []
  for (const question of questions) {
    if (isSmall(question)) continue
    const own = told(weights, question)
    if (own.worth === 0) continue
    const more = [...shown, { question, told: own, found: new Map() }]
    if (isSafe({ parts, weights }, more)) shown = more
  }
  return new Map(shown.map((s) => [s.question.key, s.told]))
}

/** Whether a count is one of few people, and not of nobody. */
const few = (n: number): boolean => n > 0 && n < threshold

const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0)

/** Whether so few people of all parts are behind it that it is hidden as any other figure is. */
function isSmall({ answered, satisfied }: PartCounts): boolean {
  const [all, those] = [sum(answered), sum(satisfied)]
  return all < threshold || few(those) || few(all - those)
}

interface Shown {
  readonly question: Question
  readonly told: Told
  /** By how many answered: the fewest and most satisfied of each part that give the same figure; or null. */
  readonly found: Map<string, Range | null>
}

interface Range {
  readonly least: readonly number[]
  readonly most: readonly number[]
}

interface Sample {
  readonly parts: readonly SamplePart[]
  readonly weights: readonly number[]
}

/** Counts that must not be worked out, with the ends of what they might be. */
class Spans {
  readonly #spans = new Map<string, { least: number; most: number }>()

  need(name: string, count: number): void {
    if (few(count)) this.#spans.set(name, { least: count, most: count })
  }

  see(name: string, least: number, most: number): void {
    const span = this.#spans.get(name)
    if (!span) return
    span.least = Math.min(span.least, least)
    span.most = Math.max(span.most, most)
  }

  isWide(): boolean {
    return [...this.#spans.values()].every(({ least, most }) => most - least >= width)
  }
}

/** Questions that the same numbers of people answered. */
interface Group {
  readonly answered: readonly number[]
  readonly shown: readonly Shown[]
}

/** Whether alternatives hold all small counts of some questions apart. One group changes at a time. */
function isSafe(sample: Sample, shown: readonly Shown[]): boolean {
  const groups = [...Map.groupBy(shown, (s) => String(s.question.answered)).values()].map(
    (some): Group => ({ answered: some[0]?.question.answered ?? [], shown: some }),
  )
  // Whoever answered any question is among those who answered this one, where there is such a one.
  const whole = groups.find((one) => groups.every((other) => holds(one.answered, other.answered)))
  const spans = needed(groups, whole)
  if (spans.isWide()) return true
  for (const group of groups) {
    for (const answered of near(group.answered, sample.parts)) {
      const others = groups.filter((other) => other !== group)
      const fits =
        whole === undefined ||
        (group === whole
          ? others.every((other) => holds(answered, other.answered))
          : holds(whole.answered, answered))
      if (!fits) continue
      const ranges = group.shown.map((s) => rangeOf(sample, s, answered))
      if (!ranges.every((r) => r !== null)) continue
      see(spans, groups, whole, { group, answered, ranges })
      if (spans.isWide()) return true
    }
  }
  return false
}

const holds = (larger: readonly number[], smaller: readonly number[]): boolean =>
  larger.every((n, h) => n >= (smaller[h] as number))

const minus = (one: readonly number[], other: readonly number[]): number[] =>
  one.map((n, h) => n - (other[h] as number))

/** The small counts of some questions. */
function needed(groups: readonly Group[], whole: Group | undefined): Spans {
  const spans = new Spans()
  for (const [g, { answered, shown }] of groups.entries()) {
    for (const [h, n] of answered.entries()) {
      spans.need(`answered ${g} ${h}`, n)
      for (const { question } of shown) {
        const satisfied = question.satisfied[h] as number
        spans.need(`satisfied ${question.key} ${h}`, satisfied)
        spans.need(`others ${question.key} ${h}`, n - satisfied)
      }
    }
    if (!whole) continue
    const left = minus(whole.answered, answered)
    for (const [h, n] of left.entries()) spans.need(`left out ${g} ${h}`, n)
    spans.need(`left out ${g}`, sum(left))
  }
  return spans
}

/** Numbers of answers of one group that give the same figures, with those of the others as they are. */
interface Alternative {
  readonly group: Group
  readonly answered: readonly number[]
  readonly ranges: readonly Range[]
}

function see(
  spans: Spans,
  groups: readonly Group[],
  whole: Group | undefined,
  { group, answered, ranges }: Alternative,
): void {
  const own = groups.indexOf(group)
  for (const [h, n] of answered.entries()) {
    spans.see(`answered ${own} ${h}`, n, n)
    for (const [i, { question }] of group.shown.entries()) {
      const [least, most] = [ranges[i]?.least[h] as number, ranges[i]?.most[h] as number]
      spans.see(`satisfied ${question.key} ${h}`, least, most)
      spans.see(`others ${question.key} ${h}`, n - most, n - least)
    }
  }
  if (!whole) return
  for (const [g, other] of groups.entries()) {
    if (g !== own && group !== whole) continue
    const left = group === whole ? minus(answered, other.answered) : minus(whole.answered, answered)
    for (const [h, n] of left.entries()) spans.see(`left out ${g} ${h}`, n, n)
    spans.see(`left out ${g}`, sum(left), sum(left))
  }
}

/** How far from the true numbers others are tried, by how many parts there are: few parts, all that matter. */
const reach: Readonly<Record<number, number>> = { 1: 20, 2: 9, 3: 4 }
/** Beyond three parts some of them stay as they are. */
const movedAtOnce = 2

/** Numbers of answers near the true ones, the nearest first. */
function near(answered: readonly number[], parts: readonly SamplePart[]): number[][] {
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
    .map(({ numbers }) => numbers)
}

/** How far from the true share of a part others are tried, by how many parts there are; all of up to two parts. */
const reachOfShare: Readonly<Record<number, number>> = { 3: 12, 4: 6, 5: 4 }

/** The ends of how many of each part may be satisfied, where so many answered; null where nothing fits. */
function rangeOf(sample: Sample, shown: Shown, answered: readonly number[]): Range | null {
  const key = String(answered)
  const known = shown.found.get(key)
  if (known !== undefined) return known
  const range = lookFor(sample, shown, answered)
  shown.found.set(key, range)
  return range
}

function lookFor(
  { weights }: Sample,
  { question, told: wanted }: Shown,
  answered: readonly number[],
): Range | null {
  const last = weights.length - 1
  const least = weights.map(() => Number.POSITIVE_INFINITY)
  const most = weights.map(() => Number.NEGATIVE_INFINITY)
  const satisfied = weights.map(() => 0)
  const [low, high] = [(wanted.percent - 0.5) / 100, (wanted.percent + 0.5) / 100]
  const step = (h: number): number => (weights[h] as number) / (answered[h] as number)
  const fits = (): boolean => {
    const counts = { answered, satisfied }
    if (isSmall(counts)) return false
    const { percent, worth } = told(weights, counts)
    return percent === wanted.percent && worth === wanted.worth
  }
  const walk = (h: number, share: number): void => {
    const n = answered[h] as number
    if (h < last) {
      for (const x of triedOf(question, h, n, weights.length)) {
        satisfied[h] = x
        if (share + x * step(h) <= high + 1e-9) walk(h + 1, share + x * step(h))
      }
      return
    }
    const from = Math.max(0, Math.ceil((low - share) / step(h) - 1e-6))
    const to = Math.min(n, Math.floor((high - share) / step(h) + 1e-6))
    for (let x = from; x <= to; x++) {
      satisfied[h] = x
      if (!fits()) continue
      for (const [i, count] of satisfied.entries()) {
        least[i] = Math.min(least[i] as number, count)
        most[i] = Math.max(most[i] as number, count)
      }
    }
  }
  walk(0, 0)
  return Number.isFinite(least[0]) ? { least, most } : null
}

/** How many of a part that may be satisfied are tried. */
function triedOf({ answered, satisfied }: Question, h: number, n: number, parts: number): number[] {
  const far = parts < 3 ? n : (reachOfShare[parts] ?? 2)
  const middle = Math.round((n * (satisfied[h] as number)) / (answered[h] as number))
  const [low, high] = [Math.max(0, middle - far), Math.min(n, middle + far)]
  return Array.from({ length: high - low + 1 }, (_, i) => low + i)
}
