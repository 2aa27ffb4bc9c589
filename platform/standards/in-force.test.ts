import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { type Database, openDatabase } from '../database/database.ts'
import { testPGlite } from '../database/testing.ts'
import type { Catalogue } from '../evidence/catalogue.ts'
import { type Descriptor, descriptorSchema } from '../evidence/descriptor.ts'
import type { Indicator } from '../evidence/indicator.ts'
import { clinicRows, clinics, importAndPublish, prepare, writeFile } from '../publishing/testing.ts'
import { makeReader } from '../reader.ts'
import { standardChanges } from './changes.ts'
import { type Standard, standardSchema } from './standard.ts'

const standard = (code: string, of: object): Standard =>
  standardSchema.parse({
    ...{ code, name: `The standard ${code}`, kind: 'floor', service: 'clinic', setBy: 'Nobody' },
    ...{ right: 'Nobody has a right to.', checkedBy: 'Nobody', indicator: 'seen-in-time' },
    ...{ side: 'at least', threshold: { fixed: 40 }, from: '2000', review: '2040-12-31' },
    ...{ consequence: 'Nothing follows.', evidence: 'There is none.', source: 'Made up' },
    steps: [step('adopted', '2000')],
    ...of,
  })
const step = (state: string, on: string) => ({
  ...{ state, on, by: 'Nobody', reason: 'To see what happens.' },
})

/** All clinics near 50%, but for the first two: 5% and 30%. */
const year = (of: number, more = '') =>
  writeFile(
    `clinics-${of}.csv`,
    clinicRows((i, line) =>
      i === 0
        ? `C100,Clinic 0 in ${of}${more},country,5,10,200`
        : i === 1
          ? 'C101,Clinic 1,town,30,60,200'
          : line.replace(/,\d+,\d+,200$/, `,${50 + (i % 5)},${100 + 2 * (i % 5)},200`),
    ),
  )

const [plain] = clinics.descriptors as [Descriptor]
const [seen] = [...clinics.indicators.values()] as [Indicator]

/** Beside the clinics' own, figures that no standard is about. */
const known: Catalogue = {
  ...clinics,
  descriptors: [
    plain,
    descriptorSchema.parse({
      ...plain,
      ...{ id: 'others', dataset: 'others' },
      match: { name: 'others-(?<year>\\d{4})', columns: ['code', 'seen'] },
      observations: [{ indicator: 'other', value: 'seen' }],
    }),
    descriptorSchema.parse({
      ...plain,
      ...{ id: 'imagined', dataset: 'imagined', invented: true },
      match: { name: 'imagined', columns: ['code', 'seen'] },
      observations: [{ indicator: 'imagined', value: 'seen' }],
    }),
  ],
  indicators: new Map([
    ...clinics.indicators,
    ['other', { ...seen, code: 'other' }],
    ['imagined', { ...seen, code: 'imagined' }],
  ]),
}

let db: Database
beforeAll(async () => {
  db = await prepare(await openDatabase(testPGlite(null)))
})
afterEach(() => {
  vi.useRealTimers()
})
afterAll(() => db.close())

async function published(standards: readonly Standard[], paths: readonly string[]) {
  const catalogue: Catalogue = {
    ...known,
    standards: new Map(standards.map((s) => [s.code, s])),
  }
  await importAndPublish(db, catalogue, paths)
  const reader = makeReader(db, catalogue)
  const state = await reader.state()
  const all = await reader.standards.all(state)
  const signals = await reader.desk.all(state, '2026-11-24')
  return {
    publication: state.publication,
    known: [...all.keys()],
    periods: (code: string) => all.get(code)?.periods.map((p) => p.period) ?? [],
    outcome: (code: string, who: string) =>
      all.get(code)?.periods.at(-1)?.judgements.get(who)?.outcome,
    floors: signals.filter((s) => s.kind === 'floor').map((s) => `${s.about} ${s.subject?.code}`),
  }
}

describe('a standard that is not in force', () => {
  it('signals nothing once it is withdrawn; what it judged before stands', async () => {
    const withdrawn = standard('gone', {
      steps: [step('adopted', '2000'), step('withdrawn', '2021')],
    })
    const { floors, periods, outcome } = await published([withdrawn], [year(2020), year(2021)])
    expect(periods('gone')).toEqual(['2020'])
    expect(outcome('gone', 'C100')).toBe('not met')
    expect(floors).toEqual([])
  })

  it('judges nothing before the day on which it is adopted', async () => {
    const { floors, periods } = await published(
      [standard('coming', { steps: [step('adopted', '2090')] })],
      [year(2022)],
    )
    expect(periods('coming')).toEqual([])
    expect(floors).toEqual([])
  })

  it('counts from the first publication after that day, though nobody wrote it anew', async () => {
    const both = [
      standard('coming', { steps: [step('adopted', '2031')] }),
      standard('going', { steps: [step('adopted', '2000'), step('withdrawn', '2031')] }),
    ]
    const before = await published(both, [year(2023)])
    expect(before.floors).toEqual(['going C100', 'going C101'])
    vi.useFakeTimers({ now: new Date('2031-02-01'), toFake: ['Date'] })
    const after = await published(both, [writeFile('others-2023.csv', clinicRows())])
    expect(after.floors).toEqual(['coming C100', 'coming C101'])
    expect(after.periods('going').at(-1)).toBe('2023')
    // The record has it from here: no definition changed, and yet one was adopted and one withdrawn.
    expect(await standardChanges(db, after.publication, '2031-02-01')).toMatchObject([
      { code: 'coming', stateBefore: 'draft', stateAfter: 'adopted' },
      { code: 'going', stateBefore: 'adopted', stateAfter: 'withdrawn' },
    ])
  })
})

it('that judges invented figures alone is not known where the figures are real', async () => {
  const both = [standard('real', {}), standard('imagined', { indicator: 'imagined' })]
  expect((await published(both, [year(2026)])).known).toEqual(['real'])
})

describe('a standard with parts', () => {
  const parts = [
    standard('whole', { alternatives: [['quarter', 'any']] }),
    standard('quarter', { threshold: { fixed: 20 } }),
    standard('any', { threshold: { fixed: 1 } }),
  ]

  it('signals only who misses every way; a part signals nothing of its own', async () => {
    const { floors, outcome } = await published(parts, [year(2024)])
    expect(outcome('quarter', 'C100')).toBe('not met')
    expect(outcome('whole', 'C100')).toBe('not met')
    expect(outcome('whole', 'C101')).toBe('met')
    expect(floors).toEqual(['whole C100'])
  })

  it('that takes a part up or lets it go changes what that part signals', async () => {
    const [, ...alone] = parts
    expect((await published(alone, [year(2024, ' again')])).floors).toEqual(['quarter C100'])
    expect((await published(parts, [year(2025)])).floors).toEqual(['whole C100'])
    expect((await published(alone, [year(2025, ' again')])).floors).toEqual(['quarter C100'])
  })
})
