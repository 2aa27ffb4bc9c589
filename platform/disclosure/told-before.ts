import type { Audit, CellTable, Leak } from '@plumbline/disclosure'
import { attackBeside, type Beside } from './beside.ts'
import type { HidingRules } from './declaration.ts'
import { isPublic } from './people-cells.ts'

/** Between what an attacker can place some counts, by their cells, before a release says anything. */
export type Told = ReadonlyMap<string, Pick<Leak, 'lower' | 'upper'>>

/**
 * What cannot be protected any more of a slot of which some release showed of how few people a mean is: it was public
 * before anything held that against the rules, and so may be what a hidden share beside it is of. Whatever the
 * attacker can tell of a release that shows nothing at all was told before it.
 * @returns nothing where no release did: what is told then should have been hidden, or have been refused.
 */
export async function toldBefore(beside: Beside, rules: HidingRules): Promise<Told> {
  if (!showedFew(beside.table, rules)) return new Map()
  const { leaks } = await attackBeside(beside, rules, () => true)
  return new Map(leaks.map((leak) => [leak.key, leak]))
}

/** Whether it is public of how few people some figure is that counts none of them. */
function showedFew(table: CellTable, { threshold = 1 }: HidingRules): boolean {
  return table.keys.some((key, cell) => {
    const count = table.counts[cell] as number
    if (count < 1 || count >= threshold || !isPublic(table, cell)) return false
    return decodeURIComponent(key).split('|')[1] === 'people'
  })
}

/** An attack without what was told before and is told no better now. */
export function newlyTold(audit: Audit, told: Told): Audit {
  const leaks = audit.leaks.filter(({ key, lower, upper }) => {
    const was = told.get(key)
    return was === undefined || lower > was.lower || upper < was.upper
  })
  return { ...audit, leaks, safe: leaks.length === 0 }
}
