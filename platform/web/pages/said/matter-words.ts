import type { KnownMatter, Matter } from '../../../replies/matter.ts'
import * as words from '../../words.ts'

/** "its report card", "the figure “Reading”, 2024-25". */
export function matterWords({
  kind,
  name,
  period,
}: Pick<KnownMatter, 'kind' | 'name' | 'period'>): string {
  if (kind === 'card') return 'its report card'
  const what = { figure: 'the figure', judgement: 'the judgement by', signal: 'the signal about' }[
    kind
  ]
  const when = period === '' ? '' : `, ${words.period(period)}`
  return name === '' ? 'the signal on the desk' : `${what} “${name}”${when}`
}

/** Where a matter stands on its provider's page, or its card. */
export function matterHref({ provider, kind, about }: Matter): string {
  const page = `/providers/${encodeURIComponent(provider)}`
  if (kind === 'card') return `${page}/card`
  if (kind === 'judgement') return `${page}#standards`
  return kind === 'signal' ? `${page}#desk` : `${page}#${encodeURIComponent(about)}`
}
