import type { State } from '../comparison/reader.ts'
import type {
  Change,
  ChangeKinds,
  ChangeOrder,
  ChangeStatus,
  ChangesAsked,
  ChangesPage,
  ChangesQuery,
} from '../comparison/release-page.ts'
import type { Database } from '../database/database.ts'
import { statuses } from '../evidence/descriptor.ts'
import { type AlikeChanges, absent, changeKinds } from './change-kinds.ts'
import { plainText } from './search-text.ts'

interface Row extends Omit<Change, 'beforeStatus' | 'afterStatus'> {
  readonly beforeStatus: number | null
  readonly afterStatus: number | null
}

/** Where a part of all changes ended: the next one goes on behind it. */
type Place = readonly [indicator: string, period: string, breakdown: string, subject: number]

/** So many changes are read in one statement: other pages wait no longer than that. */
const atOnce = 5000

const orders: Readonly<Record<ChangeOrder, string>> = {
  figure: 'indicator, period, breakdown, code',
  name: 'name, code, indicator, period, breakdown',
  direction: 'after - before nulls last, indicator, period, breakdown, code',
  '-direction': 'before - after nulls last, indicator, period, breakdown, code',
}

const columns = `c.subject_id, s.code, s.kind, c.indicator, c.breakdown, c.period, c.before, c.after,
  c.before_status, c.after_status`

const figures = `code as subject, kind, name, indicator, breakdown, period, before, after,
  before_status as "beforeStatus", after_status as "afterStatus"`

/** `f` with what everybody is called in the state `$2`. */
const named = (found: string): string => `select f.*, coalesce((select l.name from listing l
  where l.subject_id = f.subject_id and l.publication <= $2 order by l.publication desc limit 1), f.code) as name
  from ${found} f`

/** Those that a query leaves: `$3` a text that names, codes, towns or postcodes hold, `$4` an indicator. */
const left = `c.release_id = $1 and ($4::text is null or c.indicator = $4)
  and ($3::text is null or c.subject_id in (select l.subject_id from listing l
    where l.publication <= $2 and l.search like $3))`

const asked = ({ q, indicator }: ChangesQuery): [string | null, string | null] => {
  const text = plainText(q ?? '')
  return [text === '' ? null : `%${text.replace(/[\\%_]/g, '\\$&')}%`, indicator || null]
}

/** What a figure was; rows of before statuses were kept tell it only where there was a value. */
const statusOf = (status: number | null, value: number | null): ChangeStatus => {
  if (status === null) return value === null ? null : 'value'
  return status === absent ? 'absent' : (statuses[status] ?? null)
}

const changeOf = ({ beforeStatus, afterStatus, ...row }: Row): Change => ({
  ...row,
  beforeStatus: statusOf(beforeStatus, row.before),
  afterStatus: statusOf(afterStatus, row.after),
})

/** Changes of one indicator that are alike; 0 is the place of a value, null where nobody kept the status. */
interface Counted {
  readonly code: string
  readonly before: number | null
  readonly after: number | null
  readonly count: number
  /** How many of them a query leaves. */
  readonly left: number
}

const sum = (all: readonly Counted[], of: (c: Counted) => number): number =>
  all.reduce((s, c) => s + of(c), 0)

/** Null where the status of some was not kept. */
function kindsOf(all: readonly Counted[]): ChangeKinds | null {
  const known = all.flatMap(({ before, after, count }) =>
    before === null || after === null ? [] : [{ before, after, count }],
  )
  return known.length === all.length ? changeKinds(known) : null
}

/** What the publication of some drafts, compared already, would change of those whose place they take. */
export async function kindsOfDrafts(
  db: Pick<Database, 'query'>,
  drafts: readonly number[],
): Promise<ChangeKinds> {
  return changeKinds(
    await db.query<AlikeChanges>(
      `select before_status as before, after_status as after, count(*)::int as count
       from release_change where release_id = any($1::int[]) group by 1, 2`,
      [drafts],
    ),
  )
}

/** What corrections changed, figure by figure. */
export class ChangeStore {
  readonly #db: Pick<Database, 'query'>

  constructor(db: Pick<Database, 'query'>) {
    this.#db = db
  }

  /** Some changes of a release, and how many there are in all. */
  async some(
    { publication }: State,
    release: number,
    query: ChangesAsked,
  ): Promise<Omit<ChangesPage, 'release'>> {
    const { order, page, size } = query
    // Names are looked up for those alone that are shown, unless the order needs them all.
    const found = `select ${columns} from release_change c join subject s on s.id = c.subject_id where ${left}`
    const part = `order by ${orders[order]} limit $5 offset $6`
    const shown =
      order === 'name'
        ? `with found as (${found}), shown as (${named('found')} ${part})`
        : `with part as (${found} ${part}), shown as (${named('part')})`
    const rows = await this.#db.query<Row>(
      `${shown} select ${figures} from shown order by ${orders[order]}`,
      [release, publication, ...asked(query), size, (page - 1) * size],
    )
    const counts = await this.#db.query<Counted>(
      `select c.indicator as code, coalesce(c.before_status, case when c.before is not null then 0 end) as before,
         coalesce(c.after_status, case when c.after is not null then 0 end) as after,
         count(*)::int as count, count(*) filter (where ${left})::int as left
       from release_change c where c.release_id = $1 group by 1, 2, 3 order by 1`,
      [release, publication, ...asked(query)],
    )
    const indicators = Map.groupBy(counts, (c) => c.code)
    return {
      changes: rows.map(changeOf),
      total: sum(counts, (c) => c.left),
      kinds: kindsOf(counts),
      indicators: [...indicators].map(([code, own]) => ({ code, count: sum(own, (c) => c.count) })),
    }
  }

  /** All changes of a release that a query leaves, by figure. */
  async *all(
    { publication }: State,
    release: number,
    query: ChangesQuery,
  ): AsyncGenerator<readonly Change[]> {
    let place: Place | null = null
    for (;;) {
      const behind = place
        ? 'and (c.indicator, c.period, c.breakdown, c.subject_id) > ($6, $7, $8, $9::int)'
        : ''
      const found: (Row & { readonly id: number })[] = await this.#db.query(
        `with part as (select ${columns} from release_change c join subject s on s.id = c.subject_id
           where ${left} ${behind}
           order by c.indicator, c.period, c.breakdown, c.subject_id limit $5),
         shown as (${named('part')})
         select subject_id as id, ${figures} from shown
         order by indicator, period, breakdown, subject_id`,
        [release, publication, ...asked(query), atOnce, ...(place ?? [])],
      )
      if (found.length > 0) yield found.map(({ id: _, ...row }) => changeOf(row))
      const last = found.at(-1)
      if (!last || found.length < atOnce) return
      place = [last.indicator, last.period, last.breakdown, last.id]
    }
  }
}
