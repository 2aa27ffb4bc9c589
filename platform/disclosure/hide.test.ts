import fc from 'fast-check'
import { expect, it } from 'vitest'
import { attackServed } from './attack-served.ts'
import { lowestTwo, oneAtATime, primaryOnly } from './broken-suppressors.ts'
import { type Counted, placeSums } from './counts.ts'
import { disclosureSchema } from './declaration.ts'
import { hideFigures, type Suppress } from './hide.ts'
import { groupOf, rowsOf, type Visits, visits } from './random-visits.ts'

const { rules, chains } = disclosureSchema.parse({
  rules: { threshold: 5 },
  chains: [
    ['ward', 'district', 'county'],
    ['ward', 'neighbourhood', 'county'],
  ],
})
if (!rules) throw new Error('The rules are gone.')
const declared = { rules, chains }

/** The figures of a year, and who lies in whom. */
function figuresOf(year: Visits) {
  const rows = rowsOf(year)
  const codes = [...new Set(rows.map((r) => r.code))]
  const figures = rows.map((r): Counted => {
    return { subject: codes.indexOf(r.code), group: groupOf(r), part: r.inTime, base: r.all }
  })
  const locate = (subject: number) => {
    const row = rows.find((r) => r.code === codes[subject])
    const above = row?.level === 'county' ? [] : [...(row?.parents ?? []), 'C1']
    return row ? { level: row.level, parents: above.map((c) => codes.indexOf(c)) } : null
  }
  const places = placeSums([...codes.keys()], locate, declared.chains)
  return { rows, figures, places }
}

/** What the public sees of a year, and what an attacker who shares no code makes of it. */
async function attack(year: Visits, suppress?: Suppress) {
  const { rows, figures, places } = figuresOf(year)
  const of = { figures, places, rules: declared.rules, earlier: [] }
  const { verdicts, audit } = await hideFigures(of, suppress)
  const served = figures.map((f, at) => {
    const dark = verdicts[at] !== 'shown'
    return {
      code: rows[at]?.code ?? '',
      group: f.group,
      numerator: dark ? null : f.part,
      denominator: dark ? null : f.base,
    }
  })
  return { verdicts, audit, leaks: await attackServed(rows, served, 5) }
}

it('hides what an attacker of its own kind cannot work out, groups and places crossed', {
  timeout: 240_000,
}, async () => {
  let [hidden, small] = [0, 0]
  await fc.assert(
    fc.asyncProperty(visits, async (year) => {
      const { verdicts, audit, leaks } = await attack(year)
      expect(leaks).toEqual([])
      expect(audit.safe).toBe(true)
      hidden += verdicts.filter((v) => v !== 'shown').length
      small += verdicts.filter((v) => v === 'small').length
    }),
    { numRuns: 8 },
  )
  expect(small).toBeGreaterThan(20)
  expect(hidden).toBeGreaterThan(small)
})

const broken: [string, Suppress][] = [
  ['hides small counts and nothing else', primaryOnly],
  ['hides the lowest two of each sum', lowestTwo],
  ['looks at one sum at a time', oneAtATime],
]
it.each(broken)('finds out a suppressor that %s', async (_, suppress) => {
  const found = await fc.check(
    fc.asyncProperty(visits, async (year) => {
      const { audit, leaks } = await attack(year, suppress)
      // What the attacker finds, the audit found before.
      if (leaks.length > 0) expect(audit.safe).toBe(false)
      return leaks.length === 0
    }),
    { numRuns: 25, endOnFailure: true },
  )
  expect(found.failed).toBe(true)
  expect(found.errorInstance).toEqual(new Error('Property failed by returning false'))
})

it('hides again what the release before hid, where nothing changed, and names what cannot be made safe', async () => {
  const figure = (subject: number, part: number): Counted => ({
    subject,
    group: '',
    part,
    base: null,
  })
  const before = [figure(0, 30), figure(1, 3), figure(2, 9), figure(3, 18)]
  const places = [{ total: 0, parts: [1, 2, 3] }]
  const of = { places, rules: declared.rules }
  const first = { release: 1, order: 1 }
  const hidden = (at: number) => at === 1 || at === 3
  // The second is no longer small, and the last has not changed: shown, it would give the 3 away.
  const now = [figure(0, 32), figure(1, 5), figure(2, 9), figure(3, 18)]
  const again = await hideFigures({
    ...of,
    figures: now,
    earlier: [{ ...first, figures: before, hidden }],
  })
  expect(again.audit.safe).toBe(true)
  expect(again.verdicts[3]).toBe('protects others')
  // All but the small one was public: no pattern helps.
  const late = { ...first, figures: before, hidden: (at: number) => at === 1 }
  const unsafe = await hideFigures({ ...of, figures: before, earlier: [late] })
  expect(unsafe.audit.safe).toBe(false)
  expect(unsafe.audit.leaks[0]?.key).toContain('part%7C1')
})
