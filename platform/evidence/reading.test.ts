import { createReadStream, writeFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { descriptorSchema } from './descriptor.ts'
import { PairTable } from './pair-table.ts'
import { readRows } from './rows.ts'
import { SeenSubjects, SeenTexts } from './seen.ts'
import { readFigures, temporaryFile } from './testing.ts'

const path = temporaryFile('table.csv', '')

/** Writes a table as CSV; `quote` says of each cell whether it is quoted although it need not be. */
function asCsv(
  table: readonly (readonly string[])[],
  {
    delimiter,
    newline,
    quote,
  }: { delimiter: string; newline: string; quote: (n: number) => boolean },
): string {
  let n = 0
  const cell = (text: string): string => {
    n += 1
    const must = text.includes(delimiter) || /["\r\n]/.test(text)
    return must || quote(n) ? `"${text.replaceAll('"', '""')}"` : text
  }
  return table.map((row) => row.map(cell).join(delimiter) + newline).join('')
}

/** Ends of lines within a cell are as the file has them elsewhere or not; all come back as they are. */
const cellText = fc.oneof(
  fc.constantFrom(
    '',
    'SUPP',
    '0',
    '63%',
    '1,234',
    'Café',
    '=1+1',
    'a;b',
    'tab\there',
    'two\nlines',
    'say "so"',
    '🏥',
    '€ “quoted”',
  ),
  fc.string({ maxLength: 12, unit: 'grapheme' }).filter((t) => !/[\r\uFEFF]/.test(t)),
)

/** First cells begin with a letter: a row of empty cells alone may be taken for a blank line. */
const table = fc.integer({ min: 1, max: 5 }).chain((width) =>
  fc.array(
    fc
      .tuple(
        fc.stringMatching(/^[a-z]{1,6}$/),
        fc.array(cellText, { minLength: width, maxLength: width }),
      )
      .map(([first, rest]) => [first, ...rest]),
    { minLength: 1, maxLength: 30 },
  ),
)

async function rowsOf(delimiter: string): Promise<string[][]> {
  const rows: string[][] = []
  for await (const item of readRows(path, { encoding: 'utf-8', delimiter })) {
    if (Array.isArray(item)) rows.push(...item.map((r) => r.cells))
  }
  return rows
}

describe('any table, however it is written', () => {
  it('is read back the same', async () => {
    const writing = fc.record({
      delimiter: fc.constantFrom(',', ';', '\t', '|'),
      newline: fc.constantFrom('\n', '\r\n'),
      mark: fc.boolean(),
      packed: fc.boolean(),
      quotes: fc.infiniteStream(fc.boolean()),
    })
    await fc.assert(
      fc.asyncProperty(
        table,
        writing,
        async (rows, { delimiter, newline, mark, packed, quotes }) => {
          const quote = (): boolean => quotes.next().value === true
          const text = (mark ? '\uFEFF' : '') + asCsv(rows, { delimiter, newline, quote })
          writeFileSync(path, packed ? gzipSync(text) : text)
          expect(await rowsOf(delimiter)).toEqual(rows)
        },
      ),
      { numRuns: 150 },
    )
  })

  it('is read back the same across the boundaries of what is read at a time', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 12 }), async (shift) => {
        // 64 kB are read at a time: a wide letter, a quote and an end of line fall on each boundary.
        const filler = 'x'.repeat((1 << 16) - 8 + shift)
        const rows = Array.from({ length: 3 }, (_, i) => [`r${i}`, filler, 'é🏥"\r\n"é', 'end'])
        writeFileSync(path, asCsv(rows, { delimiter: ',', newline: '\r\n', quote: () => false }))
        expect(createReadStream(path).readableHighWaterMark).toBe(1 << 16)
        expect(await rowsOf(',')).toEqual(rows)
      }),
      { numRuns: 13 },
    )
  })

  it('is read in Windows-1252 where the descriptor says so', async () => {
    writeFileSync(path, Buffer.from('name\nCaf\xe9 \x80 \x93quoted\x94\n', 'latin1'))
    const rows: string[] = []
    for await (const item of readRows(path, { encoding: 'windows-1252', delimiter: ',' })) {
      if (Array.isArray(item)) rows.push(...item.flatMap((r) => r.cells))
    }
    expect(rows).toEqual(['name', 'Café € “quoted”'])
  })
})

describe('a quotation mark without its partner', () => {
  const all = async (): Promise<number> => {
    let rows = 0
    for await (const item of readRows(path, { encoding: 'utf-8', delimiter: ',' })) {
      if (Array.isArray(item)) rows += item.length
    }
    return rows
  }

  it('is said with its row', async () => {
    writeFileSync(path, 'a,b\n1,2\n3,"4\n5,6\n')
    await expect(all()).rejects.toThrow(/quotation mark opens a cell and is never closed.*row 3/)
  })

  it('does not take the whole file into memory', async () => {
    writeFileSync(path, `a,b\n1,"2\n${'3,4\n'.repeat(2_000_000)}`)
    await expect(all()).rejects.toThrow(/A row never ends.*row 2/)
  })
})

const descriptor = (more: object = {}) =>
  descriptorSchema.parse({
    id: 'depots',
    title: 'Made-up depots',
    publisher: 'Nobody',
    source: 'https://example.org/depots',
    licence: 'CC0',
    dataset: 'depots',
    service: null,
    match: { name: 'depots' },
    codes: { SUPP: 'suppressed', NE: 'not-applicable', LOW: 'unreliable' },
    missingValues: ['', 'NA'],
    fields: [{ name: 'code', constraints: { required: true, pattern: 'D\\d+' } }],
    period: { from: 'column', column: 'year', kind: 'year' },
    covers: 'history',
    subjects: [{ kind: 'provider', code: '{code}' }],
    observations: [{ indicator: 'depot-share', value: 'share', breakdown: { sex: '{sex}' } }],
    indicators: [
      {
        code: 'depot-share',
        name: 'Share',
        service: null,
        topic: 'Test',
        unit: '%',
        kind: 'proportion',
        scale: 100,
        polarity: 'neither',
        decimals: 0,
        why: 'To test.',
        definition: 'Made up.',
        method: 'Made up.',
      },
    ],
    ...more,
  })

