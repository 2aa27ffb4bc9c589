import type { Queries } from '../database/database.ts'
import { Unsaid } from '../replies/said.ts'
import { actOn } from './act.ts'
import { isCrisis } from './notice.ts'
import { readAbout, readWords, type StoryAbout, type StoryWords } from './story.ts'

type Reads = Pick<Queries, 'query'>

/** Which draft, and the browser that began it, as a keyed hash: no other browser sees it. */
export interface DraftKey {
  /** A UUID. */
  readonly id: string
  readonly browser: string
}

/** A story before its teller has said yes by a letter. */
export interface Draft extends StoryWords {
  readonly id: string
  readonly provider: string
  readonly feelings: readonly string[]
  readonly teller: string
  readonly month: string
  readonly email: string | null
}

const columns = 'id, provider, happened, good, better, feelings, teller, month, email'

/** Drafts that one browser may have at a time: who begins more begins anew. */
const mostDrafts = 20

/** Begins a story about a provider; the same number again begins no other. */
export async function beginDraft(
  tx: Reads,
  { id, browser }: DraftKey,
  provider: string,
): Promise<void> {
  await tx.query(
    `insert into story_draft (id, browser, provider) values ($1, $2, $3) on conflict (id) do nothing`,
    [id, browser, provider],
  )
  await tx.query(
    `delete from story_draft where browser = $1 and sent_at is null and id not in
       (select id from story_draft where browser = $1 order by changed_at desc limit ${mostDrafts})`,
    [browser],
  )
}

/** A draft of this browser; null where there is none. */
export async function draftOf(db: Reads, { id, browser }: DraftKey): Promise<Draft | null> {
  const [row] = await db.query<Draft>(
    `select ${columns} from story_draft where id = $1 and browser = $2`,
    [id, browser],
  )
  return row ?? null
}

/** The drafts of a browser that were not sent, the newest first: to go on with. */
export const draftsOf = (db: Reads, browser: string): Promise<Draft[]> =>
  db.query<Draft>(
    `select ${columns} from story_draft where browser = $1 and sent_at is null and happened <> ''
     order by changed_at desc limit 5`,
    [browser],
  )

/** What this browser has sent last and nobody has confirmed yet; null for nothing. */
export async function lastSent(db: Reads, browser: string): Promise<StoryWords | null> {
  const [row] = await db.query<StoryWords>(
    `select happened, good, better from story_draft where browser = $1 and sent_at is not null
     order by sent_at desc limit 1`,
    [browser],
  )
  return row ?? null
}

/** Keeps the words of a draft. @throws Unsaid. */
export async function keepWords(tx: Reads, key: DraftKey, request: unknown): Promise<void> {
  const { happened, good, better } = readWords(request)
  await tx.query(
    `update story_draft set happened = $3, good = $4, better = $5, changed_at = now()
     where id = $1 and browser = $2`,
    [key.id, key.browser, happened, good, better],
  )
}

/** Keeps how it felt, who tells it and when it was. @throws Unsaid. */
export async function keepAbout(tx: Reads, key: DraftKey, request: unknown): Promise<void> {
  const { feelings, teller, month } = readAbout(request)
  await tx.query(
    `update story_draft set feelings = $3::text[], teller = $4, month = $5, changed_at = now()
     where id = $1 and browser = $2`,
    [key.id, key.browser, feelings, teller, month],
  )
}

const wholeOf = (d: Draft): StoryWords & StoryAbout => ({
  ...readWords({ happened: d.happened, good: d.good, better: d.better }),
  ...readAbout({ feelings: d.feelings, teller: d.teller, month: d.month }),
})

/**
 * Sends a draft: notes whom the letter goes to by which its teller says yes. Sent again to the same address
 * it does nothing more.
 * @returns whether a letter is to be posted.
 * @throws Unsaid where the draft is not whole.
 */
export async function sendDraft(tx: Reads, key: DraftKey, email: string): Promise<boolean> {
  const draft = await draftOf(tx, key)
  if (!draft) throw new Unsaid('', 'There is no such story any more. Please begin again.')
  wholeOf(draft)
  const sent = await tx.query(
    `update story_draft set email = $3, sent_at = now(), changed_at = now()
     where id = $1 and browser = $2 and email is distinct from $3 returning id`,
    [key.id, key.browser, email],
  )
  return sent.length > 0
}

/** What a story is told about, as it is when its teller confirms it. */
export interface ToldOf {
  readonly service: string
  readonly places: readonly string[]
}

/** The number of the story that a draft became; null while it is none. */
export async function storyOfDraft(db: Reads, id: string): Promise<number | null> {
  const [row] = await db.query<{ id: number }>('select id from story where draft = $1', [id])
  return row?.id ?? null
}

/**
 * The teller says yes: the draft becomes a story, on the record too, and waits for a moderator. Done again, or
 * twice at once, it stays one.
 * @returns its number, and whether it has become one just now; null where there is no such draft.
 */
export async function confirmDraft(
  tx: Queries,
  { id, email }: { readonly id: string; readonly email: string },
  { service, places }: ToldOf,
  on: string,
): Promise<{ readonly story: number; readonly crisis: boolean; readonly isNew: boolean } | null> {
  // Whoever confirms at the same time waits here, and then finds none.
  const [draft] = await tx.query<Draft>(
    `delete from story_draft where id = $1 and email = $2 returning ${columns}`,
    [id, email],
  )
  if (!draft) {
    const story = await storyOfDraft(tx, id)
    return story === null ? null : { story, crisis: await wasCrisis(tx, story), isNew: false }
  }
  const { happened, good, better, feelings, teller, month } = wholeOf(draft)
  const crisis = isCrisis([happened, good, better].join('\n'))
  const [row] = await tx.query<{ id: number }>(
    `insert into story (draft, provider, service, places, feelings, teller, month, crisis)
     values ($1, $2, $3, $4::text[], $5::text[], $6, $7, $8) returning id`,
    [id, draft.provider, service, places, feelings, teller, month, crisis],
  )
  const story = row?.id ?? 0
  await tx.query(
    `insert into story_words (story, version, happened, good, better) values ($1, 1, $2, $3, $4)`,
    [story, happened, good, better],
  )
  await tx.query('insert into story_teller (story, email) values ($1, $2)', [story, email])
  const known = { id: story, provider: draft.provider, service, crisis }
  await actOn(tx, known, { act: 'told', role: 'citizen', on, version: 1 })
  return { story, crisis, isNew: true }
}

/** Whether what a story said when it was told may speak of a crisis. */
export async function wasCrisis(tx: Reads, story: number): Promise<boolean> {
  const [row] = await tx.query<{ crisis: boolean }>('select crisis from story where id = $1', [
    story,
  ])
  return row?.crisis ?? false
}

/** A draft that was sent, by its number alone; null where there is none, or it has become a story. */
export async function sentDraft(
  db: Reads,
  id: string,
): Promise<{ readonly provider: string; readonly email: string } | null> {
  const [row] = await db.query<{ provider: string; email: string }>(
    'select provider, email from story_draft where id = $1 and email is not null',
    [id],
  )
  return row ?? null
}
