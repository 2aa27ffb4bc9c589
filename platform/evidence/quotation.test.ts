import { createReadStream, createWriteStream, writeFileSync } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { clinicRows, clinics, header } from '../publishing/testing.ts'
import type { Descriptor } from './descriptor.ts'
import { readRows, type SourceFile } from './rows.ts'
import { readFigures, temporaryFile } from './testing.ts'

const clinic = clinics.descriptors[0] as Descriptor
const path = temporaryFile('clinics-2024.csv', '')

async function check(lines: readonly string[]) {
  writeFileSync(path, lines.join('\n'))
  const { result } = await readFigures(path, clinic)
  return result
}

describe('a quotation mark that lacks its partner', () => {
  it('is reported with where it opens and how far it reaches, each row in it refused', async () => {
    const lines = clinicRows().split('\n')
    lines[4] = (lines[4] as string).replace('Clinic 3', '"Clinic 3')
    lines[9] = (lines[9] as string).replace('Clinic 8', '"Clinic 8"')
    const { report, refused } = await check(lines)
    expect(report).toMatchObject({ rowsRead: 40, rowsRefused: 6, rowsAccepted: 34 })
    expect(report.rules).toMatchObject([
      {
        rule: 'quotation',
        severity: 'refuse',
        count: 6,
        sentence:
          'A quotation mark in column "name" opens on line 5 and closes only on line 10: its partner ' +
          'is probably missing. The 6 rows on lines 5 to 10 cannot be told apart and are all refused.',
        examples: [{ line: 5, column: 'name', value: expect.stringMatching(/Clinic 3,.*,200$/) }],
      },
    ])
    expect(refused.map((r) => r.line)).toEqual([5, 6, 7, 8, 9, 10])
    expect(refused[2]?.cells).toEqual([lines[6]])
  })

  it('is found although what it makes has as many cells as the header', async () => {
    const lines = clinicRows().split('\n')
    lines[4] = (lines[4] as string).replace('Clinic 3', '"Clinic 3')
    lines[9] = (lines[9] as string).replace('Clinic 8', 'Clinic 8"')
    const { report } = await check(lines)
    expect(report).toMatchObject({ rowsRead: 40, rowsRefused: 6, rowsAccepted: 34 })
  })

  it.each([
    ['', '\n'],
    ['with the ends of lines of Windows', '\r\n'],
  ])('is no matter where a cell holds new lines honestly %s', async (_what, newline) => {
    const lines = clinicRows().split('\n')
    lines[4] = (lines[4] as string).replace(
      'Clinic 3',
      `"Clinic 3,${newline}Two, the${newline}Hill"`,
    )
    lines[9] = (lines[9] as string).replace(',200', ',often')
    writeFileSync(path, lines.join(newline))
    const { report } = (await readFigures(path, clinic)).result
    expect(report).toMatchObject({ rowsRead: 40, rowsRefused: 1 })
    // Two more lines of the file than rows before it.
    expect(report.rules[0]?.examples).toMatchObject([{ line: 12, value: 'often' }])
  })

  it('leaves the rows read those accepted and those refused, wherever marks stray', async () => {
    const stray = fc.record({
      line: fc.integer({ min: 1, max: 40 }),
      cell: fc.integer({ min: 0, max: 5 }),
      end: fc.boolean(),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(stray, { minLength: 1, maxLength: 3 }), async (strays) => {
        const lines = clinicRows().split('\n')
        for (const { line, cell, end } of strays) {
          const cells = (lines[line] as string).split(',')
          cells[cell] = end ? `${cells[cell]}"` : `"${cells[cell]}`
          lines[line] = cells.join(',')
        }
        // The last row closes whatever is open.
        lines.push('C900,"Last",town,50,100,200')
        try {
          const { report, refused } = await check(lines)
          expect(report.rowsRead).toBe(report.rowsAccepted + report.rowsRefused)
          expect(report.rowsRead).toBe(41)
          expect(refused).toHaveLength(report.rowsRefused)
        } catch (error) {
          if (!String(error).includes('is never closed')) throw error
        }
      }),
      { numRuns: 200 },
    )
  })
})

describe('a row without an end', () => {
  const all = async (file: string): Promise<number> => {
    let rows = 0
    for await (const item of readRows(file, { encoding: 'utf-8', delimiter: ',' })) {
      if (Array.isArray(item)) rows += item.length
    }
    return rows
  }
  /** A packed file of a text said over and over. */
  async function packed(start: string, text: string, megabytes: number): Promise<string> {
    const file = temporaryFile('trap.csv.gz', '')
    const block = text.repeat(Math.ceil((1 << 20) / text.length))
    const blocks = Readable.from([start, ...Array.from({ length: megabytes }, () => block)])
    await pipeline(blocks, createGzip({ level: 1 }), createWriteStream(file))
    return file
  }

  it.each([
    ['commas alone', `${header}\nC1`, ','],
    ['one long cell', `${header}\nC1,`, 'x'],
    ['quoted new lines between commas', `${header}\nC1`, ',"\n"'],
    ['an open quotation mark', `${header}\nC1,"`, 'C2,two,town,50,100,200\n'],
  ])('of %s is refused with its place, long before its end', async (_what, start, text) => {
    const file = await packed(start, text, 64)
    const sources: SourceFile[] = []
    const reading = (async () => {
      for await (const item of readRows(file, { encoding: 'utf-8', delimiter: ',' })) {
        if (!Array.isArray(item)) sources.push(item)
      }
    })()
    await expect(reading).rejects.toThrow(
      /A row never ends: it is longer than 4,194,304 bytes or 1,000,000 cells.*row 2, which begins on line 2/,
    )
    const { read, bytes } = sources[0] as SourceFile
    expect(read()).toBeLessThan(bytes / 2)
  })

  it('is told from one that is merely long', async () => {
    const file = temporaryFile('long.csv', `${header}\n${'x'.repeat(4_000_000)}\na,b\n`)
    expect(createReadStream(file).readableHighWaterMark).toBe(1 << 16)
    expect(await all(file)).toBe(3)
  })
})
