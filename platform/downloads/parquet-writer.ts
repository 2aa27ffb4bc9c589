import { ByteWriter, ParquetWriter, type SchemaElement } from 'hyparquet-writer'
import type { Batch, BatchWriter, Row } from './batch.ts'
import { type ColumnName, columns } from './columns.ts'

/** Rows of a row group: what is held in memory at a time. */
const rowGroup = 50_000

type Cell = string | number | Date | null

const cellOf: Readonly<Record<ColumnName, (row: Row, batch: Batch) => Cell>> = {
  indicator: (_, b) => b.indicator,
  subject_kind: (r) => r.subject.kind,
  subject: (r) => r.subject.code,
  subject_name: (r) => r.subject.name,
  service: (r) => r.subject.service,
  period: (_, b) => b.period,
  period_start: (_, b) => day(b.start),
  period_end: (_, b) => day(b.end),
  breakdown: (_, b) => b.breakdown,
  status: (r) => r.status,
  value: (r) => r.value,
  lower95: (r) => r.lower95,
  upper95: (r) => r.upper95,
  lower998: (r) => r.lower998,
  upper998: (r) => r.upper998,
  interval: (r) => r.interval,
  numerator: (r) => r.numerator,
  denominator: (r) => r.denominator,
  rounded_to: (r) => r.roundedTo,
  note: (r) => r.note,
  release: (r) => r.release,
  counts_rounded_to: (r) => r.countsRoundedTo,
}

const day = (iso: string | null): Date | null =>
  iso === null ? null : new Date(`${iso}T00:00:00Z`)

const text = { type: 'BYTE_ARRAY', converted_type: 'UTF8' } as const

const kinds = {
  string: text,
  number: { type: 'DOUBLE' },
  integer: { type: 'INT32' },
  date: { type: 'INT32', converted_type: 'DATE' },
} as const

const schema: SchemaElement[] = [
  { name: 'observations', num_children: columns.length },
  ...columns.map(
    ({ name, type }): SchemaElement => ({ name, ...kinds[type], repetition_type: 'OPTIONAL' }),
  ),
]

/** Rows as Apache Parquet, packed with Snappy; a row group at a time is held in memory. */
export class ParquetBatchWriter implements BatchWriter {
  readonly #bytes = new ByteWriter()
  readonly #file = new ParquetWriter({ writer: this.#bytes, schema, createdBy: 'Plumbline' })
  #held: Cell[][] = columns.map(() => [])

  write(batch: Batch): Uint8Array {
    columns.forEach(({ name }, at) => {
      const cells = this.#held[at]
      const cell = cellOf[name]
      for (const row of batch.rows) cells?.push(cell(row, batch))
    })
    if ((this.#held[0]?.length ?? 0) >= rowGroup) this.#group()
    return this.#taken()
  }

  end(): Uint8Array {
    this.#group()
    void this.#file.finish()
    return this.#taken()
  }

  #group(): void {
    if (this.#held[0]?.length === 0) return
    const columnData = columns.map(({ name }, at) => ({ name, data: this.#held[at] ?? [] }))
    void this.#file.write({ columnData, rowGroupSize: this.#held[0]?.length ?? 0 })
    this.#held = columns.map(() => [])
  }

  #taken(): Uint8Array {
    const bytes = this.#bytes.getBytes().slice()
    this.#bytes.index = 0
    return bytes
  }
}
