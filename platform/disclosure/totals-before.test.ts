import { expect, it } from 'vitest'
import type { Counted } from './counts.ts'
import { disclosureSchema } from './declaration.ts'
import { hideFigures } from './hide.ts'

const { rules } = disclosureSchema.parse({ rules: { threshold: 5 } })
if (!rules) throw new Error('The rules are gone.')

const count = (group: string, part: number, subject = 0): Counted => {
  return { subject, group, part, base: null }
}

const hidden = async (
  before: readonly Counted[],
  now: readonly Counted[],
  places = [{ total: 1, parts: [0, 2] }],
) => {
  const earlier = [{ release: 1, order: 1, figures: before, hidden: () => false }]
  const { verdicts, audit } = await hideFigures({ figures: now, places, rules, earlier })
  return { isSafe: audit.safe, hidden: now.filter((_, at) => verdicts[at] !== 'shown') }
}

it('knows a total of crossed groups that no release lists from all, whom another lists', async () => {
  // 147 less 82 are 65 children, less 61 boys 4 girls.
  const now = [count('age=16+', 82), count('age=0-15;sex=girls', 4), count('age=0-15;sex=boys', 61)]
  const found = await hidden([count('', 147)], now, [])
  expect(found.isSafe).toBe(true)
  expect(found.hidden.length).toBeGreaterThan(1)
})

it('knows a place that no release lists from the place that holds it', async () => {
  // 100 in the district less 40 in one ward are 60 in the other, less 56 boys 4 girls.
  const now = [count('sex=girls', 4), count('sex=boys', 56)]
  const found = await hidden([count('', 100, 1), count('', 40, 2)], now)
  expect(found.isSafe).toBe(true)
  expect(found.hidden.length).toBe(2)
})

it('hides the total where the crossed groups came first', async () => {
  const before = [
    count('age=16+', 82),
    count('age=0-15;sex=girls', 4),
    count('age=0-15;sex=boys', 61),
  ]
  const now = [count('', 147)]
  const earlier = [
    { release: 1, order: 1, figures: before, hidden: (at: number) => before[at]?.part === 4 },
  ]
  const { verdicts, audit } = await hideFigures({ figures: now, places: [], rules, earlier })
  expect(audit.safe).toBe(true)
  expect(verdicts[0]).not.toBe('shown')
})
