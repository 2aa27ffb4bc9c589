import type { Compared } from '../comparison/compare.ts'
import type { SeriesLimits } from '../comparison/limits.ts'
import type { PublishedSeries } from '../comparison/series.ts'
import { short } from '../comparison/sheet.ts'
import type { Database } from '../database/database.ts'
import { Backlog } from './backlog.ts'
import { SubjectTexts } from './subject-texts.ts'
import { emptySheets } from './tombstones.ts'

/** How much is stored at once: a page that is asked for meanwhile waits no longer than that. */
const batchBytes = 250_000
const batchRows = 1000

const orNull = (x: number | undefined): number | null =>
  x === undefined || Number.isNaN(x) ? null : x

/** Turns series, which hold all subjects, into sheets, which hold all series of one subject. */
export class SheetWriter {
  readonly #db: Database
  readonly #dataset: string
  readonly #publication: number
  /** Packed series of each subject; see comparison/sheet.ts for their form. */
  readonly #sheets = new SubjectTexts()
  /** Packed figures of the series at hand. */
  #current = new Map<number, string[]>()
  #head = ''
  /** What the whole of each subject is called, and which areas hold its region's providers. */
  #wholes = new Map<number, string>()
  #scopes = new Map<number, string>()

  constructor(db: Database, dataset: string, publication: number) {
    this.#db = db
    this.#dataset = dataset
    this.#publication = publication
  }

  begin(indicator: string, breakdown: string): void {
    this.#head = `{"i":${JSON.stringify(indicator)},"b":${JSON.stringify(breakdown)},"w":`
    this.#current = new Map()
    this.#wholes = new Map()
    this.#scopes = new Map()
  }

  add(series: PublishedSeries, limits: SeriesLimits | null, compared: Compared): void {
    const period = JSON.stringify(series.period)
    series.subjects.forEach((subject, at) => {
      const whole = compared.wholeAt(at)
      if (whole) this.#wholes.set(subject, whole.name)
      const scope = compared.scopeAt(at)
      if (scope !== null) this.#scopes.set(subject, scope)
      const packed = figure(series, limits, compared, at, period)
      const list = this.#current.get(subject)
      if (list) list.push(packed)
      else this.#current.set(subject, [packed])
    })
  }

  end(): void {
    for (const [subject, figures] of this.#current) {
      const whole = JSON.stringify(this.#wholes.get(subject) ?? null)
      const scope = this.#scopes.get(subject)
      const region = scope === undefined ? '' : `,"r":${JSON.stringify(scope)}`
      this.#sheets.add(subject, `${this.#head}${whole}${region},"f":[${figures.join(',')}]}`)
    }
    this.#current = new Map()
  }

  /** Gives back what the sheets took on the disk. */
  close(): void {
    this.#sheets.close()
  }

  /** All series have come: what is left waits on the disk. */
  finish(): void {
    this.#sheets.finish()
  }

  /** Stores all sheets, and empties those of before. Once it ends, in whatever way, none is stored any more. */
  async write(signal: AbortSignal): Promise<void> {
    const backlog = new Backlog()
    try {
      for (const rows of this.#batches()) {
        signal.throwIfAborted()
        await backlog.add(() => this.#store(rows))
      }
      await backlog.done()
      await emptySheets(this.#db, { dataset: this.#dataset, publication: this.#publication })
    } finally {
      await backlog.settled()
    }
  }

  *#batches(): Generator<[number, string][]> {
    let rows: [number, string][] = []
    let size = 0
    for (const [subject, series] of this.#sheets.all()) {
      const body = series.join(',')
      rows.push([subject, body])
      size += body.length
      if (size > batchBytes || rows.length === batchRows) {
        yield rows
        rows = []
        size = 0
      }
    }
    if (rows.length > 0) yield rows
  }

  #store(rows: readonly [number, string][]): Promise<unknown> {
    const places = rows.map((_, i) => `($${3 + 2 * i}, $1, $2, $${4 + 2 * i})`)
    const sql = `insert into sheet (subject_id, dataset, publication, body) values ${places.join()}`
    return this.#db.query(sql, [this.#dataset, this.#publication, ...rows.flat()])
  }
}

function figure(
  series: PublishedSeries,
  limits: SeriesLimits | null,
  compared: Compared,
  at: number,
  period: string,
): string {
  const value = series.value[at] as number
  const head = `[${period},${series.release[at]},${series.status[at]},${orNull(value)}`
  const lower = limits?.lower95[at] ?? Number.NaN
  let limitsText = '0'
  if (limits && !Number.isNaN(lower)) {
    const four = [lower, limits.upper95[at], limits.lower998[at], limits.upper998[at]] as number[]
    limitsText = `[${four.map(short).join(',')},${limits.method[at]}]`
  }
  const numerator = orNull(series.numerator?.[at])
  const denominator = orNull(series.denominator?.[at])
  const counts = numerator === null && denominator === null ? '0' : `[${numerator},${denominator}]`
  const list = compared.comparisons[at]
  const note = series.notes.get(series.subjects[at] as number)
  if (note !== undefined) {
    const compared = list && list.length > 0 ? JSON.stringify(list) : '0'
    return `${head},${limitsText},${counts},${compared},${JSON.stringify(note)}]`
  }
  if (list && list.length > 0) return `${head},${limitsText},${counts},${JSON.stringify(list)}]`
  if (counts !== '0') return `${head},${limitsText},${counts}]`
  return limitsText === '0' ? `${head}]` : `${head},${limitsText}]`
}
