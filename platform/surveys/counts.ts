import type { Queries } from '../database/database.ts'
import { whoAnswered } from './who.ts'

/** How many answers one provider has in a survey. */
export interface Replies {
  readonly provider: string
  /** Of people who were chosen and invited. */
  readonly sampled: number
  /** Of people who were asked after an appointment. */
  readonly appointment: number
  /** Of people who came by an open link. */
  readonly open: number
  /** Begun and not sent. */
  readonly begun: number
  /** Drawn and invited; after appointments others were. */
  readonly invited: number
  readonly invitedAfter: number
}

/** How many answers have come in, for each provider of a survey that has a link. */
export const repliesOf = (db: Pick<Queries, 'query'>, survey: number): Promise<Replies[]> =>
  db.query<Replies>(
    `select l.provider, coalesce(a.sampled, 0) as sampled,
       coalesce(a.appointment, 0) as appointment, coalesce(a.open, 0) as open,
       coalesce(a.begun, 0) as begun, coalesce(i.invited, 0) as invited,
       coalesce(i.after, 0) as "invitedAfter"
     from survey_link l
     left join (select provider,
         count(*) filter (where submitted_at is not null and ${whoAnswered} = 'sample')::int as sampled,
         count(*) filter (where submitted_at is not null and ${whoAnswered} = 'appointment')::int
           as appointment,
         count(*) filter (where submitted_at is not null and ${whoAnswered} = 'open')::int as open,
         count(*) filter (where submitted_at is null)::int as begun
       from survey_response r where survey = $1 group by provider) a using (provider)
     left join (select provider, count(*) filter (where way <> 'appointment')::int as invited,
         count(*) filter (where way = 'appointment')::int as after
       from survey_invitation where survey = $1 group by provider) i using (provider)
     where l.survey = $1 order by l.provider`,
    [survey],
  )

/** To a multiple of what the public is told how many answered. */
export const roundedTo = 5

/**
 * So many people as the public may know: down to a multiple of five, and null where they are fewer, nobody
 * included. An exact number would tell, beside the base of a question, who left it out.
 * @example atLeast(23) // 20
 */
export const atLeast = (n: number): number | null => roundedTo * Math.floor(n / roundedTo) || null
