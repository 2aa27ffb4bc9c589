import type { Descriptor } from '../evidence/descriptor.ts'
import { draftCaveat } from '../evidence/draft-indicator.ts'

/** Something that a draft leaves to a person: where it stands in the descriptor, and what it says. */
export interface OpenDecision {
  /** "publisher", "indicators[0].topic". */
  readonly where: string
  readonly says: string
}

const isOpen = (text: string, where: string): boolean =>
  /Decide: |example\.org\/decide/.test(text) || (where === 'title' && / \(draft\)$/.test(text))

/** Everything in a descriptor that nobody has decided, in the order of its file. */
export function openDecisions(value: unknown, where = ''): OpenDecision[] {
  if (typeof value === 'string') return isOpen(value, where) ? [{ where, says: value }] : []
  if (Array.isArray(value)) return value.flatMap((x, at) => openDecisions(x, `${where}[${at}]`))
  if (value === null || typeof value !== 'object') return []
  return Object.entries(value).flatMap(([name, x]) =>
    openDecisions(x, where === '' ? name : `${where}.${name}`),
  )
}

/** "publisher: “Decide: who publishes it”; ...". */
export const decisionsText = (all: readonly OpenDecision[]): string =>
  all.map(({ where, says }) => `${where}: “${says}”`).join('; ')

/** Why a file is not imported as long as its descriptor is a draft: all that is open, at once. */
export function undecided(descriptor: Descriptor): string | null {
  const open = openDecisions(descriptor)
  if (open.length === 0) return null
  const count =
    open.length === 1 ? '1 thing is' : `${open.length.toLocaleString('en-GB')} things are`
  return `Its descriptor, ${descriptor.id}, is a draft that nobody has finished: ${count} left to decide. ${decisionsText(open)}. Write what is true in their place, and take the notes away that ask for it.`
}

/** Indicators of a descriptor that still say of themselves that they are drafted. */
export const draftedIndicators = ({ indicators }: Descriptor): readonly string[] =>
  indicators.filter((i) => i.caveats.includes(draftCaveat)).map((i) => i.code)
