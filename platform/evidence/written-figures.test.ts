import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { clinics, writeFile } from '../publishing/testing.ts'
import type { Series } from './columns.ts'
import { type Descriptor, descriptorSchema } from './descriptor.ts'
import { guardedText, spokenText } from './guarded-text.ts'
import { readFile } from './read-file.ts'
import { Subjects } from './subjects.ts'

/** A file that Plumbline wrote itself: its groups and statuses are in its own spelling. */
const written: Descriptor = descriptorSchema.parse({
  id: 'written',
  title: 'Written figures',
  publisher: 'Nobody',
  source: 'https://example.org/written',
  licence: 'CC0',
  dataset: 'written',
  service: 'clinic',
  guarded: true,
  match: { name: 'written' },
  fields: [],
  period: { from: 'fixed', value: '2024', kind: 'year' },
  subjects: [{ kind: 'provider', code: '{code}', name: 'name' }],
  observations: [
    {
      indicator: 'seen-in-time',
      value: 'value',
      status: 'status',
      breakdownColumn: 'group',
    },
  ],
})

async function read(lines: readonly string[]) {
  const found: { breakdown: string; status: number[]; value: number[] }[] = []
  const result = await readFile(
    writeFile('written.csv', ['code,name,group,status,value', ...lines].join('\r\n')),
    {
      descriptor: written,
      groups: {},
      subjects: new Subjects({ subjects: [], aliases: [] }),
      indicators: clinics.indicators,
      sink: {
        write: async (all: readonly Series[]) => {
          for (const s of all) {
            found.push({
              breakdown: s.key.breakdown,
              status: [...s.status.subarray(0, s.length)],
              value: [...s.value.subarray(0, s.length)],
            })
          }
        },
      },
    },
  )
  return { found, result }
}

describe('figures in our own spelling', () => {
  it('keep their group and say why there is no value', async () => {
    const { found, result } = await read([
      'C1,One,,value,0',
      'C2,Two,,suppressed,',
      'C3,Three,,not-applicable,',
      'C1,One,age=under 5;sex=boys,missing,',
    ])
    expect(result.report.rowsRefused).toBe(0)
    expect(found).toEqual([
      { breakdown: '', status: [0, 1, 3], value: [0, Number.NaN, Number.NaN] },
      { breakdown: 'age=under 5;sex=boys', status: [2], value: [Number.NaN] },
    ])
  })

  it('are refused where the status and the value do not agree', async () => {
    const { result } = await read(['C1,One,,suppressed,3', 'C2,Two,,value,', 'C3,Three,,secret,'])
    expect(result.refused.map((r) => [r.rule, r.sentence])).toEqual([
      ['status', 'This says that there is no value, and there is one.'],
      ['status', 'This says that there is a value, and there is none.'],
      ['status', 'This is none of: value, suppressed, missing, not-applicable, unreliable.'],
    ])
  })

  it('lose the apostrophe that guards a name from spreadsheets', async () => {
    const { result } = await read([`C1,'=One,,value,1`, `C2,'Two',,value,2`])
    expect([...result.descriptions.values()].map((d) => d.name)).toEqual(['=One', "'Two'"])
  })
})

it('every text comes back from its guarded form, which no spreadsheet runs', () => {
  const hostile = fc.string({
    unit: fc.constantFrom("'", '=', '+', '-', '@', '\t', '\r', 'a', ' '),
  })
  fc.assert(
    fc.property(fc.oneof(hostile, fc.string({ unit: 'binary' })), (text) => {
      expect(spokenText(guardedText(text))).toBe(text)
      expect(guardedText(text)).not.toMatch(/^[=+\-@\t\r]/)
    }),
  )
})
