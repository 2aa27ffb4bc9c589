import type { ReleaseRow } from '../comparison/figures.ts'
import { Joined } from '../comparison/joined.ts'
import { Kept } from '../comparison/kept.ts'
import type { EndedIndicator, State } from '../comparison/reader.ts'
import type {
  ChangesAsked,
  ChangesPage,
  CheckResult,
  HiddenFigures,
  RefusedRow,
  ReleasePage,
  Withdrawn,
} from '../comparison/release-page.ts'
import type { Database } from '../database/database.ts'
import { ChangeStore } from './change-store.ts'

/**
 * What "850" stands for: the one place that it names, by its code or by a name of its own in files; else
 * the one indicator that the release holds, where the file's name has that.
 */
const partName = `case when r.part is null then null else coalesce(
  (select min(l.name) from (
     select id from subject where kind = 'place' and code = r.part
     union select s.id from subject s join subject_alias a on a.subject_id = s.id
     where s.kind = 'place' and lower(a.value) = lower(r.part)
   ) s
   join lateral (select name from listing where subject_id = s.id and publication <= $1
     order by publication desc limit 1) l on true
   having count(*) = 1),
  (select min(i.definition->>'name') from indicator i
   where jsonb_array_length(r.indicators) = 1 and i.code = r.indicators->>0)) end`

/**
 * A file with counts that were hidden keeps its digest and its exact size to itself: whoever guesses the
 * counts could make the file and compare. `r` is the release.
 */
const isProtected = 'exists (select 1 from protected_release g where g.release_id = r.id)'
export const publicSha256 = `case when ${isProtected}
  then 'not public, since the file holds counts that are hidden' else r.sha256 end`
const publicBytes = `case when ${isProtected} then (r.bytes + 9999) / 10000 * 10000 else r.bytes end`

const columns = `r.id, r.dataset, r.title, r.publisher, r.source, r.licence, r.period, r.service, r.part,
  ${partName} as "partName",
  case when r.published_in is null or r.published_in > $1 then 'draft'
    when r.ended_in is null or r.ended_in > $1 then 'published' else r.ended_as end as status,
  r.file_name as "fileName", ${publicSha256} as sha256, ${publicBytes} as bytes, r.rows_read as "rowsRead",
  r.rows_accepted as "rowsAccepted", r.rows_refused as "rowsRefused",
  r.published_on as "publishedOn", r.created_at as "createdAt", p.published_at as "publishedAt",
  r.created_by as by, r.supersedes, p.reason,
  (select e.reason from publication e where e.id = r.ended_in and e.id <= $1) as "endReason",
  (select e.published_at from publication e where e.id = r.ended_in and e.id <= $1) as "endedAt",
  (select id from release n where n.supersedes = r.id and n.published_in <= $1 limit 1)
    as "supersededBy"`

/** The state in which nothing has been published. */
const nothingYet: State = {
  publication: 0,
  at: null,
  invented: false,
  answers: 0,
  record: 0,
  checkpoint: 0,
  erased: 0,
}

/** What the page of a release itself shows of its changes; the others have a list of their own. */
const firstChanges: ChangesAsked = { order: 'figure', page: 1, size: 100 }

/** Releases and publications. */
export class ReleaseStore {
  readonly #db: Database
  readonly #changes: ChangeStore
  readonly #all = new Kept<readonly ReleaseRow[]>(4)
  readonly #invented = new Kept<boolean>(8)
  /** Every page asks for it, the finished ones too: behind a long statement a hundred would queue. */
  readonly #now = new Joined(() => this.#state())

  constructor(db: Database) {
    this.#db = db
    this.#changes = new ChangeStore(db)
  }

  /**
   * The state at a moment: the last publication made by then (by the end of a day, in UTC, where
   * only a day is named), with the answers that had been given by then. The state at a state's own
   * moment is that state, but for answers given since.
   */
  state(asOf?: string): Promise<State> {
    return asOf === undefined ? this.#now.get() : this.#state(asOf)
  }

