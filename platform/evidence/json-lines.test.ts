import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { clinicRows, clinics } from '../publishing/testing.ts'
import type { Descriptor } from './descriptor.ts'
import { JsonLinesParser } from './json-lines.ts'
import { asJsonLines, readFigures, temporaryFile } from './testing.ts'

const clinic = clinics.descriptors[0] as Descriptor

async function read(text: string, cuts: readonly number[] = []) {
  const parser = new JsonLinesParser()
  let from = 0
  for (const to of [...cuts].sort((a, b) => a - b)) {
    await parser.write(text.slice(from, to))
    from = Math.min(to, text.length)
  }
  await parser.write(text.slice(from))
  await parser.end()
  return parser.ready
}

describe('JSON lines', () => {
  it('say the same as CSV, packed or not', async () => {
    const csv = await readFigures(temporaryFile('clinics-2024.csv', clinicRows()), clinic)
    const lines = asJsonLines(clinicRows())
    for (const [name, bytes] of [
      ['clinics-2024.jsonl', lines],
      ['clinics-2024.ndjson.gz', gzipSync(lines)],
    ] as const) {
      const json = await readFigures(temporaryFile(name, bytes), clinic)
      expect(json.figures).toEqual(csv.figures)
      expect(json.result.report).toMatchObject({ rowsRead: 40, rowsRefused: 0, period: '2024' })
    }
  })

  it('name the line of a cell that is refused', async () => {
    const lines = asJsonLines(clinicRows((i, l) => (i === 3 ? l.replace(',200', ',often') : l)))
    const { result } = await readFigures(temporaryFile('clinics-2024.jsonl', lines), clinic)
    expect(result.report.rules[0]?.examples[0]).toMatchObject({ line: 4, column: 'visitors' })
  })

  it('may be numbers, true, null or left out', async () => {
    const rows = await read('{"a":"x","b":1,"c":true}\n\n{"b":null,"a":2.5}\r\n')
    expect(rows).toEqual([
      { line: 1, to: 1, cells: ['a', 'b', 'c'] },
      { line: 1, to: 1, cells: ['x', '1', 'true'] },
      { line: 3, to: 3, cells: ['2.5', '', ''] },
    ])
  })

  it.each([
    ['{"a":1}\n{"a":', 'A line is not JSON. Look at line 2.'],
    ['[1]', 'A line is not a JSON object. Look at line 1.'],
    ['{"a":1}\n{"b":1}', 'The first object has no member "b". Look at line 2.'],
    ['{"a":{}}', 'The member "a" is no text, number, true, false or null. Look at line 1.'],
    ['{"a":"\\u0000"}', 'The member "a" holds what is no character. Look at line 1.'],
    ['{"a":"\\ud800"}', 'The member "a" holds what is no character. Look at line 1.'],
    ['{"a":1}\n{"__proto__":1}', 'The first object has no member "__proto__". Look at line 2.'],
    [
      `{"a":"${'x'.repeat(5_000_000)}"}`,
      'A line is longer than 4194304 characters. Look at line 1.',
    ],
    ['x'.repeat(5_000_000), 'A line is longer than 4194304 characters. Look at line 1.'],
  ])('that cannot be read are refused with their line: %.30s', async (text, sentence) => {
    await expect(read(text)).rejects.toThrow(sentence)
  })

  it('are the same rows wherever the stream is cut', async () => {
    const cell = fc.oneof(fc.string({ maxLength: 5 }), fc.integer(), fc.boolean())
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 6 }),
        fc.array(fc.nat(200), { maxLength: 5 }),
        async (rows, cuts) => {
          fc.pre(!JSON.stringify(rows).includes('\\u0000'))
          const text = rows.map(([a, b]) => JSON.stringify({ a, b })).join('\n')
          const [, ...found] = await read(text, cuts)
          expect(found.map((r) => r.cells)).toEqual(rows.map((r) => r.map(String)))
        },
      ),
    )
  })
})

it('a null character is told from text', async () => {
  const file = temporaryFile('clinics-2024.csv', clinicRows().replace('Clinic 3', 'Clinic\0 3'))
  await expect(readFigures(file, clinic)).rejects.toThrow('holds a null character')
})
