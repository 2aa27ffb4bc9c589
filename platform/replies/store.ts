import type { State } from '../comparison/reader.ts'
import type { Queries } from '../database/database.ts'
import { ActsAbout } from '../record/acts-about.ts'
import { isReasonErased, reasonOf } from '../record/sealed-reason.ts'
import { type CorrectionClock, correctionClockSchema, usualClock } from './deadline.ts'
import type { Matter } from './matter.ts'

/** One act on a reply: a version of it, or that it was withdrawn. */
export interface ReplyAct {
  /** Of the record. */
  readonly entry: number
  readonly act: 'given' | 'withdrawn'
  readonly role: string
  readonly on: string
  /** The moment at which it was recorded. */
  readonly at: string
  /** Null once it has been withdrawn. */
  readonly text: string | null
  readonly name: string | null
  /** Of a withdrawal; null where its reason was erased. */
  readonly why: string | null
  /** Of what it was about when it was given. */
  readonly period: string
}

/** A reply with all that became of it. */
export interface Reply extends Matter {
  /** What stands: the last act. */
  readonly last: ReplyAct
  /** All of them, oldest first. */
  readonly acts: readonly ReplyAct[]
}

export interface CorrectionAnswer {
  readonly entry: number
  readonly outcome: 'accepted' | 'refused'
  readonly role: string
  readonly on: string
  readonly at: string
  readonly release: number | null
  /** Null where none was given, or it was erased. */
  readonly why: string | null
  readonly whyErased?: boolean
}

/** A request for a correction. */
export interface Correction extends Matter {
  readonly id: number
  readonly entry: number
  readonly period: string
  readonly role: string
  readonly askedOn: string
  /** The moment at which it was recorded. */
  readonly at: string
  /** By the end of which day it is to be answered. */
  readonly due: string
  readonly isPrivate: boolean
  /** Null where they are not public. */
  readonly words: CorrectionWords | null
  readonly answer: CorrectionAnswer | null
}

export interface CorrectionWords {
  readonly wrong: string
  readonly rightIs: string
  readonly evidence: string
}

/** Whether a request waits beyond its time, on a day. */
export const isLate = ({ answer, due }: Pick<Correction, 'answer' | 'due'>, day: string): boolean =>
  answer === null && due < day

/** What pages may ask of replies and corrections, as a state knows them. */
export interface RepliesReader {
  /** By when a request made now is answered. */
  readonly clock: CorrectionClock
  /** Replies of one provider, or of all; by provider, the oldest first. */
  replies(state: State, provider?: string): Promise<readonly Reply[]>
  /** Requests of one provider, or of all; the newest first. */
  corrections(state: State, provider?: string): Promise<readonly Correction[]>
  /** How a request's deadline was worked out then; null where there is no such request. */
  clockOf(id: number): Promise<CorrectionClock | null>
  /** The words of a request that are not public: for those who may see them. */
  privateWords(id: number): Promise<CorrectionWords | null>
}

interface ReplyRow extends Matter, ReplyAct {}

interface CorrectionRow
  extends Omit<Correction, 'words' | 'answer'>,
    Record<keyof CorrectionWords, string | null> {
  readonly answer: CorrectionAnswer | null
}

export class RepliesStore implements RepliesReader {
  readonly clock: CorrectionClock
  readonly #db: Pick<Queries, 'query'>
  readonly #about: ActsAbout

  constructor(
    db: Pick<Queries, 'query'>,
    clock: CorrectionClock = usualClock,
    about = new ActsAbout(db),
  ) {
    this.#db = db
    this.#about = about
    this.clock = clock
  }

  async replies(state: State, provider?: string): Promise<readonly Reply[]> {
    if (await this.#isSilent(state, 'replies', provider)) return []
    const rows = await this.#db.query<ReplyRow>(
      `select a.entry, a.provider, a.kind, a.about, a.period, a.act, a.role,
         a.acted_on::text as on, e.recorded_at as at, t.text, t.name,
         case a.act when 'withdrawn' then ${reasonOf('a')} end as why
       from reply_act a join record_entry e on e.number = a.entry
       left join reply_text t on t.entry = a.entry
       where a.entry <= $1 ${provider === undefined ? '' : 'and a.provider = $2'}
       order by a.provider, a.entry`,
      provider === undefined ? [state.record] : [state.record, provider],
    )
    const byMatter = Map.groupBy(rows, (r) => `${r.provider} ${r.kind} ${r.about}`)
    return [...byMatter.values()].flatMap((some) => {
      const acts = some.map(({ provider: _, kind: __, about: ___, ...act }) => act)
      const [row] = some
      const last = acts.at(-1)
      if (!row || !last) return []
      return [{ provider: row.provider, kind: row.kind, about: row.about, last, acts }]
    })
  }

  async corrections(state: State, provider?: string): Promise<readonly Correction[]> {
    if (await this.#isSilent(state, 'corrections', provider)) return []
    const rows = await this.#db.query<CorrectionRow>(
      `select c.id, a.entry, c.provider, c.kind, c.about, c.period, c.role,
         c.asked_on::text as "askedOn", e.recorded_at as at, c.due::text as due, c.is_private as "isPrivate",
         t.wrong, t.right_is as "rightIs", t.evidence,
         (select jsonb_build_object('entry', n.entry, 'outcome', n.act, 'role', n.role,
            'on', n.acted_on::text, 'at', r.recorded_at, 'release', n.release, 'why', ${reasonOf('n')},
            'whyErased', ${isReasonErased('n', 'r')})
          from correction_act n join record_entry r on r.number = n.entry
          where n.correction = c.id and n.act <> 'asked' and n.entry <= $1) as answer
       from correction c join correction_act a on a.correction = c.id and a.act = 'asked'
       join record_entry e on e.number = a.entry
       left join correction_text t on t.correction = c.id and not c.is_private
       where a.entry <= $1 ${provider === undefined ? '' : 'and c.provider = $2'}
       order by a.entry desc`,
      provider === undefined ? [state.record] : [state.record, provider],
    )
    return rows.map(({ wrong, rightIs, evidence, ...row }) => ({
      ...row,
      words: wrong === null ? null : { wrong, rightIs: rightIs ?? '', evidence: evidence ?? '' },
    }))
  }

  async #isSilent(
    state: State,
    kind: 'replies' | 'corrections',
    provider: string | undefined,
  ): Promise<boolean> {
    return provider !== undefined && !(await this.#about.has(state, kind, provider))
  }

  async clockOf(id: number): Promise<CorrectionClock | null> {
    const [row] = await this.#db.query<{ clock: string }>(
      'select clock from correction where id = $1',
      [id],
    )
    return row ? correctionClockSchema.parse(JSON.parse(row.clock)) : null
  }

  async privateWords(id: number): Promise<CorrectionWords | null> {
    const [row] = await this.#db.query<CorrectionWords>(
      'select wrong, right_is as "rightIs", evidence from correction_text where correction = $1',
      [id],
    )
    return row ?? null
  }
}
