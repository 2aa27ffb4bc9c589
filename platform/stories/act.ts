import type { Json } from '@plumbline/record'
import type { Queries } from '../database/database.ts'
import type { ActKind } from '../record/act.ts'
import { appendAfter } from '../record/append-after.ts'
import { Unsaid } from '../replies/said.ts'
import { type Standing, type StoryAct, type StoryActKind, standingOf, whyNot } from './standing.ts'
import { type ModerationRule, storySubject, type Theme } from './story.ts'

/** Something that is done with a story. */
export interface NewAct {
  readonly act: StoryActKind
  /** Who, by their public role: "moderator", "head teacher of Ansty School", "citizen". */
  readonly role: string
  /** ISO day. */
  readonly on: string
  readonly version?: number
  readonly rule?: ModerationRule
  readonly themes?: readonly Theme[]
  readonly due?: string
  readonly clock?: string
  readonly changeBy?: string
  readonly accepted?: boolean
  readonly answer?: string
  /** The entry of the reply that it is about. */
  readonly about?: number
  /** By when a change is promised that counts from now on; on the record alone. */
  readonly promised?: string | null
  readonly byWhom?: string
  /** What is said with it, or why it is done. */
  readonly text?: string
  readonly change?: string
  /** What the record seals of it; left out for what is not public. */
  readonly personal?: Readonly<Record<string, string>>
  /** The number of who did it; null where that is nobody who signed in. Kept beside the record, never on it. */
  readonly person?: string | null
}

/** A story as far as acts need to know it. */
export interface KnownStory {
  readonly id: number
  readonly provider: string
  readonly service: string
  readonly crisis: boolean
}

/** Under which rule each act is done. */
const rules: Readonly<Record<StoryActKind, string>> = {
  told: 'Anybody may tell how a service was for them. Their name and address are nobody’s to know.',
  returned:
    'A story that breaks a published rule goes back to its teller, with the rule and a reason.',
  reworded: 'Whoever told a story may change its words; it is then read again.',
  published:
    'A story that keeps to the published rules is published, whatever it says of a service.',
  hidden:
    'A story is not shown only where it breaks a published rule; its teller is told which and why.',
  appealed: 'Whoever told a story may appeal; somebody else then decides.',
  withdrawn: 'Whoever told a story may take it back: its words go, and that there was one stays.',
  replied: 'Whoever leads a service replies in public to what is told of it, within a stated time.',
  'claim-read': 'A moderator reads what a reply says will change before it counts.',
  'change-made': 'A change that was promised stays open until it is made or dropped with a reason.',
  'change-dropped':
    'A change that was promised stays open until it is made or dropped with a reason.',
  helped: 'Whoever told a story says whether the reply helped; both are shown.',
  'due-moved': 'A holiday that becomes known moves what is due, and the record says so.',
  'reply-set-aside':
    'A reply counts unless a moderator says, with a reason, that it does not answer the story.',
  'reply-restored':
    'What was said of a reply can be taken back, with a reason; it then counts again.',
}

/** An act of what happens on the record. */
export const recordedAs = (act: StoryActKind): ActKind => `story-${act}`

/** The story of a number. @throws Unsaid where there is none. */
export async function storyOf(tx: Pick<Queries, 'query'>, id: number): Promise<KnownStory> {
  const [row] = await tx.query<KnownStory>(
    'select id, provider, service, crisis from story where id = $1',
    [id],
  )
  if (!row) throw new Unsaid('', `There is no story with the number ${id}.`)
  return row
}

/** Columns of an act, as `StoryAct` names them. */
export const actColumns = `a.story, a.entry, a.act, a.role, a.acted_on::text as "on", r.recorded_at as at, a.version, a.rule,
  a.themes, a.due::text as due, a.change_by::text as "changeBy", a.accepted, a.answer, a.about, d.text, d.change`
export const actTables = `story_act a join record_entry r on r.number = a.entry
  left join story_said d on d.entry = a.entry`

