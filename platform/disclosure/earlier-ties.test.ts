import { expect, it } from 'vitest'
import type { Database } from '../database/database.ts'
import { clinics } from '../publishing/testing.ts'
import { disclosureSchema } from './declaration.ts'
import { tiedBefore } from './earlier.ts'

const seen = clinics.indicators.get('seen-in-time')
if (!seen) throw new Error('The made-up indicator is gone.')

/** What a release kept of the groups of three places. */
const kept = (indicator: string, breakdown: string, base: readonly number[]) => {
  return { indicator, breakdown, subjects: [1, 2, 3], part: base.map((n) => n / 4), base }
}
const indicators = new Map([
  ...clinics.indicators,
  ['wait', { ...seen, code: 'wait', kind: 'mean' as const }],
])
const known = { declared: disclosureSchema.parse({ rules: { threshold: 5 } }), indicators }
const before = { slot: 'visits', except: 2 }
const release = [
  kept('wait', 'age=0-17', [65, 90, 105]),
  kept('seen-in-time', 'age=0-4', [3, 40, 44]),
  kept('seen-in-time', 'age=5-17', [62, 50, 61]),
]
const withKept = (some: readonly object[]) =>
  ({
    query: async (text: string) => (text.includes('group by r.id') ? [{ id: 1 }] : some),
  }) as unknown as Database

it('knows that of two indicators one listed the ages within those of the other', async () => {
  const tied = await tiedBefore(withKept(release), before, '2024', known)
  expect(tied.map((two) => two.toSorted())).toEqual([['seen-in-time', 'wait']])
})

it('knows it of one that the draft has no more, by what the draft says of the other', async () => {
  const minutes = kept('wait', '', [65, 90, 105])
  const share = (bases: readonly number[]) =>
    bases.map((base, at) => {
      return { indicator: 'seen-in-time', subject: at + 1, group: '', part: 2, base }
    })
  const db = withKept([minutes])
  const tied = await tiedBefore(db, before, '2024', known, share([65, 90, 105]))
  expect(tied.map((two) => two.toSorted())).toEqual([['seen-in-time', 'wait']])
  expect(await tiedBefore(db, before, '2024', known, share([65, 90, 104]))).toEqual([])
})
