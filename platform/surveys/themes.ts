import { z } from 'zod'
import type { Queries } from '../database/database.ts'
import { append } from '../record/append.ts'
import { Unsaid } from '../replies/said.ts'
import { isCrisis } from '../stories/notice.ts'
import { themeCodes } from '../stories/story.ts'
import { atLeast, roundedTo } from './counts.ts'
import type { Survey } from './survey.ts'
import { type Answerers, answerers, whoAnswered } from './who.ts'

const readRule =
  'What people write in a survey in their own words is not published. A moderator reads it and says what it is about; how many wrote of each theme is published when the survey has ended, unless they are fewer than five.'

/** Themes are those of stories, so that both can be read side by side. */
export const surveyThemes = themeCodes
export type SurveyTheme = (typeof surveyThemes)[number]
/** Read, and about nothing that counts. */
export const noTheme = 'none'

/** How many texts a moderator is shown at a time. */
export const textsAtOnce = 10
/** Fewer texts than this are not counted in public. */
export const fewestOfTheme = roundedTo

/** What somebody wrote, and nobody has read yet. */
export interface UnreadText {
  readonly response: string
  readonly question: string
  readonly text: string
  /** It may speak of a crisis. */
  readonly crisis: boolean
}

/** Of how many texts each survey waits for a moderator, and how many of them may speak of a crisis. */
export const unreadCounts = (
  db: Pick<Queries, 'query'>,
): Promise<{ survey: number; unread: number; urgent: number }[]> =>
  db.query<{ survey: number; unread: number; urgent: number }>(
    `select r.survey, count(*)::int as unread, count(*) filter (where t.crisis)::int as urgent from survey_text t
     join survey_response r on r.id = t.response
     where t.read_at is null group by r.survey
     order by (count(*) filter (where t.crisis) > 0) desc, r.survey desc`,
  )

/** How far the texts of a survey are searched for words of a crisis. */
const mostSearched = 2000

/** The next texts to read: where they may speak of a crisis first, then the oldest. */
export async function nextTexts(db: Pick<Queries, 'query'>, survey: number): Promise<UnreadText[]> {
  const rows = await db.query<UnreadText>(
    `select t.response, t.question, t.text, t.crisis from survey_text t
     join survey_response r on r.id = t.response
     where r.survey = $1 and t.read_at is null
     order by t.crisis desc, t.sent_at, t.response, t.question limit ${mostSearched}`,
    [survey],
  )
  return rows
    .map((row) => ({ ...row, crisis: row.crisis || isCrisis(row.text) }))
    .toSorted((a, b) => Number(b.crisis) - Number(a.crisis))
    .slice(0, textsAtOnce)
}

const readSchema = z
  .array(
    z.strictObject({
      response: z.uuid(),
      question: z.string().max(60),
      theme: z.enum([...surveyThemes, noTheme]),
    }),
  )
  .max(textsAtOnce * (surveyThemes.length + 1))

/**
 * Puts texts under themes, on the record too. What another moderator has read meanwhile stays as it is; so do
 * texts of other surveys. The transaction is the caller's.
 * @param request a row for each text and theme.
 * @param person the number of who read them; null where that is nobody who signed in.
 * @returns how many texts were read.
 * @throws Unsaid where nothing is chosen, or a text is about something and nothing at once.
 */
export async function readTexts(
  tx: Queries,
  survey: Pick<Survey, 'id' | 'title' | 'service'>,
  request: unknown,
  role: string,
  person: string | null = null,
): Promise<number> {
  const found = readSchema.safeParse(request)
  if (!found.success) throw new Unsaid('', 'The form was not whole. Please send it again.')
  const rows = found.data
  if (rows.length === 0) throw new Unsaid('themes', 'Choose what at least one of them is about.')
  const texts = [...Map.groupBy(rows, (r) => JSON.stringify([r.response, r.question])).values()]
  if (texts.some((own) => own.length > 1 && own.some((r) => r.theme === noTheme))) {
    throw new Unsaid('themes', 'A text is about a theme or about none of them, not both.')
  }
  const read = await tx.query<{ response: string; question: string }>(
    `update survey_text t set read_at = now()
     from unnest($2::uuid[], $3::text[]) as w (response, question), survey_response r
     where t.response = w.response and t.question = w.question and t.read_at is null
       and r.id = t.response and r.survey = $1
     returning t.response, t.question`,
    [survey.id, texts.map(([t]) => t?.response), texts.map(([t]) => t?.question)],
  )
  const isRead = new Set(read.map((r) => JSON.stringify([r.response, r.question])))
  const kept = rows.filter(
    (r) => r.theme !== noTheme && isRead.has(JSON.stringify([r.response, r.question])),
  )
  await tx.query(
    `insert into survey_theme (response, question, theme)
     select * from unnest($1::uuid[], $2::text[], $3::text[]) on conflict do nothing`,
    [kept.map((r) => r.response), kept.map((r) => r.question), kept.map((r) => r.theme)],
  )
  if (read.length > 0) {
    const { id, title, service } = survey
    await append(tx, [
      {
        ...{ act: 'survey-read', role, subject: `survey:${service}`, why: null, rule: readRule },
        person,
        details: { survey: id, title, read: read.length },
      },
    ])
  }
  return read.length
}

/** How many wrote of a theme at least, a multiple of five; null where they are too few to say. */
export interface ThemeCount {
  readonly theme: SurveyTheme
  readonly who: Answerers
  readonly n: number | null
}

/**
 * Every theme with its counts in a survey, most first, by who wrote. Nobody and few look
 * alike: a zero would tell that nobody of a few wrote of it.
 */
export async function themeCounts(
  db: Pick<Queries, 'query'>,
  survey: number,
): Promise<ThemeCount[]> {
  const rows = await db.query<{ theme: string; who: Answerers; n: number }>(
    `select t.theme, ${whoAnswered} as who, count(distinct t.response)::int as n
     from survey_theme t join survey_response r on r.id = t.response
     where r.survey = $1 group by 1, 2`,
    [survey],
  )
  return surveyThemes
    .flatMap((theme) =>
      answerers.map((who): ThemeCount => {
        const n = rows.find((r) => r.theme === theme && r.who === who)?.n ?? 0
        return { theme, who, n: atLeast(n) }
      }),
    )
    .toSorted((a, b) => (b.n ?? 0) - (a.n ?? 0) || (a.theme < b.theme ? -1 : 1))
}
