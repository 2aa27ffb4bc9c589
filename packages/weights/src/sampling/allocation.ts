import { shown } from '../columns.ts'
import { type Refusal, refuse } from '../refusal.ts'

/** A part of the frame that is sampled by itself, such as the patients of one practice. */
export interface Stratum {
  readonly name: string
  /** How many may be asked, a whole number from 1. */
  readonly size: number
  /** The standard deviation of what is measured, from 0; for Neyman and power allocation. */
  readonly spread?: number
}

/** How a sample is shared among strata; see {@link allocate}. */
export type AllocationRule = 'equal' | 'proportional' | 'neyman' | { readonly power: number }

/** How many to ask in each stratum, in the order of the strata. */
export interface Allocation {
  readonly kind: 'allocation'
  readonly sizes: Int32Array
  /** The chance of each member of the stratum to be asked. */
  readonly inclusion: Float64Array
}

/**
 * Shares a sample among strata: the same for each (`equal`), as they are large (`proportional`), as they are large
 * and varied (`neyman`, Neyman 1934), or as size to a power times spread (Bankier 1988; 0.5 is common, a spread
 * that is not given counts 1). No stratum gives more than it has: what is over goes to the others.
 * Shares are rounded by largest remainders, so that the sizes sum to the sample.
 * @param sample how many to ask in all.
 * @param least the fewest in each stratum (or all that it has).
 * @example allocate([{ name: 'north', size: 600 }, { name: 'south', size: 400 }], 50, 'proportional').sizes
 * // [30, 20]
 */
export function allocate(
  strata: readonly Stratum[],
  sample: number,
  rule: AllocationRule,
  { least = 0 }: { least?: number } = {},
): Allocation | Refusal {
  const fault = faultOf(strata, sample, rule, least)
  if (fault) return fault
  const measures = strata.map((stratum) => measureOf(stratum, rule))
  const fixed = fixedSizes(strata, measures, sample, least)
  const left = sample - fixed.reduce<number>((total, size) => total + (size ?? 0), 0)
  const free = strata.flatMap((_, h) => (fixed[h] === undefined ? [h] : []))
  if (left < 0 || (left > 0 && free.length === 0)) {
    return refuse(
      'sample-too-small',
      `A sample of ${shown(sample)} cannot give ${shown(least)} to each of ${strata.length} strata. Ask more in all, or fewer in each.`,
    )
  }
  const total = free.reduce((sum, h) => sum + (measures[h] as number), 0)
  if (left > 0 && total === 0) {
    return refuse(
      'no-spread',
      'Strata with a spread of 0 cannot share out a sample. Give spreads above 0, or another rule.',
    )
  }
  const shares = strata.map((_, h) =>
    fixed[h] === undefined && total > 0 ? (left * (measures[h] as number)) / total : 0,
  )
  const rounded = largestRemainders(shares, left)
  const sizes = Int32Array.from(strata, (_, h) => fixed[h] ?? (rounded[h] as number))
  const inclusion = Float64Array.from(strata, ({ size }, h) => (sizes[h] as number) / size)
  return { kind: 'allocation', sizes, inclusion }
}

function faultOf(
  strata: readonly Stratum[],
  sample: number,
  rule: AllocationRule,
  least: number,
): Refusal | undefined {
  for (const { name, size, spread } of strata) {
    if (!Number.isSafeInteger(size) || size < 1) {
      return refuse(
        'invalid-number',
        `Stratum ${name} has the size ${size}. Give a whole number from 1, or leave the stratum out.`,
        { variable: name },
      )
    }
    if (spread === undefined ? rule === 'neyman' : !(spread >= 0 && spread < Infinity)) {
      return refuse(
        'no-spread',
        `Stratum ${name} has ${spread === undefined ? 'no spread' : `the spread ${spread}`}. Give its standard deviation, from 0 up.`,
        { variable: name },
      )
    }
  }
  const power = typeof rule === 'object' ? rule.power : 1
  if (!Number.isSafeInteger(sample) || sample < 1 || !Number.isSafeInteger(least) || least < 0) {
    return refuse('invalid-number', 'Give whole numbers: a sample from 1 and a least from 0.')
  }
  if (!Number.isFinite(power)) return refuse('invalid-number', 'Give a finite power.')
  const frame = strata.reduce((total, { size }) => total + size, 0)
  if (sample <= frame) return undefined
  return refuse(
    'sample-too-large',
    `A sample of ${shown(sample)} is more than the frame of ${shown(frame)}. Ask fewer.`,
  )
}

function measureOf({ size, spread }: Stratum, rule: AllocationRule): number {
  if (rule === 'equal') return 1
  if (rule === 'proportional') return size
  if (rule === 'neyman') return size * (spread ?? 0)
  return size ** rule.power * (spread ?? 1)
}

/** The sizes of strata that would get more than they have, or less than the least; the others undefined. */
function fixedSizes(
  strata: readonly Stratum[],
  measures: readonly number[],
  sample: number,
  least: number,
): (number | undefined)[] {
  const fixed = new Array<number | undefined>(strata.length).fill(undefined)
  for (;;) {
    let left = sample
    let total = 0
    for (const [h, size] of fixed.entries()) {
      if (size === undefined) total += measures[h] as number
      else left -= size
    }
    const share = (h: number): number => (total > 0 ? (left * (measures[h] as number)) / total : 0)
    const free = strata.flatMap(({ size }, h) => (fixed[h] === undefined ? [{ h, size }] : []))
    const over = free.filter(({ h, size }) => share(h) > size)
    const under = free.filter(({ h, size }) => share(h) < Math.min(least, size))
    for (const { h, size } of over.length > 0 ? over : under) {
      fixed[h] = over.length > 0 ? size : Math.min(least, size)
    }
    if (over.length === 0 && under.length === 0) return fixed
  }
}

/** Whole numbers that sum to `total`, each a share rounded up or down; ties go to the earlier. */
function largestRemainders(shares: readonly number[], total: number): number[] {
  const rounded = shares.map((share) => Math.floor(share + 1e-9))
  const missing = total - rounded.reduce((sum, size) => sum + size, 0)
  const order = shares
    .map((share, h) => ({ h, remainder: share - (rounded[h] as number) }))
    .sort((a, b) => b.remainder - a.remainder || a.h - b.h)
  for (const { h } of order.slice(0, missing)) rounded[h] = (rounded[h] as number) + 1
  return rounded
}
