import { expect, it } from 'vitest'
import type { Counted } from './counts.ts'
import { disclosureSchema } from './declaration.ts'
import { hideFigures } from './hide.ts'

const { rules } = disclosureSchema.parse({ rules: { threshold: 5 } })
if (!rules) throw new Error('The rules are gone.')

const counted = (indicator: string, subject: number, group: string, part: number): Counted => {
  return { indicator, subject, group, part, base: null }
}
/** Everybody of three places, whom both indicators count, as both releases show. */
const everybody = ['seen', 'asked'].flatMap((indicator) =>
  [70, 90, 84].map((part, subject) => counted(indicator, subject, '', part)),
)

const hidden = async (before: readonly Counted[], now: readonly Counted[]) => {
  const earlier = [
    { release: 1, order: 1, figures: before, hidden: (at: number) => (before[at]?.part ?? 0) < 5 },
  ]
  const { verdicts, audit } = await hideFigures({ figures: now, places: [], rules, earlier })
  return { isSafe: audit.safe, hidden: now.filter((_, at) => verdicts[at] !== 'shown') }
}

it('knows a group of one indicator from another of the same people, which a release before listed', async () => {
  // 84 less 29 up to 14 and 52 from 16 on are 3 of 15.
  const before = [...everybody, counted('seen', 2, 'age=0-14', 29)]
  const now = [...everybody, counted('asked', 2, 'age=15', 3), counted('asked', 2, 'age=16+', 52)]
  const found = await hidden(before, now)
  expect(found.isSafe).toBe(true)
  expect(found.hidden.map((f) => f.part)).toContain(3)
  expect(found.hidden.length).toBeGreaterThan(1)
})

it('hides no more where the two were never the same people', async () => {
  const apart = [61, 80, 95].map((part, subject) => counted('seen', subject, '', part))
  const asked = everybody.filter((f) => f.indicator === 'asked')
  const before = [...apart, ...asked, counted('seen', 2, 'age=0-14', 29)]
  const now = [
    ...apart,
    ...asked,
    counted('asked', 2, 'age=15', 3),
    counted('asked', 2, 'age=16+', 52),
  ]
  expect((await hidden(before, now)).hidden.map((f) => f.part)).toEqual([3])
})
