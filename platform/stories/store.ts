import type { State } from '../comparison/reader.ts'
import type { Queries } from '../database/database.ts'
import { ActsAbout } from '../record/acts-about.ts'
import { type CorrectionClock, correctionClockSchema } from '../replies/deadline.ts'
import { actColumns, actsOf, actTables } from './act.ts'
import { counts } from './counted.ts'
import { type StoryClock, storyClock } from './deadline.ts'
import { asShown, unsaid } from './shown.ts'
import { type Standing, type StoryAct, standingOf } from './standing.ts'
import type { HelpLine } from './stories-file.ts'
import type { Feeling, StoryWords, Teller } from './story.ts'

/** A story as anybody may read it. */
export interface Story {
  readonly id: number
  readonly provider: string
  readonly service: string
  readonly feelings: readonly Feeling[]
  readonly teller: Teller
  /** The month in which it happened, such as 2026-11; empty where it was not said. */
  readonly month: string
  /** Null where it is not shown, in this state or by now. */
  readonly words: StoryWords | null
  readonly standing: Standing
}

/** What became of stories, as a list may be narrowed by it. */
export const becameKinds = ['', 'no-reply', 'replied', 'planned', 'changed'] as const
export type Became = (typeof becameKinds)[number]

/** What a list of stories is narrowed to; an empty text narrows nothing. */
export interface StoriesFilter {
  readonly provider?: string
  readonly service?: string
  /** Told of a provider in this place. */
  readonly place?: string
  readonly theme?: string
  readonly feeling?: string
  /** What became of them. */
  readonly became?: Became
  /** A part of the words. */
  readonly q?: string
  /** How many to leave out before, and how many to give. */
  readonly offset?: number
  readonly size?: number
  /** Default: the newest first. */
  readonly order?: StoryOrder
}

export interface StoryOrder {
  readonly by: 'publishedOn' | 'id'
  readonly descending: boolean
}

/** How many stories were told in public, replied to, and led to a change. */
export interface StoryCounts {
  readonly published: number
  readonly replied: number
  readonly changed: number
}

/** What pages may ask of stories, as a state knows them; what is not shown now, no state shows. */
export interface StoriesReader {
  /** By when a story that is published now is replied to. */
  readonly clock: StoryClock
  /** Who can be called when a life may be in danger, the most urgent first. */
  readonly help: readonly HelpLine[]
  /** One that has been in public, or null. Not shown any more, it has no words. */
  story(state: State, id: number): Promise<Story | null>
  /** The newest first, with how many there are in all. */
  list(state: State, filter: StoriesFilter): Promise<{ total: number; stories: Story[] }>
  counts(state: State, filter: StoriesFilter): Promise<StoryCounts>
  /** How the day by which a story is to be replied to was worked out. */
  clockOf(state: State, id: number): Promise<CorrectionClock | null>
}

interface Row {
  readonly id: number
  readonly provider: string
  readonly service: string
  readonly feelings: readonly Feeling[]
  readonly teller: Teller
  readonly month: string
  /** Where it stands now, whatever state is asked for. */
  readonly shown: boolean
}

const columns = `s.id, s.provider, s.service, s.feelings, s.teller, s.month,
  n.published is not null as shown`

