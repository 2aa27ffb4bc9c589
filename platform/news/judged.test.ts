import fc from 'fast-check'
import { expect, it } from 'vitest'
import { type Outcome, outcomes } from '../standards/judge.ts'
import { type JudgedRow, turnsOf } from './judged.ts'

const row = (
  publication: number,
  period: string,
  of: Readonly<Record<number, Outcome>>,
): JudgedRow => ({
  standard: 'floor',
  publication,
  period,
  outcomes: new Map(Object.entries(of).map(([id, outcome]) => [Number(id), outcome])),
})

it('tells what a correction and a new period turned, the newest first', () => {
  const found = turnsOf([
    row(1, '2023', { 1: 'met', 2: 'not judged', 3: 'met' }),
    row(2, '2023', { 1: 'not met', 2: 'not judged' }),
    row(3, '2024', { 1: 'met', 2: 'met' }),
  ])
  const of = (publication: number, subject: number) =>
    found.find((t) => t.publication === publication && t.subject === subject)?.turns
  expect(of(1, 1)).toEqual([{ period: '2023', before: null, after: 'met', earlier: null }])
  expect(of(1, 2)).toBeUndefined()
  expect(of(2, 1)).toEqual([{ period: '2023', before: 'met', after: 'not met', earlier: null }])
  expect(of(2, 3)).toEqual([{ period: '2023', before: 'met', after: null, earlier: null }])
  const earlier = { period: '2023', outcome: 'not met' }
  expect(of(3, 1)).toEqual([{ period: '2024', before: null, after: 'met', earlier }])
  expect(found.map((t) => t.publication)).toEqual([3, 3, 2, 2, 1, 1])
})

it('from its turns alone, anyone can work out what is said now', () => {
  const judged = fc.constantFrom(...outcomes)
  const rows = fc.array(
    fc.tuple(
      fc.constantFrom('2022', '2023'),
      fc.dictionary(fc.constantFrom('1', '2', '3'), judged),
    ),
    { maxLength: 8 },
  )
  fc.assert(
    fc.property(rows, (all) => {
      const told = turnsOf(all.map(([period, of], i) => row(i + 1, period, of))).reverse()
      for (const period of ['2022', '2023']) {
        const last = all.findLast(([p]) => p === period)?.[1] ?? {}
        for (const subject of [1, 2, 3]) {
          const turns = told.filter((t) => t.subject === subject).flatMap((t) => t.turns)
          const after = turns.findLast((t) => t.period === period)?.after ?? null
          const now = last[subject] ?? null
          // To be judged for want of data is told only after something else was.
          expect(after === now || (after === null && now === 'not judged')).toBe(true)
        }
      }
      for (const { turns } of told) for (const t of turns) expect(t.before).not.toBe(t.after)
    }),
  )
})
