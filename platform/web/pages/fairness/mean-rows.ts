import type { Estimate } from '@plumbline/statistics'
import { boundsOf, type Indicator } from '../../../evidence/indicator.ts'
import { type Ends, intervalBar } from '../../components/interval-bar/interval-bar.ts'
import { commonScale, type Domain } from '../../components/scale.ts'
import * as words from '../../words.ts'

/** A mean or a published figure, and whom it is of. */
export interface NamedMean {
  readonly name: string
  /** "1,234 practices". */
  readonly about: string
  readonly mean: Estimate
}

/** The bar shows the 95% interval alone. */
export const limitsOf = ({ lower, upper }: Estimate): Ends => ({
  lower95: lower,
  upper95: upper,
  lower998: lower,
  upper998: upper,
})

/** Means with an interval bar each on one scale, as `barTable` takes them. */
export function meanRows(indicator: Indicator, means: readonly NamedMean[]) {
  const ends = means.flatMap(({ mean }) => [mean.lower, mean.upper])
  const domain: Domain = commonScale(ends, boundsOf(indicator))
  return means.map(({ name, about, mean }) => {
    const text = `${words.value(indicator, mean.value)} (${words.limits(indicator, limitsOf(mean))})`
    const bar = intervalBar(mean.value, limitsOf(mean), null, domain, text)
    return { name, about, text, bar }
  })
}
