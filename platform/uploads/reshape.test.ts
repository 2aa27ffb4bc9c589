import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { intoRows, timeColumns } from './reshape.ts'

const path = join(mkdtempSync(join(tmpdir(), 'plumbline-wide-')), 'wide.csv')
const csv = (rows: readonly (readonly string[])[]): string =>
  rows.map((row) => row.map((c) => `"${c.replaceAll('"', '""')}"`).join(',')).join('\n')
const writing = { encoding: 'utf-8', delimiter: ',' } as const

describe('a table with a column for each year', () => {
  it.each([
    [['practice', '2021', '2022'], { kind: 'year', at: [1, 2] }],
    [['2021-22', 'area', '2022/23'], { kind: 'financial-year', at: [0, 2] }],
    [['area', '2024-01', '2024-02', '2024-03'], { kind: 'month', at: [1, 2, 3] }],
    [['practice', '2021'], null],
    [['2021', '2022'], null],
    [['practice', 'period', '2021', '2022'], null],
    [['practice', 'seen', 'asked'], null],
  ])('is told by its header %j', (header, found) => {
    expect(timeColumns(header)).toEqual(found)
  })

  it('becomes a row for each year, and stays so when asked once more', async () => {
    writeFileSync(path, 'code;name;2021;2022\nA1;"One; two, and ""three""";5;\nA2;Two;7;8\n')
    expect(await intoRows(path, { ...writing, delimiter: ';' })).toBe(true)
    const text = readFileSync(path, 'utf8')
    expect(text.split('\n')).toEqual([
      'code,name,period,figure',
      'A1,"One; two, and ""three""",2021,5',
      'A1,"One; two, and ""three""",2022,',
      'A2,Two,2021,7',
      'A2,Two,2022,8',
      '',
    ])
    expect(await intoRows(path, writing)).toBe(false)
    expect(readFileSync(path, 'utf8')).toBe(text)
  })

  it('keeps every cell in its place', async () => {
    const cell = fc.string({ unit: fc.constantFrom('a', ',', '"', '\n', ' x', '7'), maxLength: 6 })
    const wide = fc.array(fc.tuple(cell, cell, cell), { minLength: 1, maxLength: 20 })
    await fc.assert(
      fc.asyncProperty(wide, async (rows) => {
        const named = rows.map(([name, a, b], i) => [`c${i}`, `n${name}`, a, b])
        writeFileSync(path, csv([['code', 'name', '2021', '2022'], ...named]))
        expect(await intoRows(path, writing)).toBe(true)
        const [, ...long] = parse(readFileSync(path, 'utf8')) as string[][]
        expect(long).toEqual(
          named.flatMap(([code, name, a, b]) => [
            [code, name, '2021', a],
            [code, name, '2022', b],
          ]),
        )
      }),
      { numRuns: 50 },
    )
  })
})
