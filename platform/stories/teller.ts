import { z } from 'zod'
import type { Queries } from '../database/database.ts'
import { eraseAll } from '../record/erase.ts'
import { read, reasonText } from '../replies/said.ts'
import { actOn } from './act.ts'
import { sinceHelped } from './helped.ts'
import { standingNow } from './moderate.ts'
import { helpAnswers, type Standing } from './standing.ts'
import { readWords, storySubject } from './story.ts'

/** What whoever told a story may do with it, by the link in each of their letters. */

const role = 'citizen'

/** Changes the words of a story that was not shown; it is read again. @throws Unsaid. */
export async function rewordStory(
  tx: Queries,
  id: number,
  request: unknown,
  on: string,
): Promise<Standing> {
  const { happened, good, better } = readWords(request)
  const { story, standing } = await standingNow(tx, id)
  const version = standing.version + 1
  const done = await actOn(tx, story, { act: 'reworded', role, on, version })
  await tx.query(
    `insert into story_words (story, version, happened, good, better) values ($1, $2, $3, $4, $5)`,
    [id, version, happened, good, better],
  )
  return done.standing
}

const appealSchema = z.strictObject({ text: reasonText })

/** Appeals against a story's not being shown; the words are for whoever decides. @throws Unsaid. */
export async function appeal(
  tx: Queries,
  id: number,
  request: unknown,
  on: string,
): Promise<Standing> {
  const { text } = read(appealSchema, request, { text: 'The reason' })
  const { story } = await standingNow(tx, id)
  return (await actOn(tx, story, { act: 'appealed', role, on, text })).standing
}

const helpedSchema = z.strictObject({
  answer: z.enum(helpAnswers, 'is missing: choose one of the three'),
})

/** Says whether the reply, or what was changed, helped; may be said anew. @throws Unsaid. */
export async function sayWhetherHelped(
  tx: Queries,
  id: number,
  request: unknown,
  on: string,
): Promise<Standing> {
  const { answer } = read(helpedSchema, request, { answer: 'Your answer' })
  const { story, standing } = await standingNow(tx, id)
  // Sent twice, it is said once.
  if (standing.helped?.answer === answer && sinceHelped(standing) === null) return standing
  return (await actOn(tx, story, { act: 'helped', role, on, answer })).standing
}

const gone = 'Whoever told the story has taken it back.'
const ended = 'Real figures took the place of the example area, of which the story was told.'

/**
 * Takes a story back: its words, and what was said to them, go here and from the record, and so does the
 * address of its teller. That there was one stays. Done again it does no harm.
 */
export async function withdrawStory(tx: Queries, id: number, on: string): Promise<void> {
  await takeBack(tx, id, on, { why: gone, by: role })
}

/**
 * Ends the stories of the example area, in the transaction in which real figures take its place: what was told
 * of invented services stands beside no real ones.
 */
export async function endStories(tx: Queries, on: string): Promise<void> {
  const stories = await tx.query<{ id: number }>(
    `select story as id from story_now where stage <> 'withdrawn' order by story`,
  )
  for (const { id } of stories) await takeBack(tx, id, on, { why: ended, by: 'example area' })
  await tx.query('delete from story_draft')
}

async function takeBack(
  tx: Queries,
  id: number,
  on: string,
  about: { readonly why: string; readonly by: string },
): Promise<void> {
  const { story, standing } = await standingNow(tx, id)
  if (standing.stage === 'withdrawn') return
  await actOn(tx, story, { act: 'withdrawn', role: about.by, on })
  await tx.query('delete from story_words where story = $1', [id])
  await tx.query(
    'delete from story_said where entry in (select entry from story_act where story = $1)',
    [id],
  )
  await forgetTeller(tx, id)
  await eraseAll(tx, storySubject(id), about)
}

/** Forgets who told a story: it stays, and no letter about it goes out any more. */
export async function forgetTeller(tx: Pick<Queries, 'query'>, id: number): Promise<void> {
  await tx.query('delete from story_teller where story = $1', [id])
}

/** Where letters about a story go; null where its teller is forgotten. */
export async function tellerAddress(
  tx: Pick<Queries, 'query'>,
  id: number,
): Promise<string | null> {
  const [row] = await tx.query<{ email: string }>(
    'select email from story_teller where story = $1',
    [id],
  )
  return row?.email ?? null
}
