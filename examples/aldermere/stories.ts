import { createHash } from 'node:crypto'
import type { Database, Queries } from '../../platform/database/database.ts'
import type { Catalogue } from '../../platform/evidence/catalogue.ts'
import { exampleHost } from '../../platform/people/walk-in.ts'
import { makeReader } from '../../platform/reader.ts'
import { changeMade, dropChange, type Lead, replyToStory } from '../../platform/stories/answer.ts'
import type { StoryClock } from '../../platform/stories/deadline.ts'
import {
  beginDraft,
  confirmDraft,
  keepAbout,
  keepWords,
  sendDraft,
} from '../../platform/stories/draft.ts'
import {
  publishStory,
  readClaim,
  refuseStory,
  weighReply,
} from '../../platform/stories/moderate.ts'
import { appeal, sayWhetherHelped } from '../../platform/stories/teller.ts'
import { seed } from './about.ts'
import { Random } from './random.ts'
import { type StoryText, textsOf } from './story-texts.ts'
import { dropReason, naming, variantOf } from './story-variants.ts'

/** How many stories people tell in the two years up to today, and how many more of each of two providers. */
export const storyCount = 84
const oftenCount = 30

const moderator = { role: 'moderator', byWhom: 'the moderator of the example' }

/** A story as it will go, by days after it is told; null for what never happens. */
interface Course {
  readonly provider: { readonly code: string; readonly name: string }
  readonly service: string
  readonly places: readonly string[]
  readonly lead: string
  readonly text: StoryText
  readonly toldOn: number
  readonly publishAfter: number | null
  readonly replyAfter: number | null
  readonly promises: boolean
  readonly madeAfter: number | null
  readonly dropAfter: number | null
  readonly helped: 'yes' | 'partly' | 'no' | null
}

const today = (): string => new Date().toISOString().slice(0, 10)

/** The day so many days after another, ISO. */
function plus(day: string, days: number): string {
  const date = new Date(day)
  date.setUTCDate(date.getUTCDate() + days)
  return date.toISOString().slice(0, 10)
}

