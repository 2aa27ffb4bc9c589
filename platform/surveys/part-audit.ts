import {
  few,
  isSmall,
  near,
  type Question,
  type Range,
  rangeOf,
  type Sample,
  type SamplePart,
  type Shown,
  sum,
  width,
} from './alternatives.ts'
import { type Told, told, worthTo } from './published-share.ts'

/**
 * Which questions of one provider can be shown, those first that come first, so that nobody can work out a count of
 * 1 to 4 of a part: of those who answered, are satisfied, are not, or left one question out and answered another.
 * An attacker knows how many people were invited of each part, that some questions were answered by the same people,
 * and how figures are made; for each such count there must be others, far enough apart, of which the same figures
 * come. They are looked for near the true ones: where there are others that are not found, more is hidden than must.
 * @param isAlone whether the sample is of this provider alone: then how many answered at all is public, rounded down.
 */
export function safeToShow(
  parts: readonly SamplePart[],
  questions: readonly Question[],
  isAlone = false,
): ReadonlyMap<string, Told> {
  const people = parts.reduce((n, p) => n + p.people, 0)
  const weights = parts.map((p) => p.people / people)
  let shown: Shown[] = []
  for (const question of questions) {
    if (isSmall(question)) continue
    const own = told(weights, question)
    if (own.worth === 0) continue
    const more = [...shown, { question, told: own, found: new Map() }]
    if (isSafe({ parts, weights, isAlone }, more)) shown = more
  }
  return new Map(shown.map((s) => [s.question.key, s.told]))
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
      if (sample.isAlone && (!whole || group === whole) && !isAsMany(answered, group.answered)) {
        continue
      }
      const fits =
        whole === undefined ||
        (group === whole
          ? others.every((other) => holds(answered, other.answered))
          : holds(whole.answered, answered))
      if (!fits) continue
      const ranges: Range[] = []
      for (const one of group.shown) {
        const range = rangeOf(sample, one, answered)
        if (range === null) break
        ranges.push(range)
      }
      if (ranges.length < group.shown.length) continue
      see(spans, groups, whole, { group, answered, ranges })
      if (spans.isWide()) return true
    }
  }
  return false
}

const holds = (larger: readonly number[], smaller: readonly number[]): boolean =>
  larger.every((n, h) => n >= (smaller[h] as number))

/** Whether two numbers of people look alike where they are rounded down, as the page of results does. */
const isAsMany = (one: readonly number[], other: readonly number[]): boolean =>
  Math.floor(sum(one) / worthTo) === Math.floor(sum(other) / worthTo)

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
