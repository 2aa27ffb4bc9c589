import { direction } from '../../../comparison/estimate.ts'
import { estimateOf } from '../../../comparison/estimate-figures.ts'
import type { Direction, Figure } from '../../../comparison/figures.ts'
import { comparisonOf } from '../../../comparison/sheet.ts'
import { type Indicator, isComparable } from '../../../evidence/indicator.ts'
import * as words from '../../words.ts'

/** A provider's name with its figure. */
export interface Named {
  readonly name: string
  /** "special schools", for one that is held only against its own kind; null for all others. */
  readonly kind: string | null
  readonly figure: Figure
}

/** More than so many are not held against each other in words: the pairs would be too many to read. */
const mostPaired = 3

const isOrAre = (names: readonly string[]): string => (names.length === 1 ? 'is' : 'are')

const ended = (clauses: readonly string[]): string =>
  clauses.length === 0 ? '' : `${words.sentenceCase(clauses.join('; '))}.`

/** "Birchwood is higher than England; the others are not clearly different." */
function againstWhole(indicator: Indicator, all: readonly Named[]): string {
  const held = all.flatMap(({ name, figure }) => {
    const whole = comparisonOf(figure, 'whole')
    return whole && whole.direction !== null
      ? [{ name, whole: words.shortName(whole.name), direction: whole.direction }]
      : []
  })
  const [first] = held
  // One that is held against another whole (its own kind's) has its own words in the table.
  const same = held.filter((h) => h.whole === first?.whole)
  if (!first || same.length === 0) return ''
  const similar = same.filter((h) => h.direction === 0).map((h) => h.name)
  const different = Map.groupBy(
    same.filter((h) => h.direction !== 0),
    (h) => words.word(indicator, h.direction).word,
  )
  if (different.size === 0) {
    if (same.length === all.length && all.length > 1) {
      const none = all.length === 2 ? 'neither' : 'none of them'
      return ended([`${none} is clearly different from ${first.whole}`])
    }
    return ended([
      `${words.list(similar)} ${isOrAre(similar)} not clearly different from ${first.whole}`,
    ])
  }
  const clauses = [...different].map(([word, some]) => {
    const names = some.map((h) => h.name)
    return `${words.list(names)} ${isOrAre(names)} ${word} than ${first.whole}`
  })
  if (similar.length === 1) clauses.push(`${similar[0]} is not clearly different`)
  if (similar.length > 1) clauses.push('the others are not clearly different')
  return ended(clauses)
}

interface Pair {
  readonly a: string
  readonly b: string
  readonly direction: Direction | null
}

/** Every two of them, of the same period and kind, by the interval of their difference. */
function pairsOf(indicator: Indicator, all: readonly Named[]): Pair[] {
  if (!isComparable(indicator) || indicator.labels) return []
  return all.flatMap((a, i) =>
    all.slice(i + 1).flatMap((b): Pair[] => {
      if (a.figure.period !== b.figure.period || a.kind !== b.kind) return []
      if (a.figure.value === null || b.figure.value === null) return []
      const found = direction(estimateOf(a.figure), estimateOf(b.figure))
      return [{ a: a.name, b: b.name, direction: found }]
    }),
  )
}

/** Whom a pair is told of: the better one, or the higher where neither is good. */
function theBetterFirst(indicator: Indicator, { a, b, direction }: Pair) {
  const { word, tone } = words.word(indicator, direction)
  const turned = tone === 'worse' || (tone === 'neutral' && (direction ?? 0) < 0)
  if (!turned) return { name: a, word, than: b }
  return { name: b, word: words.word(indicator, -(direction ?? 0) as Direction).word, than: a }
}

/** "Ashbrook is better than Birchwood; no other two are clearly different." */
function againstEachOther(indicator: Indicator, all: readonly Named[]): string {
  const pairs = pairsOf(indicator, all)
  if (pairs.length === 0) return ''
  const known = pairs.filter((p) => p.direction !== null)
  if (known.length === 0)
    return 'Without intervals nobody can say whether they differ from each other.'
  const different = known.filter((p) => p.direction !== 0)
  if (different.length === 0) {
    const [only] = known
    return known.length === 1 && only
      ? `${all.length === 2 ? 'The two' : `${only.a} and ${only.b}`} are not clearly different from each other.`
      : 'No two of them are clearly different from each other.'
  }
  const told = different.map((pair) => theBetterFirst(indicator, pair))
  const clauses = [...Map.groupBy(told, (t) => `${t.name} is ${t.word}`)].map(
    ([text, some]) => `${text} than ${words.list(some.map((t) => t.than))}`,
  )
  if (known.length > different.length) clauses.push('no other two are clearly different')
  return ended(clauses)
}

/** What a table of a few providers comes to, in words: against the whole, and against each other. */
export function conclusion(indicator: Indicator, all: readonly Named[]): string {
  const paired = all.length <= mostPaired ? againstEachOther(indicator, all) : ''
  return [againstWhole(indicator, all), paired].filter((s) => s !== '').join(' ')
}

/** Does any two of them differ beyond chance? Null where nobody can say. */
export function differs(indicator: Indicator, all: readonly Named[]): boolean | null {
  const known = pairsOf(indicator, all).filter((p) => p.direction !== null)
  return known.length === 0 ? null : known.some((p) => p.direction !== 0)
}

/** Of all the main figures: in which two or three providers differ. The first sentence of the page. */
export function inShort(tables: readonly (readonly [Indicator, readonly Named[]])[]): string {
  if (tables.some(([, all]) => all.length > mostPaired)) return ''
  const told = tables.flatMap(([indicator, all]) => {
    const found = differs(indicator, all)
    return found === null ? [] : [{ name: indicator.name, found }]
  })
  if (told.length === 0) return ''
  const figures = told.length === 1 ? 'the one main figure' : `the ${told.length} main figures`
  const different = told.filter((t) => t.found).map((t) => t.name)
  if (different.length === 0)
    return `In ${figures} that can be compared, they are not clearly different.`
  return `They are clearly different in ${different.length} of ${figures} that can be compared: ${words.list(different)}.`
}
