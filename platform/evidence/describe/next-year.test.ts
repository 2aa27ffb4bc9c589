import { describe, expect, it } from 'vitest'
import { readFigures, temporaryFile } from '../testing.ts'
import { describeFile } from './describe-file.ts'
import { lasting } from './shapes.ts'

const years = (all: readonly string[], codes: readonly string[]) =>
  [
    'code,name,school_year,term,area,rate',
    ...all.flatMap((year) =>
      codes.flatMap((code, i) =>
        ['T1', 'T2', 'T3', 'T4'].map(
          (t, j) => `${code},School ${code},${year},${t},North,${i + j}.5`,
        ),
      ),
    ),
  ].join('\n')
const codes = ['S1', 'S2', 'S3', 'S4']

describe('the draft of a file of which there will be another next year', () => {
  it('lists neither its times, nor whom it is about, nor their names', async () => {
    const d = await describeFile(temporaryFile('rates.csv', years(['2023-24', '2024-25'], codes)))
    const list = (name: string) => d.fields.find((f) => f.name === name)?.constraints
    expect(d.period).toMatchObject({ from: 'column', column: 'school_year' })
    expect(list('school_year')).toEqual({ required: true })
    expect(list('name')).toEqual({ required: true })
    expect(list('code')).toEqual({ required: true, pattern: '[A-Z]\\d' })
    expect(list('term')?.enum).toEqual(['T1', 'T2', 'T3', 'T4'])
    const next = temporaryFile('rates-next.csv', years(['2025-26'], [...codes, 'S5']))
    const { result } = await readFigures(next, { ...d, match: { ...d.match, name: '^rates' } })
    expect(result.report.rules.filter((r) => r.severity === 'refuse')).toEqual([])
  })

  it('has no list of times in another column than that of its period', async () => {
    const text = years(['2023-24', '2024-25'], codes).replace('term', 'quarter')
    const quarters = text.replaceAll(/,T(\d)/g, ',2024 Q$1')
    const d = await describeFile(temporaryFile('rates.csv', quarters))
    const of = (name: string) => d.fields.find((f) => f.name === name)?.constraints
    expect([of('school_year')?.enum, of('quarter')?.enum]).toEqual([undefined, undefined])
  })

  it.each([
    ['[A-Z]\\d{2}', ['A1', 'A123', 'AB1'], ['Total', 'A-1', '']],
    ['[A-Z]{3}|[A-Z]\\d[A-Z]', ['RXX', 'R0A', 'RX'], ['Total', 'rx']],
    ['\\d{3,4}', ['1', '12345'], ['A1', 'Total']],
    ['[A-Z]{2}-\\d{3}', ['AB-1', 'A-1000'], ['AB1', 'Total']],
    ['[A-Z]\\d{5}', ['Q10100'], ['Q1010', 'Q101000']],
  ])('takes for %s later codes too, such as %j, and not %j', (pattern, fit, unfit) => {
    const fits = (text: string) => new RegExp(`^(?:${lasting(pattern)})$`).test(text)
    expect(fit.filter((t) => !fits(t))).toEqual([])
    expect(unfit.filter(fits)).toEqual([])
  })
})

describe('a file of small counts alone', () => {
  const rows = Array.from(
    { length: 60 },
    (_, i) => `P${100 + i},${i % 4},${i % 9 === 5 ? 'c' : i % 3}`,
  )
  it('has their columns as figures to choose, as no other is found', async () => {
    const d = await describeFile(
      temporaryFile('falls-2024.csv', ['code,falls,burns', ...rows].join('\n')),
    )
    expect(d.observations.map((o) => o.value)).toEqual(['falls', 'burns'])
    expect(d.indicators.map((i) => i.kind)).toEqual(['count', 'count'])
    expect(d.codes).toEqual({ c: 'suppressed' })
    expect(d.fields.map((f) => f.type)).toEqual(['string', 'integer', 'integer'])
  })

  it('has no figure of what tells its rows apart', async () => {
    const groups = rows.flatMap((row, i) =>
      [1, 2, 3].map((g) => `${row.split(',')[0]},${g},${(i + g) % 4}`),
    )
    const d = await describeFile(
      temporaryFile('falls-2024.csv', ['code,year group,falls', ...groups].join('\n')),
    )
    expect(d.observations.map((o) => [o.value, o.breakdown])).toEqual([
      ['falls', { 'year group': '{year group}' }],
    ])
  })

  it('leaves few different numbers alone where another figure is found', async () => {
    const d = await describeFile(
      temporaryFile(
        'falls-2024.csv',
        ['code,falls,burns,rate', ...rows.map((r, i) => `${r},${i}.5`)].join('\n'),
      ),
    )
    expect(d.observations.map((o) => o.value)).toEqual(['rate'])
  })
})

describe('what kind of number a figure is', () => {
  it.each([
    ['Cost per place (£)', '£', 'money', 2],
    ['Spend GBP', '£', 'money', 2],
    ['Compounds', '', 'mean', 1],
  ])('is told by its header: %s', async (name, unit, kind, decimals) => {
    const rows = Array.from({ length: 12 }, (_, i) => `P${100 + i},${1000 + i}.25`)
    const d = await describeFile(temporaryFile('a-2024.csv', [`code,${name}`, ...rows].join('\n')))
    expect(d.indicators).toMatchObject([{ unit, kind, decimals }])
  })

  it('is told by its unit in a long table', async () => {
    const units = { Wait: 'days', Falls: 'count', Cost: '£' }
    const rows = Array.from({ length: 9 }, (_, i) =>
      Object.entries(units).map(([m, unit]) => `P${100 + i},2024,${m},${unit},${i}.5`),
    ).flat()
    const d = await describeFile(
      temporaryFile('long.csv', ['code,year,measure,unit,value', ...rows].join('\n')),
    )
    expect(d.indicators.map((i) => [i.name, i.unit, i.kind])).toEqual([
      ['Wait', 'days', 'mean'],
      ['Falls', '', 'count'],
      ['Cost', '£', 'money'],
    ])
  })
})
