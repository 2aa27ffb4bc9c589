import type { Queries } from '../database/database.ts'
import { post } from '../mail/post.ts'
import { addressesReaching } from '../people/reaching.ts'
import type { Thing } from '../people/rules.ts'
import { seal } from '../subscriptions/links.ts'
import type { KnownStory } from './act.ts'
import {
  crisisLetter,
  leadLetter,
  type ReplyNews,
  replyLetter,
  surveyCrisisLetter,
  type TellerNews,
  tellerLetter,
} from './letters.ts'
import { tellerAddress } from './teller.ts'

/** What letters need to lead back here. */
export interface LetterPlace {
  readonly secret: string
  /** Where this Plumbline is found, without a slash at the end. */
  readonly home: string
}

/** The link by which a teller sees what became of their story; it works as long as the story is kept. */
export const ownLink = ({ secret, home }: LetterPlace, story: number): string =>
  `${home}/stories/mine?token=${seal(secret, 'own-story', [String(story)], null)}`

/** Tells whoever told a story what became of it; nobody where they are forgotten. */
export async function tellTeller(
  tx: Queries,
  place: LetterPlace,
  story: number,
  news: TellerNews,
  name: string,
): Promise<void> {
  const to = await tellerAddress(tx, story)
  if (to !== null) await post(tx, { ...tellerLetter(news, name, ownLink(place, story)), to })
}

/** A story, of whom it was told, and who came after them. */
type Answered = Pick<KnownStory, 'id' | 'provider'> & { readonly successors?: readonly string[] }

/** Tells those who lead a provider that a story about it is published. */
export async function tellLeads(
  tx: Queries,
  { home }: LetterPlace,
  { id, provider, successors = [] }: Answered,
  { name, due }: { readonly name: string; readonly due: string },
): Promise<void> {
  for (const to of await addressesReaching(tx, ['lead'], { provider, successors })) {
    await post(tx, { ...leadLetter(name, `${home}/stories/${id}`, due), to })
  }
}

/** Tells those who lead a provider what a moderator says of their reply. */
export async function tellReplied(
  tx: Queries,
  { home }: LetterPlace,
  { id, provider, successors = [] }: Answered,
  news: ReplyNews,
  name: string,
): Promise<void> {
  for (const to of await addressesReaching(tx, ['lead'], { provider, successors })) {
    await post(tx, { ...replyLetter(news, name, `${home}/stories/${id}`), to })
  }
}

/** Tells those who moderate what a story is about that it may speak of a crisis. */
export async function tellModerators(
  tx: Queries,
  { home }: LetterPlace,
  story: number,
  thing: Thing,
): Promise<void> {
  for (const to of await addressesReaching(tx, ['moderator'], thing)) {
    await post(tx, { ...crisisLetter(`${home}/stories/moderate/${story}`), to })
  }
}

/** Tells those who moderate what a survey is about that an answer to it may speak of a crisis. */
export async function tellOfSurveyCrisis(
  tx: Queries,
  { home }: Pick<LetterPlace, 'home'>,
  survey: number,
  thing: Thing,
): Promise<void> {
  for (const to of await addressesReaching(tx, ['moderator'], thing)) {
    await post(tx, { ...surveyCrisisLetter(`${home}/surveys/moderate/${survey}`), to })
  }
}
