import { numberReader } from '../cells.ts'
import type { Row } from '../template.ts'
import type { ColumnProfile } from './column-profile.ts'

/** Numbers of one row that belong together: `value` is `scale` x numerator / denominator. */
export interface Relation {
  readonly value: number
  readonly numerator: number
  readonly denominator: number
  readonly scale: number
}

/** So many columns of numbers are tried against each other; more would be many thousand trials. */
const columnsTried = 24
/** Percentages first: a part and a whole are the likeliest reason that numbers go together. */
const scales = [100, 1, 1000] as const

/** A name that says of its column that it is a share or a rate, and so no part and no whole. */
const shareName = /%|(^|[^a-z])(shares?|rates?|pct|perc|percent(age)?s?|proportions?)([^a-z]|$)/i

/** Numbers of a column, and how finely it is rounded. */
interface Tried {
  readonly at: number
  readonly numbers: readonly number[]
  readonly decimals: number
  /** Its name says that it is a share or a rate. */
  readonly isShare: boolean
  readonly isWhole: boolean
}

/**
 * Finds columns that are a part and a whole of another column, by trying them on rows of the file:
 * it must hold in 95% of at least three rows, within the value's own rounding. A column that was
 * found to be a part or a whole is no value, and the other way round. Where 55.6 is 100 x 5 / 9, 9 is
 * also 100 x 5 / 55.6: what is named as a share is no part and no whole, and whole numbers have no part
 * that is none. (Numbers that are none may have such parts: Fingertips estimates counts.)
 */
export function findRelations(
  rows: readonly Row[],
  columns: readonly number[],
  profiles: readonly Pick<ColumnProfile, 'name' | 'decimalChar'>[],
): Relation[] {
  const tried = columns
    .slice(0, columnsTried)
    .map((at) => triedOf(rows, at, profiles[at]))
    .sort((a, b) => Number(b.isShare) - Number(a.isShare) || b.decimals - a.decimals)
  const found: Relation[] = []
  const values = new Set<number>()
  const parts = new Set<number>()
  for (const scale of scales) {
    for (const value of tried) {
      if (values.has(value.at) || parts.has(value.at)) continue
      const relation = relationOf(value, scale, tried, values)
      if (!relation) continue
      found.push(relation)
      values.add(value.at)
      parts.add(relation.numerator).add(relation.denominator)
    }
  }
  return found
}

function triedOf(
  rows: readonly Row[],
  at: number,
  profile: Pick<ColumnProfile, 'name' | 'decimalChar'> | undefined,
): Tried {
  const texts = rows.map((r) => (r[at] ?? '').trim())
  const numbers = texts.map(numberReader(profile?.decimalChar))
  const isShare = shareName.test(profile?.name ?? '')
  const isWhole = numbers.every((n) => Number.isNaN(n) || Number.isInteger(n))
  const decimals = Math.max(0, ...texts.map((t) => decimalsOf(t, profile?.decimalChar)))
  return { at, numbers, decimals, isShare, isWhole }
}

const decimalsOf = (text: string, decimalChar: '.' | ',' = '.'): number =>
  (decimalChar === ',' ? /,(\d+) ?%?$/ : /\.(\d+)%?$/).exec(text)?.[1]?.length ?? 0

function relationOf(
  value: Tried,
  scale: number,
  tried: readonly Tried[],
  values: ReadonlySet<number>,
): Relation | null {
  const others = tried.filter(
    (t) => t !== value && !t.isShare && (t.isWhole || !value.isWhole) && !values.has(t.at),
  )
  for (const denominator of others) {
    for (const numerator of others) {
      if (numerator === denominator) continue
      if (holds(value, numerator, denominator, scale)) {
        return { value: value.at, numerator: numerator.at, denominator: denominator.at, scale }
      }
    }
  }
  return null
}

function holds(value: Tried, numerator: Tried, denominator: Tried, scale: number): boolean {
  const tolerance = Math.max(0.51 * 10 ** -value.decimals, 1e-6 * scale)
  let tried = 0
  let right = 0
  let least = Number.POSITIVE_INFINITY
  let most = Number.NEGATIVE_INFINITY
  for (let i = 0; i < value.numbers.length; i++) {
    const x = value.numbers[i] as number
    const part = numerator.numbers[i] as number
    const whole = denominator.numbers[i] as number
    if (Number.isNaN(x + part + whole) || whole <= 0 || part <= 0) continue
    tried += 1
    least = Math.min(least, x)
    most = Math.max(most, x)
    const fits = scale !== 100 || part <= whole
    if (fits && Math.abs((scale * part) / whole - x) <= tolerance) right += 1
    else if (tried - right > 20) return false
  }
  // Values that hardly differ agree with anything.
  return tried >= 3 && most - least > 20 * tolerance && right >= 0.95 * tried
}
