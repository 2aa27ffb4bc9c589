import { criticalValue } from '../distributions.ts'
import { checkConfidence, checkCount, StatisticsError } from '../errors.ts'
import type { Estimate } from '../interval.ts'

/**
 * I-squared: the share of the spread between units that is more than chance, 0 to 1, from the
 * heterogeneity statistic Q; (Q - df) / Q, with the test-based interval of ln H (Higgins and Thompson
 * 2002). One unit gives 0 with an interval from 0 to 1; for two there is no test-based interval unless
 * Q is above 2: 0 to 1 too.
 *
 * @param q Cochran's or Pearson's statistic, from 0 up. @param units how many, from 1 up.
 * @throws StatisticsError naming the argument.
 * @example iSquared(152.233, 13) // { value: 0.9211…, lower: 0.8831…, upper: 0.9468… }
 */
export function iSquared(q: number, units: number, confidence = 0.95): Estimate {
  checkConfidence(confidence)
  checkCount('q', q)
  if (!Number.isInteger(units) || units < 1) {
    throw new StatisticsError('units', `${units} is not a whole number from 1 up`)
  }
  const freedom = units - 1
  if (freedom === 0) return { value: 0, lower: 0, upper: 1 }
  const share = (logH: number): number => Math.max(0, 1 - Math.exp(-2 * logH))
  const logH = q > freedom ? Math.log(q / freedom) / 2 : 0
  const wide = freedom === 1 && q <= units
  if (wide) return { value: share(logH), lower: 0, upper: 1 }
  const error =
    q > units
      ? (0.5 * (Math.log(q) - Math.log(freedom))) / (Math.sqrt(2 * q) - Math.sqrt(2 * freedom - 1))
      : Math.sqrt((1 / (2 * (freedom - 1))) * (1 - 1 / (3 * (freedom - 1) ** 2)))
  const width = criticalValue(confidence) * error
  return { value: share(logH), lower: share(logH - width), upper: share(logH + width) }
}
