import { checkLength, firstRefusal } from '../columns.ts'
import { type Refusal, refuse } from '../refusal.ts'
import { clustersWithin, type SampleDesign } from './design.ts'

/** The rows that an estimate uses. */
export interface Domain {
  readonly rows: number
  readonly missing: number
  readonly effectiveSize: number
  readonly clusters: number
  readonly degrees: number
}

/** Which rows an estimate of a domain uses: of weight above 0, with a value in each column. */
export function usedRows(
  design: SampleDesign,
  columns: readonly Float64Array[],
  domain: Uint8Array | undefined,
): (Domain & { readonly used: Uint8Array }) | Refusal {
  const { weights } = design
  const fault = firstRefusal([
    ...columns.map((column) => checkLength('the column of values', column, weights.length)),
    domain && checkLength('the domain', domain, weights.length),
  ])
  if (fault) return fault
  const used = new Uint8Array(weights.length)
  let [rows, missing, total, squares] = [0, 0, 0, 0]
  for (const [i, weight] of weights.entries()) {
    if (weight === 0 || (domain && domain[i] !== 1)) continue
    if (columns.some((column) => Number.isNaN(column[i]))) {
      missing += 1
      continue
    }
    if (columns.some((column) => !Number.isFinite(column[i]))) {
      return refuse('invalid-number', `A value of row ${i} is not finite. Mend it, or make it NaN.`)
    }
    used[i] = 1
    rows += 1
    total += weight
    squares += weight * weight
  }
  if (rows > 0) {
    const { count, degrees } = clustersWithin(design, used)
    const effectiveSize = (total * total) / squares
    return { used, rows, missing, effectiveSize, clusters: count, degrees }
  }
  return emptyDomain(missing)
}

export const oneCluster = (rows: number): Refusal =>
  refuse(
    'too-few',
    `The domain has ${rows} answers in one cluster, from which no error can be measured. Show none, or widen the domain.`,
  )

export function emptyDomain(missing: number): Refusal {
  const why = missing > 0 ? `None of its ${missing} answers has a value.` : 'It has no answers.'
  return refuse('empty-domain', `${why} Nothing can be estimated of the domain.`)
}