/** Conditions of a filter; their parameters come after that of the state. */
function conditionsOf(f: StoriesFilter): { sql: string; values: unknown[] } {
  const values: unknown[] = []
  const parts: string[] = []
  const add = (value: string | undefined, sql: (parameter: string) => string): void => {
    if (value === undefined || value === '') return
    values.push(value)
    parts.push(sql(`$${values.length + 1}`))
  }
  add(f.provider, (p) => `s.provider = ${p}`)
  add(f.service, (p) => `s.service = ${p}`)
  add(f.place, (p) => `s.places @> array[${p}::text]`)
  add(f.feeling, (p) => `s.feelings @> array[${p}::text]`)
  add(f.theme, (p) => `a.themes @> array[${p}::text]`)
  add(
    f.q,
    (p) => `exists (select 1 from story_words w where w.story = s.id and w.version = a.version
      and strpos(lower(w.happened || ' ' || w.good || ' ' || w.better), lower(${p})) > 0)`,
  )
  if (f.became === 'no-reply') parts.push(`not ${replied}`)
  if (f.became === 'replied') parts.push(replied)
  if (f.became === 'changed') parts.push(done('change-made'))
  if (f.became === 'planned') {
    parts.push(`exists (select 1 from story_act b where b.story = s.id and b.act = 'claim-read'
      and b.accepted and b.entry <= $1 and not exists (select 1 from story_act c
        where c.story = s.id and c.entry > b.entry and c.entry <= $1
        and c.act in ('change-made', 'change-dropped', 'replied') and (c.act <> 'replied' or c.change_by is not null)))`)
  }
  return { sql: parts.map((p) => ` and ${p}`).join(''), values }
}

/** Whether something was done with a story, in a state. */
const done = (act: string): string =>
  `exists (select 1 from story_act b where b.story = s.id and b.act = '${act}' and b.entry <= $1)`

/** Whether a story has a reply that counts, in a state. */
const replied = `exists (select 1 from story_act b where b.story = s.id and b.entry <= $1 and ${counts('b', '$1')})`

/** Stories that stand in public, in the state and by now. */
const shownIn = `from story_now n join story_act a on a.entry = n.published
  join story s on s.id = n.story where n.published is not null and n.published <= $1`

const orderedBy = { publishedOn: 'a.acted_on', id: 's.id' } as const

/** No two stories have one place: parts of a list fit together. */
const orderOf = (order: StoryOrder | undefined): string =>
  order === undefined
    ? 'n.published desc'
    : `${orderedBy[order.by]} ${order.descending ? 'desc' : 'asc'}, n.published desc`

export class StoriesStore implements StoriesReader {
  readonly clock: StoryClock
  readonly help: readonly HelpLine[]
  readonly #db: Pick<Queries, 'query'>
  readonly #about: ActsAbout

  constructor(
    db: Pick<Queries, 'query'>,
    clock: StoryClock = storyClock(),
    help: readonly HelpLine[] = [],
    about = new ActsAbout(db),
  ) {
    this.#db = db
    this.#about = about
    this.clock = clock
    this.help = help
  }

  async story(state: State, id: number): Promise<Story | null> {
    const [row] = await this.#db.query<Row>(
      `select ${columns} from story s join story_now n on n.story = s.id where s.id = $1
       and exists (select 1 from story_act where story = s.id and act = 'published' and entry <= $2)`,
      [id, state.record],
    )
    return row ? ((await this.#whole(state, [row]))[0] ?? null) : null
  }

  async list(state: State, filter: StoriesFilter): Promise<{ total: number; stories: Story[] }> {
    const { size = 20, offset = 0, order } = filter
    const { sql, values } = conditionsOf(filter)
    const [count] = await this.#db.query<{ n: number }>(
      `select count(*)::int as n ${shownIn}${sql}`,
      [state.record, ...values],
    )
    const rows = await this.#db.query<Row>(
      `select ${columns} ${shownIn}${sql} order by ${orderOf(order)}
       limit ${Math.trunc(size)} offset ${Math.trunc(offset)}`,
      [state.record, ...values],
    )
    return { total: count?.n ?? 0, stories: await this.#whole(state, rows) }
  }

  async counts(state: State, filter: StoriesFilter): Promise<StoryCounts> {
    const { provider } = filter
    if (provider !== undefined && !(await this.#about.has(state, 'stories', provider))) {
      return { published: 0, replied: 0, changed: 0 }
    }
    const { sql, values } = conditionsOf({ ...filter, became: '' })
    const [row] = await this.#db.query<StoryCounts>(
      `select count(*)::int as published, count(*) filter (where ${replied})::int as replied,
         count(*) filter (where ${done('change-made')})::int as changed ${shownIn}${sql}`,
      [state.record, ...values],
    )
    return row ?? { published: 0, replied: 0, changed: 0 }
  }