/** Everything that was done with a story, in its order. */
export const actsOf = (tx: Pick<Queries, 'query'>, id: number): Promise<StoryAct[]> =>
  tx.query<StoryAct>(`select ${actColumns} from ${actTables} where a.story = $1 order by a.entry`, [
    id,
  ])

/**
 * Does something with a story, on the record too. The transaction is the caller's.
 * @param seen the last entry about it that its author knew; null for any.
 * @returns where the story stands then.
 * @throws Unsaid where the act does not fit, Overtaken.
 */
export async function actOn(
  tx: Queries,
  story: KnownStory,
  act: NewAct,
  seen: number | null = null,
): Promise<{ readonly entry: number; readonly standing: Standing }> {
  const details: Record<string, Json> = {
    ...{ story: story.id, provider: story.provider, on: act.on },
    ...(act.version === undefined ? {} : { version: act.version }),
    ...(act.rule === undefined ? {} : { rule: act.rule }),
    ...(act.themes === undefined ? {} : { themes: [...act.themes] }),
    ...(act.due === undefined ? {} : { due: act.due }),
    // By when, and what, stands on the record once a moderator has read it.
    ...(act.changeBy === undefined ? {} : { promises: true }),
    ...(act.promised ? { changeBy: act.promised } : {}),
    ...(act.about === undefined ? {} : { about: act.about }),
    ...(act.accepted === undefined ? {} : { accepted: act.accepted }),
    ...(act.answer === undefined ? {} : { answer: act.answer }),
  }
  const recorded = {
    act: recordedAs(act.act),
    role: act.role,
    subject: storySubject(story.id),
    // Reasons may tell of people: they lie among what can be erased.
    why: null,
    rule: rules[act.act],
    details,
    ...(act.personal === undefined ? {} : { personal: act.personal }),
    person: act.person ?? null,
  } as const
  // First: of two who act at once the second waits here, and then sees what the first has done.
  const entry = await appendAfter(tx, recorded, seen)
  const before = standingOf(await actsOf(tx, story.id))
  const problem = whyNot(before, act.act, act.changeBy !== undefined)
  if (problem !== null) throw new Unsaid('', problem)
  await insertAct(tx, story.id, entry, act)
  const standing = standingOf(await actsOf(tx, story.id))
  await keepStanding(tx, story.id, standing, act.on)
  return { entry, standing }
}

async function insertAct(tx: Queries, story: number, entry: number, a: NewAct): Promise<void> {
  await tx.query(
    `insert into story_act (entry, story, act, role, acted_on, version, rule, themes, due, clock,
       change_by, accepted, answer, by_whom, about)
     values ($1, $2, $3, $4, $5, $6, $7, $8::text[], $9, $10, $11, $12, $13, $14, $15)`,
    [
      ...[entry, story, a.act, a.role, a.on, a.version ?? null, a.rule ?? null],
      ...[a.themes ?? [], a.due ?? null, a.clock ?? null, a.changeBy ?? null],
      ...[a.accepted ?? null, a.answer ?? null, a.byWhom ?? null, a.about ?? null],
    ],
  )
  if (a.text === undefined) return
  await tx.query('insert into story_said (entry, text, change) values ($1, $2, $3)', [
    ...[entry, a.text, a.change ?? null],
  ])
}

/** Keeps where a story stands, for lists that many ask for. */
const keepStanding = (tx: Queries, id: number, s: Standing, on: string): Promise<unknown> =>
  tx.query(
    `insert into story_now (story, stage, appeal, claim, published, due, waits_since)
     values ($1, $2, $3, $4, $5, $6, $7)
     on conflict (story) do update set stage = excluded.stage, appeal = excluded.appeal,
       claim = excluded.claim, published = excluded.published, due = excluded.due,
       waits_since = excluded.waits_since`,
    [
      ...[id, s.stage, s.appeal !== null, s.change?.state === 'unread'],
      ...[s.published?.entry ?? null, s.due, on],
    ],
  )
