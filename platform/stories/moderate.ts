import { z } from 'zod'
import type { Queries } from '../database/database.ts'
import { eraseAll } from '../record/erase.ts'
import { dueOf } from '../replies/deadline.ts'
import { day, read, reasonText, Unsaid } from '../replies/said.ts'
import { actOn, actsOf, type KnownStory, storyOf } from './act.ts'
import type { StoryClock } from './deadline.ts'
import { type Standing, standingOf } from './standing.ts'
import { gravitySchema, ruleSchema, type StoryWords, storySubject, themesSchema } from './story.ts'

/** Who moderates: by a public role, and as a keyed hash that says nothing else. */
export interface Moderator {
  readonly role: string
  readonly byWhom: string
  /** Their number, kept beside the record for them alone; left out for nobody who signed in. */
  readonly person?: string | null
}

const publishSchema = z.strictObject({ themes: themesSchema, gravity: gravitySchema, on: day })
const refuseSchema = z.strictObject({ rule: ruleSchema, why: reasonText, on: day })
const claimSchema = z
  .strictObject({
    accepted: z.enum(['yes', 'no'], 'is missing: choose one of the two'),
    why: z.union([z.literal(''), reasonText]),
    on: day,
  })
  .refine((c) => c.accepted === 'yes' || c.why !== '', {
    message: 'is needed where it does not stand',
    path: ['why'],
  })

const called = {
  themes: 'What it is about',
  gravity: 'How serious it is',
  rule: 'The rule',
  why: 'The reason',
  accepted: 'The decision',
}

const whoOf = ({ role, byWhom, person = null }: Moderator) => ({ role, byWhom, person })

/** The words of one version of a story; null where they have gone. */
export async function wordsOf(
  tx: Pick<Queries, 'query'>,
  story: number,
  version: number,
): Promise<StoryWords | null> {
  const [row] = await tx.query<StoryWords>(
    'select happened, good, better from story_words where story = $1 and version = $2',
    [story, version],
  )
  return row ?? null
}

/** The words as one text: what the record seals. */
export const wholeText = ({ happened, good, better }: StoryWords): string =>
  [happened, good, better].filter((t) => t !== '').join('\n\n')

/** Whoever said no does not answer the appeal against it. */
async function isAnother(tx: Queries, standing: Standing, { byWhom }: Moderator): Promise<void> {
  if (!standing.appeal || !standing.refusal) return
  const [row] = await tx.query<{ by: string | null }>(
    'select by_whom as by from story_act where entry = $1',
    [standing.refusal.entry],
  )
  if (row?.by === byWhom) {
    throw new Unsaid('', 'You decided on this story. Somebody else has to read the appeal.')
  }
}

/** Where a story stands now, with the story. @throws Unsaid where there is none. */
export async function standingNow(
  tx: Queries,
  id: number,
): Promise<{ readonly story: KnownStory; readonly standing: Standing }> {
  const story = await storyOf(tx, id)
  return { story, standing: standingOf(await actsOf(tx, id)) }
}

/**
 * Publishes a story, on the record too: from then on its service has so long to reply.
 * @param seen the last entry about it that the moderator knew.
 * @throws Unsaid, Overtaken.
 */
export async function publishStory(
  tx: Queries,
  id: number,
  request: unknown,
  by: Moderator,
  clock: StoryClock,
  seen: number | null = null,
): Promise<Standing> {
  const { themes, gravity, on } = read(publishSchema, request, called)
  const { story, standing } = await standingNow(tx, id)
  await isAnother(tx, standing, by)
  const words = await wordsOf(tx, id, standing.version)
  if (!words) throw new Unsaid('', 'Its words have gone.')
  const { due, clock: kept } = dueOf(clock, on)
  const done = await actOn(
    tx,
    story,
    {
      ...{ act: 'published', ...whoOf(by), on, version: standing.version },
      ...{ themes, due, clock: JSON.stringify(kept) },
      personal: { words: wholeText(words) },
    },
    seen,
  )
  await tx.query('update story_now set gravity = $2 where story = $1', [id, gravity])
  return done.standing
}

/** What a moderator does who does not publish: returns it to its teller, or hides it. */
export type Refusing = 'returned' | 'hidden'

/**
 * Returns a story to its teller to be changed, or hides it, by one of the published rules and with a reason.
 * What the record sealed of its words goes.
 * @throws Unsaid, Overtaken.
 */
export async function refuseStory(
  tx: Queries,
  id: number,
  act: Refusing,
  request: unknown,
  by: Moderator,
  seen: number | null = null,
): Promise<Standing> {
  const { rule, why, on } = read(refuseSchema, request, called)
  const { story, standing } = await standingNow(tx, id)
  await isAnother(tx, standing, by)
  const wasPublic = standing.stage === 'published'
  if (wasPublic) {
    await eraseAll(tx, storySubject(id), { why: 'The story is not shown any more.', by: by.role })
  }
  const refused = { act, ...whoOf(by), on, rule, text: why } as const
  // Of a story that nobody has read the reason is for its teller alone: it may tell what stood there.
  const personal = wasPublic ? { personal: { why } } : {}
  return (await actOn(tx, story, { ...refused, ...personal }, seen)).standing
}

/** Notes how serious a story is by its gravest sentence; it sets where it stands in the queue. */
export async function weighStory(tx: Queries, id: number, request: unknown): Promise<void> {
  const { gravity } = read(z.strictObject({ gravity: gravitySchema }), request, called)
  await tx.query('update story_now set gravity = $2 where story = $1', [id, gravity])
}

/**
 * A moderator has read what a reply says will change: it counts, or it does not.
 * @throws Unsaid, Overtaken.
 */
export async function readClaim(
  tx: Queries,
  id: number,
  request: unknown,
  by: Moderator,
  seen: number | null = null,
): Promise<Standing> {
  const { accepted, why, on } = read(claimSchema, request, called)
  const { story, standing } = await standingNow(tx, id)
  const act = { act: 'claim-read', ...whoOf(by), on, accepted: accepted === 'yes' } as const
  const { what = null, by: promised = null } = (act.accepted && standing.change) || {}
  const personal = { ...(why === '' ? {} : { why }), ...(what === null ? {} : { change: what }) }
  const said = why === '' ? {} : { text: why }
  return (await actOn(tx, story, { ...act, ...said, promised, personal }, seen)).standing
}

const countSchema = z.strictObject({
  reply: z.coerce.number('is missing').int().positive(),
  why: reasonText,
  on: day,
})

/**
 * Says that a reply does not answer its story, or takes that back; with a reason, which is public. A reply that is
 * set aside stays where it is, and counts as none: not as a reply, and not as one in time.
 * @throws Unsaid, Overtaken.
 */
export async function weighReply(
  tx: Queries,
  id: number,
  act: 'reply-set-aside' | 'reply-restored',
  request: unknown,
  by: Moderator,
  seen: number | null = null,
): Promise<Standing> {
  const { reply, why, on } = read(countSchema, request, { ...called, reply: 'The reply' })
  const { story, standing } = await standingNow(tx, id)
  const isCounted = act === 'reply-set-aside'
  const found = standing.replies.find((r) => r.act.entry === reply)
  if (!found) throw new Unsaid('', 'There is no such reply to this story.')
  if ((found.aside === null) !== isCounted) throw new Unsaid('', 'It is so already.')
  const said = { text: why, personal: { why } }
  return (await actOn(tx, story, { act, ...whoOf(by), on, about: reply, ...said }, seen)).standing
}
