import type { PageContext } from '../context.ts'
import type { Said } from '../said/beside.ts'
import { dayOf } from './desk.ts'
import { signalLine } from './signal-line.ts'

/** What the desk says of one provider or place, for its own page. */
export async function ownSignals(code: string, context: PageContext, said: Said) {
  const { reader, state } = context
  const signals = await reader.desk.of(state, code, dayOf(context))
  return {
    signals: await Promise.all(signals.map((s) => signalLine(s, context, said))),
    href: `/desk?q=${encodeURIComponent(code)}`,
  }
}
