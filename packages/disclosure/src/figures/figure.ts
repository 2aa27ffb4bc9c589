import type { ProtectedTable } from '../suppress/protect.ts'
import { statusOf } from '../table/table.ts'

/**
 * A figure as the public sees it. There is one marker for all that is hidden, whether for its own sake or to
 * protect another: a second one would tell which are small.
 */
export type Figure =
  | { readonly value: number; readonly status: 'published' }
  | { readonly value: null; readonly status: 'suppressed' }
  | { readonly value: null; readonly status: 'unmeasured' }

const suppressed: Figure = { value: null, status: 'suppressed' }
const unmeasured: Figure = { value: null, status: 'unmeasured' }

/**
 * The figures of a table for the public, by key; cells that are never published are left out.
 *
 * @returns nothing at all where the audit found a leak.
 * @example
 * protect(
 *   crossTable({
 *     dimensions: [{ name: 'sex', total: { code: 'all', children: [{ code: 'f' }, { code: 'm' }] } }],
 *     rows: [{ codes: ['f'], count: 3 }, { codes: ['m'], count: 9 }, { codes: ['all'], count: 12 }],
 *   }),
 *   { threshold: 5 },
 * ).then((safe) => publishedFigures(safe)?.get('sex=m'))
 * // { value: null, status: 'suppressed' }
 */
export function publishedFigures({
  table,
  hidden,
  audit,
}: ProtectedTable): ReadonlyMap<string, Figure> | undefined {
  if (!audit.safe) return undefined
  const figures = new Map<string, Figure>()
  table.keys.forEach((key, cell) => {
    const value = table.counts[cell] as number
    if (statusOf(table, cell) === 'unpublished') return
    if (hidden[cell] === 1) figures.set(key, suppressed)
    else if (Number.isNaN(value)) figures.set(key, unmeasured)
    else figures.set(key, { value, status: 'published' })
  })
  return figures
}

/**
 * A share, a rate or a difference, worked out from figures after they were protected. It is suppressed where one
 * of its figures is: a percentage beside its base, or limits beside a rate, would give the count away.
 *
 * @param compute takes the values in the order of the figures.
 * @example
 * deriveFigure(
 *   [{ value: 9, status: 'published' }, { value: 12, status: 'published' }],
 *   (part, whole) => (100 * part) / whole,
 * )
 * // { value: 75, status: 'published' }
 */
export function deriveFigure(
  figures: readonly Figure[],
  compute: (...values: readonly number[]) => number,
): Figure {
  if (figures.some(({ status }) => status === 'suppressed')) return suppressed
  const values = figures.flatMap(({ value }) => (value === null ? [] : [value]))
  if (values.length < figures.length) return unmeasured
  const value = compute(...values)
  return Number.isFinite(value) ? { value, status: 'published' } : unmeasured
}
