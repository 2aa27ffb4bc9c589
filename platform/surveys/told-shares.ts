import type { Queries } from '../database/database.ts'
import type { Told } from './published-share.ts'
import type { Result } from './results-of.ts'

/** What was told of one provider and part: null where it is hidden. */
export type ToldBefore = ReadonlyMap<string, Told | null>

export const toldKey = ({ provider, part }: { provider: string; part: string }): string =>
  `${provider} ${part}`

/** The weighted shares of a survey as they were first counted; none where they never were. */
export async function toldBefore(
  db: Pick<Queries, 'query'>,
  survey: number,
): Promise<ToldBefore | null> {
  const rows = await db.query<{
    readonly provider: string
    readonly part: string
    readonly percent: number | null
    readonly worth: number | null
  }>('select provider, part, percent, worth from survey_told_share where survey = $1', [survey])
  if (rows.length === 0) return null
  return new Map(
    rows.map(({ percent, worth, ...r }) => [
      toldKey(r),
      percent === null || worth === null ? null : { percent, worth },
    ]),
  )
}

/**
 * Keeps weighted shares, once for each survey: two of the same people, a few late answers apart, would tell of those
 * few what neither tells alone.
 */
export async function keepTold(
  tx: Queries,
  survey: number,
  results: readonly Result[],
): Promise<void> {
  // Nobody may count at the same time.
  await tx.query('select id from survey where id = $1 for update', [survey])
  const weighted = results.filter((r) => r.weighted)
  await tx.query(
    `insert into survey_told_share (survey, provider, part, percent, worth)
     select $1, p, q, x, w from unnest($2::text[], $3::text[], $4::int[], $5::int[]) as t (p, q, x, w)
     where not exists (select 1 from survey_told_share where survey = $1)`,
    [
      survey,
      weighted.map((r) => r.provider),
      weighted.map((r) => r.part),
      weighted.map((r) => r.percent),
      weighted.map((r) => r.worth),
    ],
  )
}
