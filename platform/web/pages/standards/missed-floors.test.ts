import { expect, it } from 'vitest'
import type { State } from '../../../comparison/reader.ts'
import { loadCatalogue } from '../../../evidence/catalogue.ts'
import type { Outcome } from '../../../standards/judge.ts'
import type { Standard } from '../../../standards/standard.ts'
import type { StandardAt } from '../../../standards/store.ts'
import { missedFloors, missedText, ownMissedFloors } from './missed-floors.ts'

const floor = loadCatalogue().standards.get('cqc-not-inadequate')
if (!floor) throw new Error('the catalogue lacks the floor that this test is about')
const state: State = {
  publication: 1,
  at: null,
  invented: false,
  answers: 0,
  record: 0,
  checkpoint: 0,
  erased: 0,
}

const judged = (
  standard: Standard,
  ...periods: [string, Record<string, Outcome>][]
): StandardAt => ({
  standard,
  partOf: null,
  periods: periods.map(([period, outcomes]) => ({
    period,
    threshold: 2,
    judgements: new Map(
      Object.entries(outcomes).map(([code, outcome]) => [
        code,
        { outcome, reason: '', below: null } as const,
      ]),
    ),
  })),
})

function contextOf(...all: StandardAt[]) {
  const of = async (_: State, code: string) =>
    all.flatMap(({ standard, partOf, periods }) => {
      const last = periods.findLast((p) => p.judgements.has(code))
      const judgement = last?.judgements.get(code)
      return last && judgement ? [{ ...judgement, ...last, standard, partOf }] : []
    })
  const standards = {
    all: async () => new Map(all.map((at) => [at.standard.code, at])),
    of,
  }
  return { reader: { standards }, state }
}

it('is the last judgement by a floor that counts', async () => {
  const context = contextOf(
    judged(
      floor,
      ['2023', { A: 'not met', B: 'not met', C: 'met' }],
      ['2024', { A: 'met', C: 'not met', D: 'not shown either way' }],
    ),
  )
  const missed = await missedFloors('general-practice', context)
  expect([...missed.keys()].sort()).toEqual(['B', 'C'])
  expect(missed.get('C')?.[0]?.period).toBe('2024')
  expect((await ownMissedFloors('C', context))[0]?.name).toBe(floor.name)
  expect(await ownMissedFloors('A', context)).toEqual([])
  expect(missedText(missed.get('C'))).toBe('below a floor: Not rated inadequate')
  expect(missedText(missed.get('A'))).toBe('')
  expect((await missedFloors('hospital', context)).size).toBe(0)
})

it('is nothing by a floor that was withdrawn, or by a standard that is no floor', async () => {
  const withdrawn: Standard = {
    ...floor,
    code: 'gone',
    steps: [
      ...floor.steps,
      { state: 'withdrawn', on: '2019-09', by: floor.setBy, reason: 'Another took its place.' },
    ],
  }
  const ambition: Standard = { ...floor, code: 'goal', kind: 'ambition' }
  const context = contextOf(
    judged(withdrawn, ['2024', { A: 'not met' }]),
    judged(ambition, ['2024', { A: 'not met' }]),
  )
  expect((await missedFloors('general-practice', context)).size).toBe(0)
  expect(await ownMissedFloors('A', context)).toEqual([])
})

it('is nothing by a part of a floor that may be met in another way', async () => {
  const part = { ...judged(floor, ['2024', { A: 'not met' }]), partOf: { ...floor, code: 'whole' } }
  const context = contextOf(part)
  expect((await missedFloors('general-practice', context)).size).toBe(0)
  expect(await ownMissedFloors('A', context)).toEqual([])
})
