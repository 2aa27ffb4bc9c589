import type { State } from '../comparison/reader.ts'
import type { Queries } from '../database/database.ts'
import type { Way } from './answering.ts'
import { atLeast } from './counts.ts'
import { listSurveys, type Survey, stateOn } from './survey.ts'
import { whoAnswered } from './who.ts'

/** A survey as everybody may know it. */
export interface KnownSurvey extends Survey {
  /** How people come to it; by open links in any case. */
  readonly ways: readonly Way[]
  readonly providers: number
  /** How many were drawn by lot and invited. */
  readonly invited: number
  /** How many answered, rounded down, by how they came; null while it is open. */
  readonly response: Readonly<Record<'sampled' | 'appointment' | 'open', number | null>> | null
}

/** What pages and the API may ask of surveys. */
export interface SurveysReader {
  /** Those that were opened by a state, the newest first. */
  all(state: State): Promise<readonly KnownSurvey[]>
}

interface Counted {
  readonly survey: number
  readonly ways: readonly Way[]
  readonly providers: number
  readonly invited: number
  readonly sampled: number
  readonly appointment: number
  readonly open: number
}

export class SurveysStore implements SurveysReader {
  readonly #db: Pick<Queries, 'query'>

  constructor(db: Pick<Queries, 'query'>) {
    this.#db = db
  }

  async all({ record }: State): Promise<readonly KnownSurvey[]> {
    const rows = await this.#db.query<Counted>(
      `select s.id as survey,
         (select count(*) from survey_link l where l.survey = s.id)::int as providers,
         (select count(*) from survey_invitation i where i.survey = s.id
           and i.way <> 'appointment')::int as invited,
         -- Whether one was invited after an appointment would tell whoever reported the only one.
         coalesce((select array_agg(distinct w.way order by w.way) from (
           select i.way from survey_invitation i where i.survey = s.id and i.way <> 'appointment'
           union all select 'appointment' from survey_after a where a.survey = s.id) w), '{}') as ways,
         count(r.id) filter (where ${whoAnswered} = 'sample')::int as sampled,
         count(r.id) filter (where ${whoAnswered} = 'appointment')::int as appointment,
         count(r.id) filter (where ${whoAnswered} = 'open')::int as open
       from survey s left join survey_response r on r.survey = s.id and r.submitted_at is not null
       where s.entry <= $1 group by s.id`,
      [record],
    )
    const of = new Map(rows.map((r) => [r.survey, r]))
    const today = new Date().toISOString().slice(0, 10)
    return (await listSurveys(this.#db)).flatMap((survey) => {
      const found = of.get(survey.id)
      if (!found) return []
      const { ways, providers, invited, sampled, appointment, open } = found
      const isEnded = stateOn(survey, today) === 'ended'
      const response = isEnded
        ? {
            sampled: atLeast(sampled),
            appointment: atLeast(appointment),
            open: atLeast(open),
          }
        : null
      return [{ ...survey, ways: ['poster', ...ways], providers, invited, response }]
    })
  }
}
