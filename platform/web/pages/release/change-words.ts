import type { Change, ChangeKinds, ChangeStatus } from '../../../comparison/release-page.ts'
import * as words from '../../words.ts'
import { type PageContext, subjectHref } from '../context.ts'

/** Its value is the same, and what it rests on is not. */
const isOfOthers = ({ before, after }: Change): boolean => before !== null && before === after

/** Why there is no value; of corrections of before that was kept, only that there is none. */
function withoutValue(status: ChangeStatus): string {
  if (status === 'absent') return 'not in the file'
  return status === null || status === 'value' ? 'no figure' : words.statusWords(status)
}

/** The head of a table of changes. */
export const changesHead = [
  'Who',
  'Figure',
  { text: 'Before', number: true },
  { text: 'After', number: true },
] as const

/** A change as a row of a table: who, which figure, what it was, what it is. */
export function changeRow(c: Change, context: PageContext) {
  const indicator = context.indicators.get(c.indicator)
  const shown = (x: number | null, status: ChangeStatus): string => {
    if (x === null) return withoutValue(status)
    return indicator ? words.value(indicator, x) : String(x)
  }
  const group = c.breakdown ? ` (${words.group(c.breakdown)})` : ''
  const after = shown(c.after, c.afterStatus)
  return [
    { text: c.name, href: subjectHref({ kind: c.kind, code: c.subject }) },
    { text: `${indicator?.name ?? c.indicator}${group}, ${words.period(c.period)}` },
    { text: shown(c.before, c.beforeStatus) },
    { text: isOfOthers(c) ? `${after}, of other counts or limits` : after },
  ]
}

/** "2 are new, 246 changed (98 of them now suppressed or missing), 524 are gone."; '' for nothing to tell. */
export function kindsSentence(kinds: ChangeKinds | null): string {
  if (!kinds) return ''
  const { added, changed, gone, withoutValue } = kinds
  // The sentence before it says how many changed.
  if (added + gone + withoutValue === 0) return ''
  const [n, are] = [(x: number) => words.number(x, 0), (x: number) => (x === 1 ? 'is' : 'are')]
  const lost = withoutValue > 0 ? ` (${n(withoutValue)} of them now suppressed or missing)` : ''
  const parts = [
    ...(added > 0 ? [`${n(added)} ${are(added)} new`] : []),
    ...(changed > 0 ? [`${n(changed)} changed${lost}`] : []),
    ...(gone > 0 ? [`${n(gone)} ${are(gone)} gone`] : []),
  ]
  return parts.length === 0 ? '' : `${parts.join(', ')}.`
}

/** "What it changed (3 figures)" */
export const changesTitle = (count: number): string =>
  `What it changed (${words.number(count, 0)} ${count === 1 ? 'figure' : 'figures'})`
