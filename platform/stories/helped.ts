import type { Standing } from './standing.ts'

/** What the word of a teller is about: the reply or the change that stood there when it was said. */
export const helpedOf = ({ helped, change }: Standing): 'reply' | 'change' =>
  helped && change?.state === 'made' && (change.ended?.entry ?? 0) < helped.entry
    ? 'change'
    : 'reply'

/** What came after a teller's word, which it therefore says nothing about; null where nothing did. */
export function sinceHelped({
  helped,
  reply,
  change,
}: Standing): 'reply' | 'made' | 'dropped' | null {
  if (!helped) return null
  const isAfter = (entry: number | undefined): boolean => (entry ?? 0) > helped.entry
  if (change?.state === 'made' && isAfter(change.ended?.entry)) return 'made'
  if (change?.state === 'dropped' && isAfter(change.ended?.entry)) return 'dropped'
  return isAfter(reply?.entry) ? 'reply' : null
}