  async #state(asOf?: string): Promise<State> {
    const isDay = asOf?.length === 10
    const by = (column: string): string => {
      if (asOf === undefined) return 'true'
      return isDay
        ? `${column} < ($1::date + 1)::timestamp at time zone 'UTC'`
        : `${column} <= $1::timestamptz`
    }
    const rows = await this.#db.query<Omit<State, 'publication' | 'invented'> & { id: number }>(
      `select p.id, p.published_at as at,
         (select coalesce(max(id), 0) from signal_answer where ${by('recorded_at')}) as answers,
         (select coalesce(max(number), 0) from record_entry where ${by('recorded_at')}) as record,
         (select coalesce(max(size), 0) from record_checkpoint where ${by('made_at')}) as checkpoint,
         (select coalesce(max(number), 0) from record_entry where act = 'part-erased') as erased
       from publication p where ${by('p.published_at')}
       order by p.id desc limit 1`,
      asOf === undefined ? [] : [asOf],
    )
    const last = rows[0]
    if (!last) return nothingYet
    const { id: publication, ...rest } = last
    const invented = await this.#invented.get(String(publication), () =>
      this.#holdsInvented(publication),
    )
    return { publication, ...rest, invented }
  }

  async #holdsInvented(publication: number): Promise<boolean> {
    const rows = await this.#db.query<{ found: boolean }>(
      `select exists (select 1 from release where invented
         and published_in <= $1 and (ended_in is null or ended_in > $1)) as found`,
      [publication],
    )
    return rows[0]?.found === true
  }

  /** All releases that a state knows, newest first: the same for ever, so each is read once. */
  #known(state: State): Promise<readonly ReleaseRow[]> {
    return this.#all.get(String(state.publication), () =>
      this.#db.query<ReleaseRow>(
        `select ${columns} from release r join publication p on p.id = r.published_in
         where r.published_in <= $1 order by r.published_in desc, r.id desc`,
        [state.publication],
      ),
    )
  }

  /** Newest first; drafts are not among them. */
  async list(
    state: State,
    filter: { dataset?: string; service?: string; limit?: number; ids?: readonly number[] } = {},
  ): Promise<ReleaseRow[]> {
    const { dataset, service, ids } = filter
    const found = (await this.#known(state)).filter(
      (r) =>
        (dataset === undefined || r.dataset === dataset) &&
        (service === undefined || r.service === service) &&
        (ids === undefined || ids.includes(r.id)),
    )
    return found.slice(0, filter.limit ?? 100)
  }

  /** See Reader. */
  async indicatorEnded(state: State, code: string): Promise<EndedIndicator | null> {
    const [row] = await this.#db.query<{
      id: number
      title: string
      last: string | null
      counts: boolean
    }>(
      `select r.id, r.title, r.ended_in is null or r.ended_in > $1 as counts,
         (select max(published_at) from publication where id < r.ended_in) as last
       from release r where r.published_in <= $1
         and exists (select 1 from observation_series o where o.release_id = r.id and o.indicator = $2)
       order by r.ended_in is null or r.ended_in > $1 desc, r.ended_in desc, r.id desc limit 1`,
      [state.publication, code],
    )
    if (!row || row.counts || row.last === null) return null
    return { release: { id: row.id, title: row.title }, last: row.last }
  }

  async page(state: State, id: number): Promise<ReleasePage | null> {
    const [release] = await this.list(state, { ids: [id] })
    if (!release) return null
    const [details] = await this.#db.query<{ checks: CheckResult[]; indicators: string[] }>(
      'select checks, indicators from release where id = $1',
      [id],
    )
    const { changes, total, kinds } = await this.#changes.some(state, id, firstChanges)
    const refused = await this.#db.query<RefusedRow>(
      `select line, column_name as column, rule, sentence, cells from refused_row
       where release_id = $1 order by line limit 100`,
      [id],
    )
    const [hidden] = await this.#db.query<HiddenFigures>(
      `select figures, hidden, (rules->>'threshold')::int as threshold,
         (rules->'round'->>'base')::int as "roundedTo"
       from protected_release where release_id = $1`,
      [id],
    )
    return {
      release,
      replacementWithdrawn: await this.#replacementWithdrawn(state, release),
      hidden: hidden ?? null,
      checks: details?.checks ?? [],
      indicators: details?.indicators ?? [],
      changes,
      changeCount: total,
      changeKinds: kinds,
      refused,
    }
  }

  /** The end of the line of releases that took the place of one, where it was withdrawn. */
  async #replacementWithdrawn(state: State, release: ReleaseRow): Promise<Withdrawn | null> {
    const all = new Map((await this.#known(state)).map((r) => [r.id, r]))
    let last = release
    while (last.supersededBy !== null) {
      const next = all.get(last.supersededBy)
      if (!next) return null
      last = next
    }
    if (last === release || last.status !== 'withdrawn' || last.endedAt === null) return null
    const [now] = await this.#db.query<{ id: number }>(
      `select n.id from release r join release n on n.slot = r.slot
       where r.id = $1 and n.published_in <= $2 and (n.ended_in is null or n.ended_in > $2)`,
      [release.id, state.publication],
    )
    return { id: last.id, at: last.endedAt, standsNow: now?.id ?? null }
  }

  /** See Reader. */
  async changes(state: State, id: number, asked: ChangesAsked): Promise<ChangesPage | null> {
    const [release] = await this.list(state, { ids: [id] })
    if (!release) return null
    return { release, ...(await this.#changes.some(state, id, asked)) }
  }

  /** See Reader. */
  allChanges(...of: Parameters<ChangeStore['all']>): ReturnType<ChangeStore['all']> {
    return this.#changes.all(...of)
  }
}
