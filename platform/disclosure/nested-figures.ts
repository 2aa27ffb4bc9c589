import type { Counted } from './counts.ts'
import type { DisclosureDeclaration } from './declaration.ts'
import type { Earlier } from './history.ts'
import { GroupsOverlap, needsNoOverlap, nestedGroups } from './nested-groups.ts'
import { UnsafeRelease } from './unsafe-release.ts'

/**
 * The figures, and those of releases before, with the groups that hold each of theirs.
 * @throws UnsafeRelease where small counts are hidden, and groups of an indicator are partly in each other.
 */
export function nestedFigures<F extends Counted>(
  what: string,
  figures: readonly F[],
  earlier: readonly Earlier[],
  { groups, rules }: Pick<DisclosureDeclaration, 'groups' | 'rules'>,
): [readonly F[], readonly Earlier[]] {
  try {
    // What is rounded keeps its interval whatever it is held against.
    if (rules)
      for (const own of Map.groupBy(figures, (f) => f.indicator).values())
        needsNoOverlap(own.map((f) => f.group))
  } catch (error) {
    if (error instanceof GroupsOverlap) throw new UnsafeRelease(`${what}: ${error.message}`)
    throw error
  }
  const all = [...figures, ...earlier.flatMap((one) => one.figures)]
  const nest = nestedGroups(
    all.map((f) => f.group),
    groups,
  )
  const inOthers = <G extends Counted>(some: readonly G[]): G[] =>
    some.map((f) => ({ ...f, group: nest(f.group) }))
  return [inOthers(figures), earlier.map((one) => ({ ...one, figures: inOthers(one.figures) }))]
}
