import { normalQuantile } from '../distributions.ts'
import { StatisticsError } from '../errors.ts'

/**
 * The median odds ratio (Larsen and Merlo 2005; Merlo and others 2006): of two units drawn at random, how
 * many times higher the odds are in the higher one, in the median; 1 where units don't differ. Of a
 * standard deviation of log rates it is the median rate ratio.
 *
 *     exp(sqrt(2) x 0.6745 x sd)
 *
 * @param sd the standard deviation of log odds (or log rates) between units, from 0 up.
 * @throws StatisticsError naming `sd`.
 * @example medianOddsRatio(1) // 2.5957…
 */
export function medianOddsRatio(sd: number): number {
  if (!(sd >= 0)) throw new StatisticsError('sd', `${sd} is not a number from 0 up`)
  return Math.exp(Math.SQRT2 * normalQuantile(0.75) * sd)
}
