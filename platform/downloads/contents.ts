import { Kept } from '../comparison/kept.ts'
import type { State } from '../comparison/reader.ts'
import type { Database } from '../database/database.ts'

/** What a publication holds of one indicator. */
export interface IndicatorContents {
  readonly indicator: string
  readonly rows: number
  readonly firstPeriod: string
  readonly lastPeriod: string
  /** The numbers of the releases that its figures come from. */
  readonly releases: readonly number[]
}

/** What can be downloaded of a state. */
export class Contents {
  readonly #db: Database
  readonly #indicators = new Kept<readonly IndicatorContents[]>(4)
  readonly #subjects = new Kept<readonly { kind: 'provider' | 'place'; code: string }[]>(2)

  constructor(db: Database) {
    this.#db = db
  }

  /** Every indicator that has figures, in the order of their codes. */
  indicators(state: State): Promise<readonly IndicatorContents[]> {
    return this.#indicators.get(String(state.publication), () =>
      this.#db.query<IndicatorContents>(
        `with newest as (
           select distinct on (indicator, period, breakdown) * from comparison_series
           where publication <= $1 order by indicator, period, breakdown, publication desc
         ), counted as (select * from newest where not summary ? 'empty')
         select indicator, rows, "firstPeriod", "lastPeriod", releases from (
           select indicator, sum(cardinality(subjects))::int as rows, min(period) as "firstPeriod",
             max(period) as "lastPeriod" from counted group by indicator) c
         join (select indicator, array_agg(distinct r order by r) as releases
           from counted, unnest(releases) r group by indicator) r using (indicator)
         order by indicator`,
        [state.publication],
      ),
    )
  }

  /** Whom there is a page about: all listed providers and places but small areas. */
  subjects(state: State): Promise<readonly { kind: 'provider' | 'place'; code: string }[]> {
    return this.#subjects.get(String(state.publication), () =>
      this.#db.query(
        `select kind, code from (select distinct on (l.subject_id) s.kind, s.code, l.level, l.ended
           from listing l join subject s on s.id = l.subject_id where l.publication <= $1
           order by l.subject_id, l.publication desc) newest
         where not ended and level is distinct from 'lsoa' order by kind, code`,
        [state.publication],
      ),
    )
  }

  /**
   * The state in which a release's figures are read: the one that is shown, or the last in which the
   * release counted. Null where it was not published by then.
   */
  async stateOfRelease(state: State, release: number): Promise<State | null> {
    const [row] = await this.#db.query<{ publication: number; at: string }>(
      `select p.id as publication, p.published_at as at from release r
       join publication p on p.id = least($2, coalesce(r.ended_in - 1, $2))
       where r.id = $1 and r.published_in <= $2`,
      [release, state.publication],
    )
    return row ? { ...state, ...row } : null
  }
}
