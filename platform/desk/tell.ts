import type { Queries } from '../database/database.ts'
import { oneLine } from '../mail/one-line.ts'
import { post } from '../mail/post.ts'
import { addressFor } from '../people/reaching.ts'
import { holderOf } from './holders.ts'

/** What another has done about a signal that a steward looks after. */
export interface SignalNews {
  /** The signal's key. */
  readonly signal: string
  readonly act: 'answered' | 'closed'
  /** What it says, of whom: "Below a floor: Ansty School, reading". */
  readonly about: string
  /** Whoever did it, by their public role: "head teacher of Ansty School". */
  readonly role: string
  /** The number of who did it, who is not told; null where that is nobody who signed in. */
  readonly person: string | null
  /** The address of its page. */
  readonly link: string
}

/**
 * Tells the steward who looks after a signal what another does about it. In the transaction of that act and before
 * it: of a closed signal nobody is the holder any more.
 */
export async function tellHolder(
  tx: Queries,
  { signal, act, about, role, person, link }: SignalNews,
): Promise<void> {
  const holder = await holderOf(tx, signal)
  const to = holder && holder.person !== person ? await addressFor(tx, holder.person) : null
  if (to === null) return
  const who = role === 'steward' ? 'Another steward' : `The ${oneLine(role)}`
  const rest = act === 'closed' ? ' You need not look after it any more.' : ''
  await post(tx, {
    to,
    subject: `A signal that you look after was ${act}`,
    useful: 14 * 86_400,
    body: `${oneLine(about)}

${who} has ${act} this signal. What was said stands on its page.${rest}

${link}

You get this because you took this signal on the desk of Plumbline.
`,
  })
}
