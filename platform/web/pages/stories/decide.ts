import type { FastifyRequest } from 'fastify'
import type { Queries } from '../../../database/database.ts'
import { allowed } from '../../../people/rules.ts'
import { Unsaid } from '../../../replies/said.ts'
import {
  publishStory,
  readClaim,
  refuseStory,
  weighReply,
  weighStory,
} from '../../../stories/moderate.ts'
import type { OwnStory } from '../../../stories/store.ts'
import { tellLeads, tellReplied, tellTeller } from '../../../stories/tell.ts'
import { field, fieldsOf } from '../../forms.ts'
import type { FormPlace } from '../../people-door.ts'
import { seenOf, today } from '../../sent-form.ts'
import { lettersOf, moderatorOf, thingOfStory } from '../../story-place.ts'
import * as words from '../../words.ts'

/** What a moderator may do, by the word that a form sends. */
const deeds = [
  ...['weigh', 'publish', 'returned', 'hidden', 'claim'],
  ...['reply-set-aside', 'reply-restored'],
] as const

/** What a moderator has typed and chosen. */
export interface Typed {
  readonly themes: readonly string[]
  readonly gravity: string
  readonly rule: string
  readonly why: string
  readonly accepted: string
  /** The entry of a reply. */
  readonly reply: string
}

export const typedIn = (request: FastifyRequest): Typed => ({
  themes: fieldsOf(request, 'themes'),
  gravity: field(request, 'gravity'),
  rule: field(request, 'rule'),
  why: field(request, 'why'),
  accepted: field(request, 'accepted'),
  reply: field(request, 'reply'),
})

interface Decided {
  readonly story: OwnStory
  readonly typed: Typed
  /** What its provider is called. */
  readonly name: string
  /** Who came after its provider, where that has ended. */
  readonly successors: readonly string[]
}

/**
 * Does what a form of a moderator asks, and tells whom it concerns.
 * @returns where they go on.
 * @throws Unsaid, Overtaken.
 */
export async function decide(
  tx: Queries,
  place: FormPlace,
  request: FastifyRequest,
  { story, typed, name, successors }: Decided,
): Promise<string> {
  const answered = { id: story.id, provider: story.provider, successors }
  const deed = deeds.find((d) => d === field(request, 'do'))
  const { grant } = allowed(request.viewer, 'moderate', thingOfStory(story))
  const by = moderatorOf(place, request, grant?.role ?? 'moderator')
  const letters = lettersOf(place, request)
  const [id, on, seen] = [story.id, today(), seenOf(request)]
  const { gravity, why } = typed
  if (deed === 'weigh') {
    await weighStory(tx, id, { gravity })
    return `/stories/moderate/${id}`
  }
  if (deed === 'publish') {
    const given = { themes: typed.themes, gravity, on }
    const { due } = await publishStory(tx, id, given, by, place.reader.stories.clock, seen)
    await tellTeller(tx, letters, id, 'published', name)
    await tellLeads(tx, letters, answered, { name, due: words.date(due) })
  } else if (deed === 'returned' || deed === 'hidden') {
    await refuseStory(tx, id, deed, { rule: typed.rule, why, on }, by, seen)
    await tellTeller(tx, letters, id, deed, name)
  } else if (deed === 'claim') {
    await readClaim(tx, id, { accepted: typed.accepted, why, on }, by, seen)
    const stands = typed.accepted === 'yes'
    if (stands) await tellTeller(tx, letters, id, 'change-promised', name)
    await tellReplied(tx, letters, answered, stands ? 'claim-stands' : 'claim-refused', name)
  } else if (deed === 'reply-set-aside' || deed === 'reply-restored') {
    await weighReply(tx, id, deed, { reply: typed.reply, why, on }, by, seen)
    const news = deed === 'reply-restored' ? 'restored' : 'set-aside'
    await tellReplied(tx, letters, answered, news, name)
    return `/stories/moderate/${id}`
  } else throw new Unsaid('', 'The form was not whole. Please send it again.')
  return '/stories/moderate'
}
