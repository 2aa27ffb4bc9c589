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
const release = [
  kept('wait', 'age=0-17', [65, 90, 105]),
  kept('seen-in-time', 'age=0-4', [3, 40, 44]),
  kept('seen-in-time', 'age=5-17', [62, 50, 61]),
]
const query = async (text: string) => (text.includes('group by r.id') ? [{ id: 1 }] : release)

it('knows that of two indicators one listed the ages within those of the other', async () => {
  const declared = disclosureSchema.parse({ rules: { threshold: 5 } })
  const indicators = new Map([
    ...clinics.indicators,
    ['wait', { ...seen, code: 'wait', kind: 'mean' as const }],
  ])
  const db = { query } as unknown as Database
  const known = { declared, indicators }
  const tied = await tiedBefore(db, { slot: 'visits', except: 2 }, '2024', known)
  expect(tied.map((two) => two.toSorted())).toEqual([['seen-in-time', 'wait']])
})
