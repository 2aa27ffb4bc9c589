import type { Reader, State } from '../comparison/reader.ts'
import type { Database } from '../database/database.ts'
import { type Handler, handler } from '../jobs/run.ts'
import { post } from '../mail/post.ts'
import { grantsOf } from '../people/grants.ts'
import { isShutSql } from '../people/shutting.ts'
import { lateData, tellSubscribers } from './kinds.ts'
import { lastNotice, lateNews, noticeLate } from './late.ts'
import { newsLetter } from './letters.ts'
import { seal } from './links.ts'
import { type About, lastTurn, type News, type Pace, paces } from './subscription.ts'

/** How pages write what letters say as well. */
export interface LetterWords {
  readonly period: (code: string) => string
  readonly date: (iso: string) => string
  /** What a publication after `told` changed of something; null where there is no such thing any more. */
  readonly newsSince: (about: About, told: number, state: State) => Promise<News | null>
}

export interface TellPlace {
  readonly db: Database
  readonly reader: Pick<Reader, 'state' | 'desk'>
  readonly words: LetterWords
  readonly secret: string
  /** Where visitors find this Plumbline, without a slash at the end. */
  readonly home: () => string
  /** What is said of the figures while they are invented. */
  readonly example: string
}

/** The jobs that tell subscribers what is new, and notice what is late. */
export const subscriptionJobs = (place: TellPlace): Handler[] => [
  handler(tellSubscribers, async () => void (await tell(place)), '11 * * * *'),
  handler(
    lateData,
    async () => {
      const day = new Date().toISOString().slice(0, 10)
      await noticeLate(place.db, place.reader, day)
    },
    '40 3 * * *',
  ),
]

interface Due extends About {
  readonly id: string
  readonly subscriber: string
  readonly email: string
  readonly told: number
}

/**
 * Writes to all whose turn it is and for whom there is something new: one letter for all that an address
 * follows. The letter and the note of what it told are one transaction, so that each thing is told once.
 * @returns how many letters were written.
 */
export async function tell(place: TellPlace, now = new Date()): Promise<number> {
  const { db, reader } = place
  const state = await reader.state()
  const ends: Ends = { news: state.publication, late: await lastNotice(db) }
  const known = new Map<string, Promise<News | null>>()
  const newsOf = (about: About, told: number): Promise<News | null> => {
    const key = JSON.stringify([about.kind, about.code, told])
    const found = known.get(key) ?? place.words.newsSince(about, told, state)
    known.set(key, found)
    return found
  }
  let written = 0
  const due = await dueNow(db, now, ends)
  for (const all of Map.groupBy(due, (d) => d.subscriber).values()) {
    const news: News[] = []
    for (const one of all) {
      const found = await (one.kind === 'late' ? lateNewsOf(place, one) : newsOf(one, one.told))
      if (found && found.items.length > 0) news.push(found)
    }
    if (await writeTo(place, all, news, { ends, now, invented: state.invented })) written += 1
  }
  await passOver(db, now, ends)
  return written
}

interface Ends {
  readonly news: number
  readonly late: number
}

// Whose turn it is: `$1` and `$2` are paces with their last turns, `$3` and `$4` how far news and notices go.
const turn = `join unnest($1::text[], $2::timestamptz[]) as turn(pace, at) on turn.pace = s.pace
  where s.confirmed_at is not null and (s.looked_at < turn.at or s.pace = 'at-once')
  and s.told`
const end = "case when s.kind = 'late' then $4::int else $3::int end"

const turns = (now: Date, { news, late }: Ends): unknown[] => [
  paces,
  paces.map((pace: Pace) => lastTurn(pace, now).toISOString()),
  news,
  late,
]

/** Those whose turn has come since they were last looked at, and who do not know everything. */
async function dueNow(db: Database, now: Date, ends: Ends): Promise<Due[]> {
  return db.query<Due>(
    `select s.id, s.kind, s.code, s.told, s.subscriber_id as subscriber, r.email
     from subscription s join subscriber r on r.id = s.subscriber_id ${turn} < ${end}
     order by s.subscriber_id, s.confirmed_at, s.id`,
    turns(now, ends),
  )
}

/** The turn of those who know everything is over as well: news of tomorrow waits for the next. */
async function passOver(db: Database, now: Date, ends: Ends): Promise<void> {
  await db.query(
    `update subscription set looked_at = $5 where id in
       (select s.id from subscription s ${turn} >= ${end} and s.pace <> 'at-once')`,
    [...turns(now, ends), now.toISOString()],
  )
}

/**
 * Late figures are told to those whose roles reach them now: a role may have ended since they asked, or their
 * account been shut.
 */
async function lateNewsOf({ db, words }: TellPlace, { email, told }: Due): Promise<News | null> {
  const [person] = await db.query<{ id: string }>(
    `select p.id from person_address p
     where p.email = $1 and p.email_verified and not ${isShutSql('p.id')}`,
    [email],
  )
  return person ? lateNews(db, await grantsOf(db, person.id), told, words) : null
}

async function writeTo(
  { db, secret, home: homeNow, example }: TellPlace,
  all: readonly Due[],
  news: readonly News[],
  { ends, now, invented }: { ends: Ends; now: Date; invented: boolean },
): Promise<boolean> {
  const [first] = all
  if (!first) return false
  const home = homeNow()
  return db
    .transaction(async (tx) => {
      // Whoever reads the same is a second server, or ends it, or has changed it: theirs counts.
      const moved = await tx.query<{ id: string }>(
        `update subscription s set looked_at = $3,
         told = case when kind = 'late' then $5::int else $4::int end
       from unnest($1::uuid[], $2::int[]) as was(id, told)
       where s.id = was.id and s.told = was.told returning s.id`,
        [all.map((d) => d.id), all.map((d) => d.told), now.toISOString(), ends.news, ends.late],
      )
      if (moved.length < all.length) throw new Overtaken()
      if (news.length === 0) return false
      const stop = `${home}/unsubscribe?token=${seal(secret, 'end', [first.subscriber], null)}`
      const letter = newsLetter({ news, home, stop, about: invented ? example : null })
      await post(tx, { ...letter, to: first.email })
      return true
    })
    .catch((error: unknown) => {
      if (error instanceof Overtaken) return false
      throw error
    })
}

/** Another process has told the same meanwhile. */
class Overtaken extends Error {}
