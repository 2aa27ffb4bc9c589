import type { Descriptor } from './descriptor.ts'
import type { PeriodKind } from './period.ts'

/**
 * What kind of period each indicator has, from the descriptors that name it; a descriptor whose files
 * name their own indicators stands for all that begin as its template does.
 */
export function periodKinds(
  descriptors: readonly Descriptor[],
): (code: string) => PeriodKind | null {
  const exact = new Map<string, PeriodKind>()
  const begins: [string, PeriodKind][] = []
  for (const { observations, period } of descriptors) {
    for (const { indicator } of observations) {
      const brace = indicator.indexOf('{')
      if (brace < 0) exact.set(indicator, period.kind)
      else begins.push([indicator.slice(0, brace), period.kind])
    }
  }
  return (code) => exact.get(code) ?? begins.find(([start]) => code.startsWith(start))?.[1] ?? null
}
