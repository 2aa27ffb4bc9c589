import type { Audit, Leak } from '@plumbline/disclosure'
import { attackBeside, type Beside, besideEarlier } from './beside.ts'
import type { HidingRules } from './declaration.ts'
import type { WithEarlier } from './history.ts'
import { PartsAboveTotal } from './sums.ts'

/** Between what an attacker can place some counts, by their cells, before a release says anything. */
export type Told = ReadonlyMap<string, Pick<Leak, 'lower' | 'upper'>>

/**
 * What cannot be protected any more where the releases before tell, by themselves, what they should not: they were made
 * public when the rules held less against them, such as of how few people a mean is beside a hidden share of them.
 * Whatever the attacker can tell of a release that shows nothing at all was told before it.
 * @param beside the release beside those before it.
 * @returns nothing where those before it are safe: what is told of it then is told by what is new in it.
 */
export async function toldBefore(
  beside: Beside,
  of: WithEarlier,
  rules: HidingRules,
): Promise<Told> {
  if (!(await anyTells(of, rules))) return new Map()
  const { leaks } = await attackBeside(beside, rules, () => true)
  return new Map(leaks.map((leak) => [leak.key, leak]))
}

/** Whether some release before tells what it should not, held against those before it: the newest are looked at first. */
async function anyTells({ earlier, ...of }: WithEarlier, rules: HidingRules): Promise<boolean> {
  for (const [at, { figures, hidden }] of [...earlier.entries()].toReversed()) {
    try {
      const beside = besideEarlier({ ...of, figures, earlier: earlier.slice(0, at) }, rules)
      const { leaks } = await attackBeside(beside, rules, hidden)
      if (leaks.length > 0) return true
    } catch (error) {
      // A place has moved since, and nobody can say what its release told.
      if (!(error instanceof PartsAboveTotal)) throw error
    }
  }
  return false
}

/** An attack without what was told before and is told no better now. */
export function newlyTold(audit: Audit, told: Told): Audit {
  const leaks = audit.leaks.filter(({ key, lower, upper }) => {
    const was = told.get(key)
    return was === undefined || lower > was.lower || upper < was.upper
  })
  return { ...audit, leaks, safe: leaks.length === 0 }
}