  async clockOf(state: State, id: number): Promise<CorrectionClock | null> {
    const [row] = await this.#db.query<{ clock: string }>(
      `select clock from story_act where story = $1 and clock is not null and entry <= $2
       order by entry desc limit 1`,
      [id, state.record],
    )
    return row ? correctionClockSchema.parse(JSON.parse(row.clock)) : null
  }

  /** Rows with their words and all that was done by then. */
  async #whole(state: State, rows: readonly Row[]): Promise<Story[]> {
    const ids = rows.map((r) => r.id)
    const acts = await this.#db.query<StoryAct & { readonly story: number }>(
      `select ${actColumns} from ${actTables} where a.story = any($1::int[]) and a.entry <= $2
       order by a.entry`,
      [ids, state.record],
    )
    const words = await this.#db.query<StoryWords & { story: number; version: number }>(
      'select story, version, happened, good, better from story_words where story = any($1::int[])',
      [ids],
    )
    const byStory = Map.groupBy(acts, (a) => a.story)
    const wordsBy = new Map(words.map((w) => [`${w.story}.${w.version}`, w]))
    return rows.map(({ shown, ...row }) => {
      const mine = (byStory.get(row.id) ?? []).map(({ story: _, ...a }) => a)
      const standing = standingOf(mine)
      const found = shown && wordsBy.get(`${row.id}.${standing.published?.version}`)
      const said = found && {
        happened: found.happened,
        good: found.good,
        better: found.better,
      }
      return { ...row, words: said || null, standing: shown ? asShown(standing) : unsaid(standing) }
    })
  }
}

/** A story that waits for a moderator, with all that they need. */
export interface Waiting {
  readonly id: number
  readonly provider: string
  readonly service: string
  readonly places: readonly string[]
  readonly crisis: boolean
  readonly gravity: number | null
  readonly waitsSince: string
  readonly why: 'new' | 'appeal' | 'claim'
}

/** Stories that wait for a moderator, the most urgent first: crises, then the gravest, then the oldest. */
export const queueOf = (db: Pick<Queries, 'query'>): Promise<Waiting[]> =>
  db.query<Waiting>(
    `select s.id, s.provider, s.service, s.places, s.crisis, n.gravity, n.waits_since::text as "waitsSince",
       case when n.stage = 'waiting' then 'new' when n.appeal then 'appeal' else 'claim' end as why
     from story_now n join story s on s.id = n.story where n.stage = 'waiting' or n.appeal or n.claim
     order by (s.crisis and n.stage = 'waiting') desc, coalesce(n.gravity, 3) desc, n.waits_since, s.id limit 500`,
  )

/** A story as those see it who moderate it, and its teller: whether or not it is shown. */
export interface OwnStory extends Omit<Story, 'words'> {
  readonly places: readonly string[]
  readonly crisis: boolean
  readonly gravity: number | null
  /** The words that were told last; null where they have gone. */
  readonly words: StoryWords | null
}

/** A story whatever stands in public of it; null where there is none. */
export async function ownStory(db: Pick<Queries, 'query'>, id: number): Promise<OwnStory | null> {
  const [row] = await db.query<Omit<OwnStory, 'words' | 'standing'>>(
    `select s.id, s.provider, s.service, s.places, s.feelings, s.teller, s.month, s.crisis, n.gravity
     from story s join story_now n on n.story = s.id where s.id = $1`,
    [id],
  )
  if (!row) return null
  const standing = standingOf(await actsOf(db, id))
  const [words] = await db.query<StoryWords>(
    'select happened, good, better from story_words where story = $1 and version = $2',
    [id, standing.version],
  )
  return { ...row, standing, words: words ?? null }
}
