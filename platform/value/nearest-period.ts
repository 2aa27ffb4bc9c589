import type { PeriodKind } from '../evidence/period.ts'
import { periodSpan } from '../evidence/period.ts'

const daysAYear = 366

/**
 * Of an indicator's periods the one that begins nearest to a year, the later of two as near; null
 * where none begins within so many years of it.
 * @example nearestPeriod({ period: '2022-23', kind: 'financial-year' }, ['2022'], 'year', 1) // '2022'
 */
export function nearestPeriod(
  year: { readonly period: string; readonly kind: PeriodKind },
  all: readonly string[],
  kind: PeriodKind,
  within: number,
): string | null {
  const day = (period: string, of: PeriodKind): number =>
    Date.parse(periodSpan(period, of).from) / 86_400_000
  const from = day(year.period, year.kind)
  let best: { period: string; away: number } | null = null
  for (const period of all) {
    const away = Math.abs(day(period, kind) - from)
    if (away > within * daysAYear) continue
    if (best === null || away < best.away || (away === best.away && period > best.period)) {
      best = { period, away }
    }
  }
  return best?.period ?? null
}
