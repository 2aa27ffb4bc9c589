import type { Audit, Leak } from '@plumbline/disclosure'
import { attackBeside, type Beside, besideEarlier } from './beside.ts'
import type { HidingRules } from './declaration.ts'
import type { WithEarlier } from './history.ts'
import { PartsAboveTotal } from './sums.ts'

/** Between what an attacker can place some counts, by their cells, before a release says anything. */
export type Told = ReadonlyMap<string, Pick<Leak, 'lower' | 'upper'>>

/**
 * What cannot be protected any more where the releases before tell, by themselves, what they should not, and would not
 * if of how many people their means are were no counts: they were public before these were held against the rules,
 * such as a mean of few beside a hidden share of them. Whatever the attacker can tell of a release that shows nothing
 * at all was told before it.
 * @param beside the release beside those before it.
 * @returns nothing where those before it are safe, or are not for another reason: then such a release is refused.
 */
export async function toldBefore(
  beside: Beside,
  of: WithEarlier,
  rules: HidingRules,
): Promise<Told> {
  const areMeans = of.earlier.some(({ figures }) =>
    figures.some((f) => (f.people ?? null) !== null),
  )
  const byPeople =
    areMeans && (await anyTells(of, rules)) && !(await anyTells(withoutPeople(of), rules))
  if (!byPeople) return new Map()
  const { leaks } = await attackBeside(beside, rules, () => true)
  return new Map(leaks.map((leak) => [leak.key, leak]))
}

function withoutPeople(of: WithEarlier): WithEarlier {
  const earlier = of.earlier.map((one) => ({
    ...one,
    figures: one.figures.map((f) => ({ ...f, people: null })),
  }))
  return { ...of, earlier }
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
