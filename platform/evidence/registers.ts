import type { Descriptor, SubjectClause } from './descriptor.ts'

/** From this authority on a file lists who there is, rather than naming somebody beside a figure. */
export const registerFrom = 50

/**
 * Titles of the kinds of files that make the codes of a clause known: those that bring its scheme as another
 * name, or, for lasting codes, the registers of its kind.
 */
export function registersOf(
  descriptors: readonly Descriptor[],
  { scheme, kind }: Pick<SubjectClause, 'scheme' | 'kind'>,
): string[] {
  const brings = (clause: SubjectClause): boolean =>
    clause.kind === kind &&
    (scheme === 'code'
      ? clause.unknown === 'register' && clause.authority >= registerFrom
      : clause.aliases.some((a) => a.scheme === scheme))
  return descriptors.filter((d) => d.subjects.some(brings)).map((d) => d.title)
}

const orList = new Intl.ListFormat('en-GB', { type: 'disjunction' })

/** What to do about a code that nobody has listed. */
export function importFirst(titles: readonly string[]): string {
  if (titles.length === 0) return 'Import the file that lists it first.'
  return `Import ${orList.format(titles.map((t) => `“${t}”`))} first.`
}
