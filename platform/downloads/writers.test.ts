import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { parquetReadObjects } from 'hyparquet'
import { describe, expect, it } from 'vitest'
import { intervalMethods } from '../comparison/figures.ts'
import { statuses } from '../evidence/descriptor.ts'
import { spokenText } from '../evidence/guarded-text.ts'
import type { Batch, BatchWriter } from './batch.ts'
import { columns } from './columns.ts'
import { CsvWriter } from './csv-writer.ts'
import { JsonLinesWriter } from './json-lines-writer.ts'
import { ParquetBatchWriter } from './parquet-writer.ts'

/** Text as the worst source would write it. */
const hostile = fc.oneof(
  fc.string({
    unit: fc.constantFrom('"', ',', '\r', '\n', '=', '+', '-', '@', '\t', "'", 'a', ' ', ';', 'é'),
  }),
  fc.string({ unit: 'grapheme' }),
)
const word = hostile.filter((text) => text !== '')
const number = fc.option(fc.double({ noNaN: true, noDefaultInfinity: true }))

const row = fc.record({
  subject: fc.record({
    kind: fc.constantFrom('provider' as const, 'place' as const),
    code: word,
    name: word,
    service: fc.option(word),
  }),
  status: fc.constantFrom(...statuses),
  value: number,
  lower95: number,
  upper95: number,
  lower998: number,
  upper998: number,
  interval: fc.option(fc.constantFrom(...intervalMethods)),
  numerator: number,
  denominator: number,
  roundedTo: number,
  countsRoundedTo: number,
  note: fc.option(word),
  release: fc.integer({ min: 1, max: 2 ** 31 - 1 }),
})

const batch: fc.Arbitrary<Batch> = fc.record({
  indicator: word,
  period: word,
  start: fc.option(fc.constantFrom('2018-04-01', '1999-12-31')),
  end: fc.option(fc.constantFrom('2019-03-31', '2000-02-29')),
  breakdown: hostile,
  rows: fc.array(row, { minLength: 1, maxLength: 8 }),
})

const bytes = (writer: BatchWriter, batches: readonly Batch[]): Uint8Array =>
  Buffer.concat([...batches.map((b) => writer.write(b)), writer.end()])

/** Every row as the columns name it; -0 is 0, as text has it. */
const expected = (batches: readonly Batch[]) =>
  batches.flatMap((b) =>
    b.rows.map((r) => {
      const plain = (x: number | null): number | null => (x === 0 ? 0 : x)
      return {
        indicator: b.indicator,
        subject_kind: r.subject.kind,
        subject: r.subject.code,
        subject_name: r.subject.name,
        service: r.subject.service,
        period: b.period,
        period_start: b.start,
        period_end: b.end,
        breakdown: b.breakdown,
        status: r.status,
        value: plain(r.value),
        lower95: plain(r.lower95),
        upper95: plain(r.upper95),
        lower998: plain(r.lower998),
        upper998: plain(r.upper998),
        interval: r.interval,
        numerator: plain(r.numerator),
        denominator: plain(r.denominator),
        rounded_to: plain(r.roundedTo),
        note: r.note,
        release: r.release,
        counts_rounded_to: plain(r.countsRoundedTo),
      }
    }),
  )

const numeric = new Set(
  columns.filter((c) => c.type !== 'string' && c.type !== 'date').map((c) => c.name as string),
)

describe('rows come back as they were', () => {
  it('from CSV, whatever their text holds', () => {
    fc.assert(
      fc.property(fc.array(batch, { maxLength: 4 }), (batches) => {
        const text = Buffer.from(bytes(new CsvWriter(), batches)).toString('utf8')
        const rows: string[][] = parse(text, { record_delimiter: '\r\n' })
        expect(rows[0]).toEqual(columns.map((c) => c.name))
        const read = rows.slice(1).map((cells) =>
          Object.fromEntries(
            columns.map(({ name }, at) => {
              const cell = spokenText(cells[at] ?? '')
              if (numeric.has(name)) return [name, cell === '' ? null : Number(cell)]
              return [name, cell === '' && name !== 'breakdown' ? null : cell]
            }),
          ),
        )
        expect(read).toEqual(expected(batches))
      }),
    )
  })

  it('from JSON lines', () => {
    fc.assert(
      fc.property(fc.array(batch, { maxLength: 4 }), (batches) => {
        const text = Buffer.from(bytes(new JsonLinesWriter(), batches)).toString('utf8')
        const read = text
          .split('\n')
          .slice(0, -1)
          .map((line): unknown => JSON.parse(line))
        expect(read).toEqual(expected(batches))
      }),
    )
  })

  it('from Parquet', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(batch, { minLength: 1, maxLength: 4 }), async (batches) => {
        const file = Uint8Array.from(bytes(new ParquetBatchWriter(), batches)).buffer
        const found = await parquetReadObjects({ file })
        const day = (x: unknown): unknown => (x instanceof Date ? x.toISOString().slice(0, 10) : x)
        const read = found.map((r) =>
          Object.fromEntries(
            Object.entries(r).map(([k, v]) => [k, v === 0 ? 0 : (day(v) ?? null)]),
          ),
        )
        expect(read).toEqual(expected(batches))
      }),
      { numRuns: 40 },
    )
  })
})

it('no cell of a CSV begins as a formula does', () => {
  fc.assert(
    fc.property(batch, (b) => {
      const text = Buffer.from(bytes(new CsvWriter(), [b])).toString('utf8')
      const rows: string[][] = parse(text, { record_delimiter: '\r\n' })
      for (const cells of rows.slice(1)) {
        columns.forEach(({ name, type }, at) => {
          if (type === 'string') expect(cells[at], name).not.toMatch(/^[=+\-@\t\r]/)
        })
      }
    }),
  )
})

it('a file without rows still says what its columns are', async () => {
  expect(Buffer.from(bytes(new CsvWriter(), [])).toString()).toMatch(
    /^indicator,.*,release,counts_rounded_to\r\n$/,
  )
  expect(bytes(new JsonLinesWriter(), [])).toHaveLength(0)
  const file = Uint8Array.from(bytes(new ParquetBatchWriter(), [])).buffer
  expect(await parquetReadObjects({ file })).toEqual([])
})

it('Parquet holds more than one row group in little memory', async () => {
  const subject = { kind: 'provider', code: 'C1', name: 'One', service: null } as const
  const rest = { lower95: null, upper95: null, lower998: null, upper998: null, interval: null }
  const steps = { roundedTo: null, countsRoundedTo: null }
  const more = { numerator: null, denominator: null, ...steps, note: null, release: 1 }
  const writer = new ParquetBatchWriter()
  const pieces: Uint8Array[] = []
  for (let part = 0; part < 13; part++) {
    const rows = Array.from({ length: 10_000 }, (_, i) => ({
      ...{ subject, status: 'value' as const, value: part * 10_000 + i },
      ...rest,
      ...more,
    }))
    const about = { indicator: 'x', period: '2024', start: null, end: null, breakdown: '' }
    pieces.push(writer.write({ ...about, rows }))
  }
  // Two row groups have left it before the end.
  expect(pieces.filter((p) => p.length > 1000)).toHaveLength(2)
  const file = Uint8Array.from(Buffer.concat([...pieces, writer.end()])).buffer
  const read = await parquetReadObjects({ file, columns: ['value'] })
  expect(read).toHaveLength(130_000)
  expect(read.every((r, i) => r.value === i)).toBe(true)
})
