import { shown } from '../columns.ts'
import { type Refusal, refuse } from '../refusal.ts'
import type { Allocation, Stratum } from './allocation.ts'

/** A provider whose users are to be asked, with the share of them that is expected to answer. */
export interface ProviderFrame extends Stratum {
  /** Above 0, up to 1; the last survey's, as a rule. */
  readonly responseRate: number
}

/** How many to ask of each provider so that enough may reply. */
export interface ReplyAllocation extends Allocation {
  readonly expected: Float64Array
  /** The providers whose whole frame is too small, and how many replies to expect of them. */
  readonly short: readonly { readonly name: string; readonly expected: number }[]
}

/**
 * Sizes a sample by what comes back: as many are asked of each provider as give a stated number of replies at its
 * expected response rate, at most all. So the GP Patient Survey sizes its samples, each practice by itself.
 * @param replies how many replies each provider should have.
 * @example allocateReplies([{ name: 'practice', size: 5000, responseRate: 0.25 }], 100).sizes // [400]
 */
export function allocateReplies(
  providers: readonly ProviderFrame[],
  replies: number,
): ReplyAllocation | Refusal {
  if (!(replies > 0 && replies < Infinity)) {
    return refuse('invalid-number', `${replies} replies cannot be wanted. Give a number above 0.`)
  }
  for (const { name, size, responseRate } of providers) {
    if (!(responseRate > 0 && responseRate <= 1) || !Number.isSafeInteger(size) || size < 1) {
      return refuse(
        'invalid-number',
        `${name} has the size ${shown(size)} and the response rate ${shown(responseRate)}. Give a whole number from 1 and a rate above 0, up to 1.`,
        { variable: name },
      )
    }
  }
  const sizes = Int32Array.from(providers, ({ size, responseRate }) =>
    // Of 100 / 0.1 one must not ask 1001 because a tenth is no binary number.
    Math.min(size, Math.ceil(replies / responseRate - 1e-9)),
  )
  const expected = Float64Array.from(
    providers,
    ({ responseRate }, h) => (sizes[h] as number) * responseRate,
  )
  return {
    kind: 'allocation',
    sizes,
    inclusion: Float64Array.from(providers, ({ size }, h) => (sizes[h] as number) / size),
    expected,
    short: providers.flatMap(({ name }, h) => {
      const found = expected[h] as number
      return found < replies - 1e-6 ? [{ name, expected: found }] : []
    }),
  }
}
