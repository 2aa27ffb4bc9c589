import { describe, expect, it } from 'vitest'
import { columnOf, takeProviders, type Values } from './columns.ts'
import { nearestPeriod } from './nearest-period.ts'
import { costLimits } from './outcome.ts'
import { indicatorsOf, studySchema } from './study.ts'

const of = (scale: number, ...all: number[]): Values => ({
  scale,
  of: new Map(all.map((x, subject) => [subject, x])),
  limits: new Map(),
})

const values = new Map([
  ['total', of(1, 1000, 2000, 3000, 50)],
  ['rent', of(1, 100, 0, 500, 50)],
  ['patients', of(1, 40, 80, 100, 2)],
  ['well', of(100, 75, 50, 20, 100)],
])

const study = studySchema.parse({
  code: 'test',
  service: 'clinic',
  name: 'A study for tests',
  about: 'Money against patients who got well.',
  inputs: [
    {
      name: 'Money for care',
      unit: '£',
      why: 'All money but the rent.',
      add: [{ indicator: 'total' }],
      less: [{ indicator: 'rent' }],
    },
  ],
  outputs: [
    {
      name: 'Got well',
      unit: 'patients',
      why: 'Patients times the share.',
      add: [{ indicator: 'well', times: 'patients' }],
    },
  ],
  years: { from: 'total', within: 1, why: 'The nearest year.' },
  takes: [{ indicator: 'patients', least: 50, why: 'It is too small to be compared.' }],
  picture: { outcome: 'well', people: 'patients', cost: 'Money for each' },
  limits: ['Nothing is real here.'],
  seed: 1,
})

describe('a column', () => {
  it('is a sum less others, or a share of people', () => {
    expect(columnOf(study.inputs[0]!, values, 0)).toBe(900)
    expect(columnOf(study.outputs[0]!, values, 0)).toBe(30)
    const rest = { ...study.outputs[0]!.add[0]!, without: true }
    expect(columnOf({ ...study.outputs[0]!, add: [rest] }, values, 0)).toBe(10)
  })

  it('is not known where a part of it is not', () => {
    expect(columnOf(study.inputs[0]!, values, 9)).toBeNaN()
  })
})

describe('those taken', () => {
  it('are those with all figures and within bounds; the others are counted by reason', () => {
    const taken = takeProviders(study, values, [2, 1, 0, 9, 3])
    expect(taken.subjects).toEqual([1, 2])
    expect(taken.columns.map((c) => [...c])).toEqual([
      [2000, 2500],
      [40, 20],
    ])
    expect([...taken.leftOut.values()].reduce((a, b) => a + b)).toBe(3)
    expect(taken.leftOut.get('It is too small to be compared.')).toBe(2)
  })
})

describe('the nearest period', () => {
  const year = { period: '2022-23', kind: 'financial-year' } as const

  it('is the one that begins nearest, the later of two', () => {
    expect(nearestPeriod(year, ['2021', '2022', '2023'], 'year', 1)).toBe('2022')
    expect(nearestPeriod(year, ['2021-22', '2023-24'], 'financial-year', 1)).toBe('2023-24')
  })

  it('is none where all are too far', () => {
    expect(nearestPeriod(year, ['2024-25'], 'financial-year', 1)).toBeNull()
    expect(nearestPeriod(year, [], 'financial-year', 1)).toBeNull()
  })
})

it('gives the cost for each the doubt of its outcome', () => {
  const found = costLimits(200, 50, { lower95: 40, upper95: 80 }, 100, false)
  expect(found).toEqual({ lower95: 125, upper95: 250 })
})

it('names every indicator that a study rests on', () => {
  expect(indicatorsOf(study).sort()).toEqual(['patients', 'rent', 'total', 'well'])
})
