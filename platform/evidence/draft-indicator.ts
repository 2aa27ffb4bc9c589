import type { Descriptor } from './descriptor.ts'
import type { Indicator } from './indicator.ts'
import type { Row } from './template.ts'

/** The caveat of an indicator that nobody has described: whoever does writes their own, or none. */
export const draftCaveat = 'Drafted from the file: its definition has not been reviewed.'

/** For each indicator that a file names itself: a row of it. */
export type Drafting = Map<string, Row>

/**
 * Indicators of files that name their own (Fingertips), so that the file can be read before anyone
 * has described them. The second column holds the name, as in Fingertips' layout. No polarity is
 * guessed: a drafted indicator is only ever higher or lower.
 */
export function draftIndicators(drafting: Drafting, descriptor: Descriptor): Indicator[] {
  return [...drafting].map(([code, row]) => ({
    code,
    name: row[1] || code,
    service: descriptor.service,
    topic: 'Other figures',
    unit: '',
    kind: 'mean',
    scale: 1,
    polarity: 'neither',
    decimals: 1,
    why: 'Nobody has yet written why this matters.',
    definition: `As defined by ${descriptor.publisher}.`,
    method: 'Values and limits as published.',
    caveats: [draftCaveat],
    headline: false,
  }))
}
