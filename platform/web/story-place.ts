import type { FastifyRequest } from 'fastify'
import type { Thing } from '../people/rules.ts'
import { keyed } from '../people/secret.ts'
import type { DraftKey } from '../stories/draft.ts'
import type { Moderator } from '../stories/moderate.ts'
import { type OwnStory, ownStory } from '../stories/store.ts'
import type { LetterPlace } from '../stories/tell.ts'
import { browserOf } from './forms.ts'
import { partOf } from './matter-address.ts'
import { type FormPlace, homeForLetters } from './people-door.ts'
import { thingOf } from './thing.ts'

/** The number in an address; null for what is none. */
function numberOf(request: FastifyRequest): number | null {
  const number = partOf(request, 'number')
  return /^\d{1,9}$/.test(number) ? Number(number) : null
}

/** The story that `:number` names, whether or not it is shown. */
export async function numberedStory(
  { door }: FormPlace,
  request: FastifyRequest,
): Promise<OwnStory | null> {
  const number = numberOf(request)
  return number === null ? null : ownStory(door.people.db, number)
}

/** What a story is about, as far as a role's reach depends on it; also where its provider has ended since. */
export const storyThing =
  (place: FormPlace) =>
  async (request: FastifyRequest): Promise<Thing | null> => {
    const story = await numberedStory(place, request)
    return story && thingOfStory(story)
  }

/** The same for whoever replies: where the provider has ended, those who lead who came after it reply. */
export const replyThing =
  (place: FormPlace) =>
  async (request: FastifyRequest): Promise<Thing | null> => {
    const story = await numberedStory(place, request)
    return story && withSuccessors(place, thingOfStory(story))
  }

/** A story's thing with who came after its provider. */
export async function withSuccessors({ reader }: FormPlace, thing: Thing): Promise<Thing> {
  const state = await reader.state()
  const code = thing.provider ?? ''
  const subject = await reader.subject(state, code)
  const ended = subject ? null : await reader.ended(state, code)
  const successors = subject?.closed ? subject.successors : (ended?.successors ?? [])
  return successors.length === 0 ? thing : { ...thing, successors: successors.map((s) => s.code) }
}

export const thingOfStory = ({
  provider,
  service,
  places,
}: Pick<OwnStory, 'provider' | 'service' | 'places'>): Thing => ({ provider, service, places })

/** The same of a provider's code, with what it is called. */
export async function providerOf({ reader }: FormPlace, code: string) {
  const state = await reader.state()
  const subject = await reader.subject(state, code)
  if (subject?.kind !== 'provider') return null
  const thing = await thingOf(reader, state, code)
  return {
    code,
    name: subject.name,
    service: subject.service ?? '',
    places: thing?.places ?? [],
  }
}

/** What a story's provider is called; as it was where it is listed no more; its code where nobody knows it. */
export async function nameOf(place: FormPlace, code: string): Promise<string> {
  const found = await providerOf(place, code)
  return found?.name ?? (await place.reader.ended(await place.reader.state(), code))?.name ?? code
}

/** The draft that an address names, as this browser's. */
export const draftKey = ({ door }: FormPlace, request: FastifyRequest, id: string): DraftKey => ({
  id,
  browser: keyed(door.people.secret, 'story draft', browserOf(request, door.people)),
})

/** Whoever moderates, by their role; who they are lies nowhere but as a keyed hash. */
export const moderatorOf = (
  { door }: FormPlace,
  { viewer }: FastifyRequest,
  role: string,
): Moderator => ({
  role,
  person: viewer.person?.id ?? null,
  byWhom: keyed(door.people.secret, 'moderator', viewer.person?.id ?? ''),
})

export const lettersOf = ({ door }: FormPlace, request: FastifyRequest): LetterPlace => ({
  secret: door.people.secret,
  home: homeForLetters(request, door),
})
