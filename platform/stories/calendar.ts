import type { Database } from '../database/database.ts'
import { enqueue } from '../jobs/kind.ts'
import { type CorrectionClock, correctionClockSchema, dueOf } from '../replies/deadline.ts'
import { actOn, storyOf } from './act.ts'
import { counts } from './counted.ts'
import type { StoryClock } from './deadline.ts'
import { storyMoved } from './kinds.ts'

interface Open {
  readonly story: number
  readonly due: string
  readonly clock: string
}

const dayWords = new Intl.DateTimeFormat('en-GB', { dateStyle: 'full', timeZone: 'UTC' })
const spoken = (day: string): string => dayWords.format(new Date(day)).replace(',', '')

/** What became known since: "Monday 4 May 2026 (Early May)". */
function closedSince(before: CorrectionClock, after: CorrectionClock): string {
  const known = new Set(before.calendar.holidays.map((h) => h.date))
  const closed = after.calendar.holidays.filter((h) => !known.has(h.date))
  return closed.map((h) => `${spoken(h.date)} (${h.title})`).join(', ')
}

/**
 * Moves the days by which published stories are to be replied to, where a holiday has become known since: each
 * on the record, with why. Only later, and only what has not passed: nobody is held to an earlier day.
 * @param clock with the calendar as it is known now.
 * @param day ISO: today.
 */
export async function moveDeadlines(
  db: Database,
  { calendar }: StoryClock,
  day: string,
): Promise<{ readonly moved: number; readonly open: number; readonly sentence: string }> {
  const open = await db.query<Open>(
    `select n.story, n.due::text as due,
       (select clock from story_act a where a.story = n.story and a.clock is not null
        order by entry desc limit 1) as clock
     from story_now n where n.published is not null and n.due >= $1::date
       and not exists (select 1 from story_act a where a.story = n.story and ${counts('a')})
     order by n.story`,
    [day],
  )
  let moved = 0
  for (const { story, due, clock } of open) {
    const before = correctionClockSchema.parse(JSON.parse(clock))
    if (before.calendar.name !== calendar.name) continue
    const after = dueOf({ rule: before.rule, calendar }, before.calendar.from)
    if (after.due <= due) continue
    const why = `It was due by ${spoken(due)}. Since then it has become known that this is no working day: ${closedSince(before, after.clock)}.`
    await db.transaction(async (tx) => {
      await actOn(tx, await storyOf(tx, story), {
        ...{ act: 'due-moved', role: 'operator', on: day, due: after.due },
        ...{ clock: JSON.stringify(after.clock), text: why, personal: { why } },
      })
      await enqueue(tx, storyMoved, { story })
    })
    moved++
  }
  const n = open.length
  const sentence = `${moved} of ${n} open ${n === 1 ? 'deadline' : 'deadlines'} ${moved === 1 ? 'moves' : 'move'}.`
  return { moved, open: n, sentence }
}
