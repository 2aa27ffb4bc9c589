import type { Counted } from './counts.ts'
import { dimensionsOf, without } from './sums.ts'

/** Counts by place and group. */
type Counts = ReadonlyMap<string, { readonly figure: Counted; readonly count: number }>

/** A total and all groups that are listed of it in one dimension. */
interface GroupSum {
  readonly total: string
  readonly parts: readonly string[]
}

/**
 * Looks at two columns of counts as if they were one, and at sums of groups that neither of them lists alone: where
 * one lists a total and the other its parts, or each some of them. What groups there are is asked once of columns
 * that list the same.
 */
export class SumsOfTwo {
  readonly #groups = new Map<Counts, ReadonlySet<string>>()
  readonly #names = new Map<Counts, string>()
  readonly #sums = new Map<string, readonly GroupSum[]>()

  /**
   * In how many places such sums hold: each in all places that list all of it, or it is taken for chance.
   * @returns null where parts come to more than their total somewhere: they are not the same people.
   */
  witnesses(one: Counts, other: Counts): number | null {
    const sums = this.#sumsOf(one, other)
    if (sums.length === 0) return 0
    const subjects = new Set([...one.values(), ...other.values()].map((c) => c.figure.subject))
    let all = 0
    for (const { total, parts } of sums) {
      let holding = 0
      for (const subject of subjects) {
        const countOf = (group: string): number => {
          const at = `|${subject}|${group}`
          return (one.get(at) ?? other.get(at))?.count ?? Number.NaN
        }
        const left = parts.reduce((n, group) => n - countOf(group), countOf(total))
        if (left < 0) return null
        if (left > 0) {
          holding = 0
          break
        }
        if (left === 0 && countOf(total) > 0) holding += 1
      }
      all += holding
    }
    return all
  }

  #sumsOf(one: Counts, other: Counts): readonly GroupSum[] {
    const name = `${this.#nameOf(one)}\n\n${this.#nameOf(other)}`
    const found = this.#sums.get(name) ?? sumsOfBoth(this.#groupsOf(one), this.#groupsOf(other))
    this.#sums.set(name, found)
    return found
  }

  #groupsOf(counts: Counts): ReadonlySet<string> {
    const found =
      this.#groups.get(counts) ?? new Set([...counts.values()].map((c) => c.figure.group))
    this.#groups.set(counts, found)
    return found
  }

  #nameOf(counts: Counts): string {
    const found = this.#names.get(counts) ?? [...this.#groupsOf(counts)].sort().join('\n')
    this.#names.set(counts, found)
    return found
  }
}

/** Sums of two groups at least, since one alone is no sum. */
function sumsOfBoth(one: ReadonlySet<string>, other: ReadonlySet<string>): GroupSum[] {
  const parts = new Map<string, { total: string; parts: string[] }>()
  for (const group of new Set([...one, ...other]))
    for (const dimension of dimensionsOf(group)) {
      const total = without(group, dimension)
      if (!one.has(total) && !other.has(total)) continue
      const name = `${dimension}|${total}`
      parts.set(name, { total, parts: [...(parts.get(name)?.parts ?? []), group] })
    }
  const isWithin = (sum: GroupSum, groups: ReadonlySet<string>): boolean =>
    [sum.total, ...sum.parts].every((group) => groups.has(group))
  return [...parts.values()].filter(
    (sum) => sum.parts.length > 1 && !isWithin(sum, one) && !isWithin(sum, other),
  )
}