/** The number of a draft: the same on every machine. */
function uuidOf(i: number): string {
  const hex = createHash('sha256').update(`${seed}/story/${i}`).digest('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`]
    .concat(hex.slice(20, 32))
    .join('-')
}

/** Which of them a moderator does not show; the teller of the last appeals. */
const notShown = [20, 50]

/** Whose service says at first nothing that answers: one that replies within some days. */
const answeredNothing = 31

/** How many providers of a service people tell of: few, so that some have several stories. */
const toldOf = 5

/** What everybody in the county tells in two years, and what becomes of it. */
async function courses(db: Database, catalogue: Catalogue): Promise<Course[]> {
  const reader = makeReader(db, catalogue)
  const state = await reader.state()
  const random = new Random(seed, 'stories')
  const providers: Told[] = []
  for (const service of reader.services(state)) {
    const some = await reader.providersOf(state, service.code, toldOf)
    for (const { code, name, closed } of some) {
      if (closed) continue
      const subject = await reader.subject(state, code)
      const places = (subject?.parents ?? []).map((p) => p.code)
      const lead = service.lead ?? 'head'
      providers.push({ provider: { code, name }, service: service.code, places, lead })
    }
  }
  const services = [...Map.groupBy(providers, (p) => p.service).values()]
  if (services.length === 0) return []
  return told([...usual(random, services), ...often(services)])
}

/** No two people tell the same in the same words; who breaks a rule does. */
function told(all: readonly Course[]): Course[] {
  const before = new Map<StoryText, { told: number; promised: number }>()
  return all.map((course) => {
    const { text, publishAfter, promises } = course
    const { told, promised } = before.get(text) ?? { told: 0, promised: 0 }
    before.set(text, { told: told + 1, promised: promised + (promises ? 1 : 0) })
    const own = variantOf(text, told, promised)
    return { ...course, text: publishAfter === null ? naming(own) : own }
  })
}

type Told = Pick<Course, 'provider' | 'service' | 'places' | 'lead'>

/** Two of whom many tell, in the last year and a half: one that answers at once, and one that lets people wait. */
function often(services: readonly (readonly Told[])[]): Course[] {
  const random = new Random(seed, 'stories told often')
  return services.slice(0, 2).flatMap(([about], which) =>
    about === undefined
      ? []
      : Array.from(
          { length: oftenCount },
          (_, i): Course => ({
            ...{ ...about, text: random.pick(textsOf(about.service)) },
            toldOn: Math.round(-540 + (i * 500) / oftenCount),
            publishAfter: random.whole(0, 2),
            replyAfter: which === 0 ? random.whole(1, 9) : random.whole(9, 40),
            ...{ promises: false, madeAfter: null, dropAfter: null },
            helped: null,
          }),
        ),
  )
}

/** What most of the county tells. */
function usual(random: Random, services: readonly (readonly Told[])[]): Course[] {
  return Array.from({ length: storyCount }, (_, i): Course => {
    const about = random.pick(random.pick(services))
    const text = random.pick(textsOf(about.service))
    const luck = random.share()
    const promises = text.change !== '' && luck < 0.5
    const isMade = promises && luck < 0.2
    return {
      ...{ ...about, text },
      toldOn: Math.round(-730 + (i * 728) / storyCount),
      publishAfter: notShown.includes(i)
        ? null
        : random.whole(0, 2) + (i < storyCount - 2 ? 0 : 60),
      replyAfter: luck > 0.9 ? null : random.whole(2, 18),
      promises,
      madeAfter: isMade ? random.whole(30, 80) : null,
      dropAfter: promises && luck > 0.45 ? 60 : null,
      helped: luck < 0.6 ? random.pick(['yes', 'yes', 'partly', 'no'] as const) : null,
    }
  })
}

/**
 * Has the county's people tell their stories, once, and its services answer them. Each goes the way that it
 * goes from the pages; what would lie in the future has not happened yet.
 */
export async function tellStories(db: Database, catalogue: Catalogue): Promise<void> {
  if ((await db.query('select 1 from story limit 1')).length > 0) return
  const { clock } = makeReader(db, catalogue).stories
  const all = await courses(db, catalogue)
  await db.transaction(async (tx) => {
    for (const [i, course] of all.entries()) await goOn(tx, i, course, clock)
  })
}

async function goOn(tx: Queries, i: number, c: Course, clock: StoryClock): Promise<void> {
  const told = plus(today(), c.toldOn)
  const id = await tell(tx, i, c, told)
  const hasCome = (day: string): boolean => day <= today()
  const gravity = i % 4
  if (c.publishAfter === null) {
    const why = 'It names somebody who works there. Please tell it without the name.'
    await refuseStory(tx, id, 'hidden', { rule: 'person', why, on: told }, moderator)
    if (i === notShown.at(-1)) await appeal(tx, id, { text: 'It is a name that many have.' }, told)
    return
  }
  const published = plus(told, c.publishAfter)
  if (!hasCome(published)) return
  const themes = [...c.text.themes]
  await publishStory(tx, id, { themes, gravity, on: published }, moderator, clock)
  const replied = c.replyAfter === null ? null : plus(published, c.replyAfter)
  if (replied === null || !hasCome(replied)) return
  const lead = { role: c.lead, providerName: c.provider.name }
  const promise = { change: c.text.change, changeBy: plus(replied, 90) }
  if (i === answeredNothing) await sayNothing(tx, id, published, lead)
  const reply = { text: c.text.reply, on: replied, ...(c.promises ? promise : {}) }
  await replyToStory(tx, id, reply, lead)
  const read = plus(replied, 1)
  if (c.promises && hasCome(read)) {
    await readClaim(tx, id, { accepted: 'yes', why: '', on: read }, moderator)
    const made = c.madeAfter === null ? null : plus(read, c.madeAfter)
    if (made !== null && hasCome(made)) {
      await changeMade(tx, id, { text: c.text.made, on: made }, lead)
    }
    const dropped = c.dropAfter === null ? null : plus(read, c.dropAfter)
    if (made === null && dropped !== null && hasCome(dropped)) {
      await dropChange(tx, id, { why: dropReason(i), on: dropped }, lead)
    }
  }
  const said = plus(replied, 100)
  if (c.helped !== null && hasCome(said)) {
    await sayWhetherHelped(tx, id, { answer: c.helped }, said)
  }
}

/** A first reply that a moderator sets aside, since it answers nothing. */
async function sayNothing(tx: Queries, id: number, on: string, lead: Lead): Promise<void> {
  const { reply } = await replyToStory(tx, id, { text: 'We are sorry.', on }, lead)
  const why = 'It says nothing of what happened.'
  const aside = { reply: reply?.entry, why, on: plus(on, 1) }
  await weighReply(tx, id, 'reply-set-aside', aside, moderator)
}

async function tell(tx: Queries, i: number, c: Course, on: string): Promise<number> {
  const key = { id: uuidOf(i), browser: 'the example' }
  const email = `teller.${i}@${exampleHost}`
  const { happened, good, better } = c.text
  await beginDraft(tx, key, c.provider.code)
  await keepWords(tx, key, { happened, good, better })
  const teller = (['self', 'family', 'self', 'carer'] as const)[i % 4] ?? 'self'
  await keepAbout(tx, key, { feelings: [...c.text.feelings], teller, month: on.slice(0, 7) })
  await sendDraft(tx, key, email)
  const about = { service: c.service, places: c.places }
  const told = await confirmDraft(tx, { id: key.id, email }, about, on)
  return told?.story ?? 0
}
