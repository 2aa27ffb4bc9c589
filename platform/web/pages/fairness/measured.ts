import type { Indicator } from '../../../evidence/indicator.ts'
import { byWidth, type FoundGap, newestGaps } from '../../../fairness/gaps.ts'
import type { Lottery } from '../../../fairness/lottery.ts'
import type { FairnessOf } from '../../../fairness/store.ts'
import type { PageContext } from '../context.ts'
import { gapData } from './named.ts'

/** An indicator with what was last found of fairness in it. */
export interface Measured {
  readonly indicator: Indicator
  readonly of: FairnessOf
  /** The widest certain gap first. */
  readonly gaps: readonly FoundGap[]
}

/** What was measured, of one service or of all, the indicator with the widest certain gap first. */
export async function measuredIn(
  { reader, state, indicators }: PageContext,
  service: string | null,
): Promise<Measured[]> {
  const shown = reader.services(state).filter((s) => service === null || s.code === service)
  const all = [...(await reader.fairness.all(state)).values()].flatMap((of): Measured[] => {
    const indicator = indicators.get(of.indicator)
    const known = shown.some((s) => s.code === of.declared.service)
    return indicator && known ? [{ indicator, of, gaps: newestGaps(of) }] : []
  })
  return all.sort(byWidestGap)
}

function byWidestGap(a: Measured, b: Measured): number {
  const [one, other] = [a.gaps[0], b.gaps[0]]
  if (one && other) return byWidth(one, other)
  return Number(other !== undefined) - Number(one !== undefined)
}

/** The newest spread that is known between providers, or between places. */
export const newestLottery = (
  { of }: Measured,
  between: 'lottery' | 'placeLottery',
): { readonly period: string; readonly lottery: Lottery } | null => {
  const at = of.periods.findLast((p) => p.found[between] !== null)
  const lottery = at?.found[between]
  return at && lottery ? { period: at.period, lottery } : null
}

/** An indicator's fairness as data, without who is named: that stands with the indicator. */
export const measuredData = (measured: Measured) => ({
  indicator: measured.indicator.code,
  name: measured.indicator.name,
  service: measured.of.declared.service,
  gaps: measured.gaps.map(gapData),
  lottery: newestLottery(measured, 'lottery'),
  placeLottery: newestLottery(measured, 'placeLottery'),
})
