import { exitCodes, type ProgressEvent, type Verb } from '../control/verb.ts'
import { emailSchema } from '../people/proof.ts'
import { endAll, subscriberAt, subscriptionCounts } from '../subscriptions/store.ts'

/** The verb's own exit codes, as the other verbs have them: docs/operations.md. */
const codes = { refused: 2, wrongWords: 3 } as const

const usage = `Say what to do with subscriptions, such as:
  plumbline subscriptions
  plumbline subscriptions stop ada@example.org`

/**
 * `plumbline subscriptions`: how many pages are followed by email, without whose; `stop EMAIL` ends all of an
 * address and forgets it, for somebody who asks for it in another way than by the links.
 */
export const subscriptionsVerb: Verb = async (
  [act, email],
  { db },
  emit: (event: ProgressEvent) => void,
) => {
  const say = (text: string, stream: 'stdout' | 'stderr' = 'stdout'): void =>
    emit({ kind: 'line', stream, text })
  if (act === undefined) {
    const counts = await subscriptionCounts(db)
    if (counts.length === 0) say('Nobody follows anything by email yet.')
    for (const { kind, pace, n } of counts) say(`  ${kind}, ${pace}: ${n}`)
    return exitCodes.done
  }
  const address = emailSchema.safeParse(email)
  if (act !== 'stop' || !address.success) {
    say(usage, 'stderr')
    return codes.wrongWords
  }
  const subscriber = await subscriberAt(db, address.data)
  if (subscriber === null) {
    say('This address follows nothing.', 'stderr')
    return codes.refused
  }
  await endAll(db, subscriber)
  say('It is told nothing more, and is forgotten. One letter may still be on its way.')
  return exitCodes.done
}
