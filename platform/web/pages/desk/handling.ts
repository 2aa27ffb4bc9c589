import type { Reader, State } from '../../../comparison/reader.ts'
import type { SignalAct } from '../../../desk/handle.ts'
import * as words from '../../words.ts'
import type { PageContext } from '../context.ts'
import { reasonWords } from '../said/beside.ts'

/** What the lines of signals need of a page that is made for one person. */
export const lineContext = async (reader: Reader, state: State): Promise<PageContext> => ({
  reader,
  state,
  indicators: await reader.indicators(state),
  path: '/desk',
  site: '',
  home: '',
  example: null,
  asOf: null,
})

/** Where a signal is answered, taken and closed. */
export const handleHref = (key: string): string =>
  `/desk/signals/${encodeURIComponent(key).replaceAll('%3A', ':')}`

/** "Taken by the steward on 3 May 2026." */
export function actLine({ act, role, on, why, lapsed }: SignalAct): string {
  const done = `${words.sentenceCase(act)} by the ${role} on ${words.date(on)}`
  if (lapsed) return `${done}. That role has ended, so nobody looks after it now.`
  return act === 'taken' ? `${done}.` : `${done}${reasonWords(why)}`
}
