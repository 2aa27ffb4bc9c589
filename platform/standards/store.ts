import { Kept } from '../comparison/kept.ts'
import type { State } from '../comparison/reader.ts'
import type { Database } from '../database/database.ts'
import { type JudgementChanges, judgementChanges } from './changes.ts'
import { type Judgement, outcomes, reasons } from './judge.ts'
import { partsOf, type Standard, stateOf, storedStandardSchema } from './standard.ts'

/** Where a standard's life had come to when a state was published: what its judgements rest on. */
export const stateIn = (standard: Standard, { at }: Pick<State, 'at'>) =>
  stateOf(standard, (at ?? new Date().toISOString()).slice(0, 10))

/** All judgements by one standard in one period, by the code of who was judged. */
export interface JudgedPeriod {
  readonly period: string
  readonly threshold: number
  readonly judgements: ReadonlyMap<string, Judgement>
}

/** A standard with what it found, oldest period first. */
export interface StandardAt {
  readonly standard: Standard
  /** The standard of which it is a part; null where it stands for itself. */
  readonly partOf: Standard | null
  readonly periods: readonly JudgedPeriod[]
}

/** The latest judgement of one provider or place by one standard. */
export interface OwnJudgement extends Judgement {
  readonly standard: Standard
  readonly partOf: Standard | null
  readonly period: string
  readonly threshold: number
}

/** What pages may ask of standards. All answers are stored results of one state. */
export interface StandardsReader {
  /** All standards that a state knows, by code. */
  all(state: State): Promise<ReadonlyMap<string, StandardAt>>
  /** The latest judgements of one provider or place, floors first. */
  of(state: State, code: string): Promise<readonly OwnJudgement[]>
  /** Who is judged otherwise by a standard since a publication; null where nobody is. */
  changes(publication: number, standard: string): Promise<JudgementChanges | null>
}

interface Row {
  standard: string
  period: string
  threshold: number
  codes: string[]
  outcome: number[]
  reason: number[]
  below: (number | null)[]
}

export class StandardsStore implements StandardsReader {
  readonly #db: Database
  readonly #all = new Kept<ReadonlyMap<string, StandardAt>>(2)
  readonly #judged = new Kept<number>(8)

  constructor(db: Database) {
    this.#db = db
  }

  async all(state: State): Promise<ReadonlyMap<string, StandardAt>> {
    const judged = await this.#judgedIn(state)
    return this.#all.get(String(judged), () => this.#read(judged))
  }

  async changes(publication: number, standard: string): Promise<JudgementChanges | null> {
    return (await judgementChanges(this.#db, publication, standard))[0] ?? null
  }

  /** The last publication that changed a standard or a judgement: most change neither. */
  #judgedIn(state: State): Promise<number> {
    return this.#judged.get(String(state.publication), async () => {
      const [row] = await this.#db.query<{ last: number | null }>(
        `select greatest((select max(publication) from standard where publication <= $1),
           (select max(publication) from judgement where publication <= $1)) as last`,
        [state.publication],
      )
      return row?.last ?? 0
    })
  }

  async of(state: State, code: string): Promise<OwnJudgement[]> {
    const all = await this.all(state)
    return [...all.values()].flatMap(({ standard, partOf, periods }) => {
      const latest = periods.findLast((p) => p.judgements.has(code))
      const judgement = latest?.judgements.get(code)
      if (!latest || !judgement) return []
      return [
        { ...judgement, standard, partOf, period: latest.period, threshold: latest.threshold },
      ]
    })
  }

  async #read(publication: number): Promise<ReadonlyMap<string, StandardAt>> {
    const standards = await this.#db.query<{ definition: string }>(
      `select definition from (
         select distinct on (code) code, definition from standard where publication <= $1
         order by code, publication desc) newest
       where definition is not null order by code`,
      [publication],
    )
    const rows = await this.#db.query<Row>(
      `select standard, period, threshold, outcome, reason, below,
         (select array_agg(s.code order by u.place)
          from unnest(subjects) with ordinality as u(id, place) join subject s on s.id = u.id) as codes
       from (select distinct on (standard, period) * from judgement where publication <= $1
         order by standard, period, publication desc) newest
       where cardinality(subjects) > 0 order by standard, period`,
      [publication],
    )
    const byStandard = Map.groupBy(rows, (r) => r.standard)
    const parsed = standards.map((s) => storedStandardSchema.parse(JSON.parse(s.definition)))
    const read = parsed.map((standard): [string, StandardAt] => [
      standard.code,
      {
        standard,
        partOf: parsed.find((whole) => partsOf(whole).includes(standard.code)) ?? null,
        periods: (byStandard.get(standard.code) ?? []).map(periodOf),
      },
    ])
    const rank = (s: StandardAt): number => kindOrder.indexOf(s.standard.kind)
    return new Map(read.sort(([, a], [, b]) => rank(a) - rank(b)))
  }
}

const kindOrder = ['floor', 'entitlement', 'excellence', 'ambition']

const periodOf = (row: Row): JudgedPeriod => ({
  period: row.period,
  threshold: row.threshold,
  judgements: new Map(
    row.codes.map((code, at) => {
      const below = row.below[at] ?? null
      return [
        code,
        {
          outcome: outcomes[row.outcome[at] ?? 3] ?? 'not judged',
          reason: reasons[row.reason[at] ?? 0] ?? '',
          below: below === null || Number.isNaN(below) ? null : below,
        },
      ]
    }),
  ),
})
