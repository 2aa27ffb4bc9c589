import { periodInName } from './describe/roles.ts'
import type { Descriptor, periodKinds } from './descriptor.ts'
import { asCsvName } from './json-lines.ts'
import { normalisePeriod, type PeriodKind } from './period.ts'

/** How a period of each kind is written. */
export const periodExamples: Readonly<Record<(typeof periodKinds)[number], string>> = {
  'financial-year': '2023-24',
  'school-year': '2023-24',
  year: '2024',
  quarter: '2024-Q1, Q1 2024, 2023-24 Q4 or Jan-Mar 2024',
  month: '2024-03',
  day: '2024-03-31',
}

/** Whether each file of a kind is of another period, and only whoever hands it in knows of which. */
export const asksPeriod = ({ period }: Pick<Descriptor, 'period'>): boolean =>
  period.from === 'fixed' && period.asked === true

/** The period of a kind that a file's name tells; null where it tells none, or one of another kind. */
export function periodOfName(name: string, kind: PeriodKind): string | null {
  const found = periodInName(asCsvName(name).replace(/(\.[a-z]+)+$/i, ''))
  if (!found) return null
  const isOfTwoYears = kind === 'financial-year' || kind === 'school-year'
  if (found.kind !== (isOfTwoYears ? 'financial-year' : kind)) return null
  return normalisePeriod(found.pattern.exec(name)?.[0] ?? '', kind)
}

/** How a period is said to whoever reads the file. */
export interface WayToSay {
  /** What it is said with. */
  readonly option: string
  readonly example: (period: string) => string
}
const inCommand: WayToSay = { option: '--period', example: (period) => `--period ${period}` }

/**
 * A kind of file with the period of one file of it, as somebody says; a sentence where it has to be said and is not,
 * is no such period, or is told by the file itself.
 * @param said undefined where nobody has said anything.
 * @param way what the sentence tells to say it with; the command line's option.
 */
export function withPeriodOf(
  descriptor: Descriptor,
  said: string | undefined,
  fileName: string,
  way: WayToSay = inCommand,
): Descriptor | string {
  const { period } = descriptor
  if (!asksPeriod(descriptor) || period.from !== 'fixed') {
    if (said === undefined) return descriptor
    return `A file of this kind says itself when its figures are of: leave ${way.option} out.`
  }
  const example = periodExamples[period.kind]
  if (said === undefined) {
    const such = periodOfName(fileName, period.kind) ?? example.split(',')[0] ?? ''
    return `Files of this kind do not say when their figures are of: say it, such as ${way.example(such)}.`
  }
  const value = normalisePeriod(said, period.kind)
  if (value === null) {
    return `“${said}” is no ${period.kind.replace('-', ' ')}: write it as ${example}.`
  }
  return { ...descriptor, period: { ...period, value } }
}
