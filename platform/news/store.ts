import type { State } from '../comparison/reader.ts'
import type { Database } from '../database/database.ts'
import { outcomes } from '../standards/judge.ts'
import { type JudgedRow, turnsOf } from './judged.ts'
import type { FigureNews, JudgedNews } from './story.ts'

/** What pages may ask of what changed; the newest first. Values are not told, so none that is hidden. */
export interface NewsReader {
  /** What became of the figures of an indicator. */
  ofIndicator(state: State, code: string): Promise<readonly FigureNews[]>
  /** What became of the figures of a provider or place. */
  ofSubject(state: State, code: string): Promise<readonly FigureNews[]>
  /** How a provider, or a place and the providers within it, are judged otherwise than before: at most so many. */
  judged(state: State, code: string, most: number): Promise<readonly JudgedNews[]>
}

/**
 * What the files `r` that a state knows did: they were published, or took the place of others, or were
 * withdrawn; those that did the same for the same period are told together.
 * @param which which of them, in SQL; `$2` is what it is about.
 * @param changed which of the figures `c` that a correction changed are meant.
 */
const figureNews = (which: string, changed: string): string => `
  with acts as (
    select r.id, r.title, r.period, r.published_in as publication,
      case when r.supersedes is null then 'published' else 'corrected' end as act,
      case when r.supersedes is null then 0 else (select count(*) from release_change c
        where c.release_id = r.id and ${changed})::int end as changes
    from release r where r.published_in <= $1 and r.observations > 0 and ${which}
    union all
    select r.id, r.title, r.period, r.ended_in, 'withdrawn', 0
    from release r where r.ended_in <= $1 and r.ended_as = 'withdrawn' and r.observations > 0 and ${which})
  select a.publication, p.published_at as at, p.reason, a.act, a.title, a.period,
    array_agg(a.id order by a.id) as releases, sum(a.changes)::int as changes
  from acts a join publication p on p.id = a.publication
  where a.act <> 'corrected' or a.changes > 0
  group by a.publication, p.published_at, p.reason, a.act, a.title, a.period
  order by a.publication desc, a.period desc, a.title, a.act`

const ofIndicator = figureNews('r.indicators ? $2', 'c.indicator = $2')

// A correction may have left somebody out, whom its file then does not describe.
const subject = '(select id from subject where code = $2)'
const ofSubject = figureNews(
  `(exists (select 1 from description d where d.subject_id = ${subject} and d.release_id = r.id)
    or exists (select 1 from release_change x where x.release_id = r.id and x.subject_id = ${subject}))`,
  `c.subject_id = ${subject}`,
)

// One provider or place, and whoever lies within it now.
const meant = `select $2::int as id union
  select subject_id from (select distinct on (subject_id) subject_id, parents from listing
    where publication <= $1 and subject_id in
      (select subject_id from listing where parents @> array[$2::int])
    order by subject_id, publication desc) l where parents @> array[$2::int]`

interface Row {
  standard: string
  period: string
  publication: number
  subjects: number[] | null
  outcome: number[] | null
}

export class NewsStore implements NewsReader {
  readonly #db: Pick<Database, 'query'>

  constructor(db: Pick<Database, 'query'>) {
    this.#db = db
  }

  ofIndicator({ publication }: State, code: string): Promise<readonly FigureNews[]> {
    return this.#db.query<FigureNews>(ofIndicator, [publication, code])
  }

  ofSubject({ publication }: State, code: string): Promise<readonly FigureNews[]> {
    return this.#db.query<FigureNews>(ofSubject, [publication, code])
  }

  async judged({ publication }: State, code: string, most: number): Promise<readonly JudgedNews[]> {
    const [own] = await this.#db.query<{ id: number }>('select id from subject where code = $1', [
      code,
    ])
    if (!own) return []
    const rows = await this.#db.query<Row>(
      `with meant as (${meant})
       select j.standard, j.period, j.publication, of.subjects, of.outcome from judgement j,
         lateral (select array_agg(u.id) as subjects, array_agg(u.outcome) as outcome
           from unnest(j.subjects, j.outcome) as u(id, outcome)
           where u.id in (select id from meant)) of
       where j.publication <= $1 order by j.publication, j.period, j.standard`,
      [publication, own.id],
    )
    const turned = turnsOf(rows.map(judgedRow)).slice(0, most)
    const publications = await this.#publications(turned.map((t) => t.publication))
    const names = await this.#names(publication, [...new Set(turned.map((t) => t.subject))])
    return turned.flatMap(({ subject, ...rest }) => {
      const [made, who] = [publications.get(rest.publication), names.get(subject)]
      return made && who ? [{ ...rest, ...made, ...who }] : []
    })
  }

  async #publications(ids: readonly number[]) {
    const rows = await this.#db.query<{ id: number; at: string; reason: string }>(
      'select id, published_at as at, reason from publication where id = any($1::int[])',
      [[...new Set(ids)]],
    )
    return new Map(rows.map(({ id, ...rest }) => [id, rest]))
  }

  async #names(publication: number, ids: readonly number[]) {
    const rows = await this.#db.query<{ id: number; code: string; name: string }>(
      `select s.id, s.code, coalesce((select l.name from listing l where l.subject_id = s.id
         and l.publication <= $1 order by l.publication desc limit 1), s.code) as name
       from subject s where s.id = any($2::int[])`,
      [publication, ids],
    )
    return new Map(rows.map(({ id, ...rest }) => [id, rest]))
  }
}

const judgedRow = ({ standard, period, publication, subjects, outcome }: Row): JudgedRow => ({
  standard,
  period,
  publication,
  outcomes: new Map(
    (subjects ?? []).flatMap((id, at) => {
      const said = outcomes[outcome?.[at] ?? -1]
      return said === undefined ? [] : [[id, said] as const]
    }),
  ),
})
