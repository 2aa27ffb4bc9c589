import { describe, expect, it } from 'vitest'
import { readFigures, temporaryFile } from '../testing.ts'
import { describeFile } from './describe-file.ts'

const codes = ['A1', 'A2', 'A3', 'A4', 'A5', 'A6']
const measures = [
  ['WAIT', 'Days of waiting', 'days'],
  ['SEEN', 'Seen in time', '%'],
  ['STAFF', 'Staff', ''],
] as const
const header = 'org code,year,measure,measure name,unit,value'
const rows = codes.flatMap((code, i) =>
  measures.map(([m, name, unit], j) => `${code},2024,${m},${name},${unit},${10 * (j + 1) + i}.5`),
)
const file = (more: readonly string[] = []): string =>
  temporaryFile('long-2024.csv', [header, ...rows, ...more].join('\n'))

describe('a long table, with a column that says which indicator a row is of', () => {
  it('is drafted as an indicator for each measure, by its name and unit', async () => {
    const draft = await describeFile(file())
    expect(draft.observations).toEqual(
      ['WAIT', 'SEEN', 'STAFF'].map((code, i) => ({
        when: { measure: [code] },
        indicator: draft.indicators[i]?.code,
        value: 'value',
        groups: { '': {} },
        breakdown: {},
        everyone: {},
      })),
    )
    expect(draft.indicators.map((i) => [i.code, i.name, i.unit, i.kind, i.scale])).toEqual([
      ['long-wait', 'Days of waiting', 'days', 'mean', 1],
      ['long-seen', 'Seen in time', '%', 'proportion', 100],
      ['long-staff', 'Staff', '', 'mean', 1],
    ])
    expect(draft.notes).toContain(
      'Decide: whether "measure" tells indicators apart, as drafted, or groups of people.',
    )
  })

  it('reads each row as a figure of its measure, and refuses one that nobody has described', async () => {
    const draft = await describeFile(file())
    const { figures, result } = await readFigures(
      file(['A1,2024,BEDS,Beds,,7', 'A7,2024,WAIT,Days of waiting,days,3']),
      draft,
    )
    expect(result.report).toMatchObject({ rowsRead: 20, rowsAccepted: 19, rowsRefused: 1 })
    expect(result.report.rules[0]).toMatchObject({ rule: 'enum', examples: [{ value: 'BEDS' }] })
    expect(figures.filter((f) => f.subject === 'A2').map((f) => [f.indicator, f.value])).toEqual([
      ['long-wait', 11.5],
      ['long-seen', 21.5],
      ['long-staff', 31.5],
    ])
    expect(figures.find((f) => f.subject === 'A7')?.indicator).toBe('long-wait')
  })

  it('keeps groups beside measures apart', async () => {
    const text = [
      'org code,year,indicator,sex,value',
      ...codes.flatMap((code, i) =>
        ['read', 'write'].flatMap((m) =>
          ['girls', 'boys'].map((sex, j) => `${code},2024,${m},${sex},${i + j}.5`),
        ),
      ),
    ].join('\n')
    const draft = await describeFile(temporaryFile('long-2024.csv', text))
    expect(draft.observations.map((o) => [o.when, o.breakdown])).toEqual([
      [{ indicator: ['read'] }, { sex: '{sex}' }],
      [{ indicator: ['write'] }, { sex: '{sex}' }],
    ])
  })
})
