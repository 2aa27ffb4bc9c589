import { Kept } from '../comparison/kept.ts'
import type { State } from '../comparison/reader.ts'
import { type ComparatorNames, unpackSheet } from '../comparison/sheet.ts'
import type { Database } from '../database/database.ts'
import type { YardstickFigure } from './standing.ts'

/** What pages may ask of the yardstick. All answers are stored results of one state. */
export interface YardstickReader {
  /** All figures of releases that are a yardstick, by their indicator's code. */
  all(state: State): Promise<ReadonlyMap<string, readonly YardstickFigure[]>>
}

interface Row {
  code: string
  name: string
  level: string | null
  body: string
}

/** Comparisons are not read here, so that nobody asks what they are called. */
const names: ComparatorNames = { region: '', area: '', peers: '', providers: '' }

export class YardstickStore implements YardstickReader {
  readonly #db: Database
  readonly #all = new Kept<ReadonlyMap<string, readonly YardstickFigure[]>>(2)

  constructor(db: Database) {
    this.#db = db
  }

  all(state: State): Promise<ReadonlyMap<string, readonly YardstickFigure[]>> {
    return this.#all.get(String(state.publication), () => this.#read(state.publication))
  }

  async #read(publication: number): Promise<ReadonlyMap<string, readonly YardstickFigure[]>> {
    const rows = await this.#db.query<Row>(
      `select s.code, l.name, l.level, h.body
       from (select distinct on (subject_id, dataset) subject_id, body from sheet
         where publication <= $1 and dataset in (select dataset from release where yardstick)
         order by subject_id, dataset, publication desc) h
       join subject s on s.id = h.subject_id
       join lateral (select name, level, ended from listing where subject_id = h.subject_id
         and publication <= $1 order by publication desc limit 1) l on not l.ended
       where h.body <> '' order by s.code`,
      [publication],
    )
    const all = rows.flatMap(({ code, name, level, body }) => {
      const place = { code, name, level: level ?? 'place' }
      return unpackSheet(body, names).flatMap(({ breakdown, figures }): YardstickFigure[] =>
        figures.map((figure) => ({ place, breakdown, figure })),
      )
    })
    return Map.groupBy(all, (f) => f.figure.indicator)
  }
}