const header = 'code,year,sex,share'
const meaning: Readonly<Record<string, string>> = {
  SUPP: 'suppressed',
  NE: 'not-applicable',
  LOW: 'unreliable',
  '': 'missing',
  NA: 'missing',
  '0': 'value',
  '50%': 'value',
}

describe('rows of figures', () => {
  const row = fc.record({
    code: fc.constantFrom('D1', 'D2', 'D3', 'X1', ''),
    year: fc.constantFrom('2023', '2024', 'soon'),
    sex: fc.constantFrom('', 'boys'),
    share: fc.constantFrom(...Object.keys(meaning), '150%', 'often'),
    extra: fc.constantFrom('', '', '', ',more'),
  })
  const file = temporaryFile('depots.csv', '')

  it.each(['refuse', 'keep-later'])(
    'are accepted or refused, each once, and what is kept is what they say (%s)',
    async (onRepeat) => {
      await fc.assert(
        fc.asyncProperty(fc.array(row, { maxLength: 40 }), async (rows) => {
          const lines = rows.map((r) => `${r.code},${r.year},${r.sex},${r.share}${r.extra}`)
          writeFileSync(file, [header, ...lines].join('\n'))
          const { result, figures } = await readFigures(file, descriptor({ onRepeat }))
          const { rowsRead, rowsAccepted, rowsRefused, observations } = result.report
          expect(rowsRead).toBe(rows.length)
          expect(rowsRead).toBe(rowsAccepted + rowsRefused)
          expect(result.refused).toHaveLength(rowsRefused)
          expect(observations).toBe(rowsAccepted)
          const expected = new Map<string, string>()
          for (const r of rows) {
            const good = r.extra === '' && /^D/.test(r.code) && r.year !== 'soon'
            if (!good || !(r.share in meaning)) continue
            const key = `${r.code} ${r.year} ${r.sex}`
            if (onRepeat === 'keep-later' || !expected.has(key)) expected.set(key, r.share)
          }
          const kept = figures.map((f) => [
            `${f.subject} ${f.period} ${f.breakdown.replace('sex=', '')}`,
            `${f.status} ${f.value}`,
          ])
          const wanted = [...expected].map(([key, share]) => {
            const status = meaning[share] ?? ''
            return [key, `${status} ${status === 'value' ? Number.parseFloat(share) : Number.NaN}`]
          })
          expect(kept.sort()).toEqual(wanted.sort())
        }),
        { numRuns: 200 },
      )
    },
  )

  it('a row that is refused takes nothing away from one that stood before', async () => {
    const two = descriptor({
      onRepeat: 'keep-later',
      observations: [
        { indicator: 'depot-share', value: 'share' },
        { indicator: 'depot-share', value: 'other', breakdown: { kind: 'other' } },
      ],
    })
    writeFileSync(file, 'code,year,share,other\nD1,2024,10,20\nD1,2024,30,often\n')
    const { result, figures } = await readFigures(file, two)
    expect(result.report).toMatchObject({ rowsAccepted: 1, rowsRefused: 1 })
    expect(figures.map((f) => f.value).sort()).toEqual([10, 20])
  })

  it('a number that means nothing for a row is not applicable', async () => {
    const clause = { indicator: 'depot-share', value: 'share', notApplicable: { sex: ['none'] } }
    writeFileSync(file, `${header}\nD1,2024,none,0\nD2,2024,,0\nD3,2024,none,SUPP\n`)
    const { figures } = await readFigures(file, descriptor({ observations: [clause] }))
    expect(figures.map((f) => f.status)).toEqual(['not-applicable', 'value', 'suppressed'])
  })
})

describe('what has been seen', () => {
  it('is kept in a table as in a map', () => {
    const number = fc.oneof(
      fc.integer({ min: 0, max: 40 }),
      fc.integer({ min: 0, max: 2 ** 32 - 1 }),
    )
    const entry = fc.tuple(number, number, fc.integer({ min: 1, max: 2 ** 32 - 1 }))
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 400 }), (entries) => {
        const compact = new PairTable()
        const map = new Map<string, number>()
        for (const [a, b, value] of entries) {
          expect(compact.get(a, b)).toBe(map.get(`${a} ${b}`) ?? 0)
          compact.set(a, b, value)
          map.set(`${a} ${b}`, value)
        }
        for (const [a, b] of entries) expect(compact.get(a, b)).toBe(map.get(`${a} ${b}`))
      }),
    )
  })

  it('tells subjects of each series apart, a hundred thousand of them', () => {
    const seen = new SeenSubjects()
    for (let i = 0; i < 100_000; i += 2) seen.add(i % 3, i)
    let wrong = 0
    for (let i = 0; i < 100_000; i++) {
      for (const series of [0, 1, 2]) {
        if (seen.has(series, i) !== (i % 2 === 0 && i % 3 === series)) wrong += 1
      }
    }
    expect(wrong).toBe(0)
  })

  it('tells texts apart that differ in one letter, and names the line', () => {
    const seen = new SeenTexts()
    let repeats = 0
    for (let i = 0; i < 300_000; i++) repeats += seen.before(`R${i}`, i + 2) === 0 ? 0 : 1
    expect(repeats).toBe(0)
    expect(seen.before('R7', 99)).toBe(9)
  })
})
