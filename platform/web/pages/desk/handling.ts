import type { SignalAct } from '../../../desk/handle.ts'
import * as words from '../../words.ts'

/** Where a signal is answered, taken and closed. */
export const handleHref = (key: string): string =>
  `/desk/signals/${encodeURIComponent(key).replaceAll('%3A', ':')}`

/** "Taken by the steward on 3 May 2026." */
export function actLine({ act, role, on, why }: SignalAct): string {
  const done = `${words.sentenceCase(act)} by the ${role} on ${words.date(on)}`
  return why === null ? `${done}.` : `${done}: ${why}`
}
