import { describe, expect, it } from 'vitest'
import { clinics, writeFile } from '../publishing/testing.ts'
import type { Series } from './columns.ts'
import { descriptorSchema } from './descriptor.ts'
import { readFile } from './read-file.ts'
import { Subjects } from './subjects.ts'

const descriptor = descriptorSchema.parse({
  id: 'commas',
  title: 'Figures with commas',
  publisher: 'Nobody',
  source: 'https://example.org/commas',
  licence: 'CC0',
  dataset: 'commas',
  service: 'clinic',
  match: { name: 'commas' },
  delimiter: ';',
  fields: [
    { name: 'share', type: 'number', decimalChar: ',', constraints: { maximum: 100 } },
    { name: 'seen', type: 'integer', decimalChar: ',' },
    { name: 'asked', type: 'integer' },
    { name: 'all', type: 'integer', decimalChar: ',' },
  ],
  period: { from: 'fixed', value: '2024', kind: 'year' },
  subjects: [{ kind: 'provider', code: '{code}' }],
  observations: [
    { indicator: 'seen-in-time', value: 'share', numerator: 'seen', denominator: 'asked' },
  ],
  totals: [{ total: 'all', parts: ['seen', 'asked'], tolerance: 0 }],
})

async function read(...lines: readonly string[]) {
  const found: number[][] = []
  const result = await readFile(
    writeFile('commas.csv', ['code;share;seen;asked;all', ...lines].join('\n')),
    {
      descriptor,
      groups: {},
      subjects: new Subjects({ subjects: [], aliases: [] }),
      indicators: clinics.indicators,
      sink: {
        write: async (all: readonly Series[]) => {
          for (const s of all) found.push([...s.value.subarray(0, s.length)])
        },
      },
    },
  )
  return { found, result }
}

describe('a column with commas for points', () => {
  it('is read so, and a column beside it with points, sums and all', async () => {
    const { found, result } = await read('A1;61,7;1.234;"2,000";3.234', 'A2;50;1;2;3')
    expect(found).toEqual([[61.7, 50]])
    expect(result.report.rules.map((r) => r.rule)).toEqual(['unknown'])
  })

  it.each([
    ['A1;61.7;1.234;"2,000";3.234', 'share'],
    ['A1;161,7;1.234;"2,000";3.234', 'share'],
    ['A1;61,7;1.234;"2,000";3,234', 'all'],
  ])('never guesses within a cell: %s', async (line, column) => {
    const { found, result } = await read(line)
    expect(found.flat()).toEqual([])
    expect(JSON.stringify(result)).toContain(`"${column}"`)
  })
})
