import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { attackRounded } from './attack-rounded.ts'
import { type Counted, placeSums } from './counts.ts'
import type { Rounding } from './declaration.ts'
import { groupOf, rowsOf, type Visits, visits } from './random-visits.ts'
import { type RoundedEarlier, roundFigures } from './round.ts'

const chains = [
  ['ward', 'district', 'county'],
  ['ward', 'neighbourhood', 'county'],
]
const secret = 'a secret of the tests'

/** The figures of a year, and who lies in whom. */
function figuresOf(year: Visits) {
  const rows = rowsOf(year)
  const codes = [...new Set(rows.map((r) => r.code))].sort()
  const figures = rows.map((r): Counted => {
    return { subject: codes.indexOf(r.code), group: groupOf(r), part: r.inTime, base: r.all }
  })
  const locate = (subject: number) => {
    const row = rows.find((r) => r.code === codes[subject])
    const above = row?.level === 'county' ? [] : [...(row?.parents ?? []), 'C1']
    return row ? { level: row.level, parents: above.map((c) => codes.indexOf(c)) } : null
  }
  return { rows, codes, figures, places: placeSums([...codes.keys()], locate, chains) }
}

async function round(year: Visits, how: Partial<Rounding> = {}, earlier?: RoundedEarlier) {
  const { rows, codes, figures, places } = figuresOf(year)
  const { rounded, audit } = await roundFigures({
    figures,
    places,
    round: { base: 5, method: 'controlled', ...how },
    secret,
    nameOf: (f) => `2024|${codes[f.subject]}|${f.group}`,
    earlier: earlier ? [earlier] : [],
  })
  const served = figures.map((f, at) => ({
    code: codes[f.subject] ?? '',
    group: f.group,
    numerator: rounded[at]?.part ?? null,
    denominator: (rounded[at]?.part ?? 0) + (rounded[at]?.others ?? 0),
  }))
  return { rows, figures, rounded, audit, served }
}

const methods: Rounding['method'][] = ['controlled', 'random']
it.each(methods)(
  '%s rounding tells an attacker of its own kind no small count',
  {
    timeout: 240_000,
  },
  async (method) => {
    await fc.assert(
      fc.asyncProperty(visits, async (year) => {
        const { rows, figures, rounded, audit, served } = await round(year, { method })
        expect(audit.leaks).toEqual([])
        for (const [at, f] of figures.entries()) {
          for (const [count, shown] of [
            [f.part, rounded[at]?.part],
            [(f.base ?? 0) - f.part, rounded[at]?.others],
          ] as const) {
            expect((shown ?? 1) % 5).toBe(0)
            expect(Math.abs((shown ?? 1e9) - count)).toBeLessThan(15)
          }
        }
        expect(await attackRounded([{ truth: rows, served }], 5)).toEqual([])
      }),
      { numRuns: 8 },
    )
  },
)

it('adds up where it is controlled, and is the same whenever it is asked for', async () => {
  await fc.assert(
    fc.asyncProperty(visits, async (year) => {
      const { served } = await round(year)
      expect((await round(year)).served).toEqual(served)
      const of = (code: string, group: string) =>
        served.find((s) => s.code === code && s.group === group)?.numerator ?? 0
      const sexes = ['sex=girls', 'sex=boys'].reduce((sum, g) => sum + of('C1', g), 0)
      expect(of('C1', '')).toBe(sexes)
    }),
    { numRuns: 5 },
  )
})

it('rounds a correction as before where nothing changed, and neither release tells of the other', {
  timeout: 240_000,
}, async () => {
  let changes = 0
  await fc.assert(
    fc.asyncProperty(visits, fc.nat(), fc.integer({ min: 1, max: 9 }), async (year, which, by) => {
      const first = await round(year)
      const at = which % year.counts.length
      const corrected: Visits = {
        ...year,
        counts: year.counts.map((c, i) => (i === at ? [c[0] + by, c[1]] : c)),
      }
      const earlier = { figures: first.figures, rounded: first.rounded }
      const again = await round(corrected, {}, earlier)
      const before = new Map(
        first.figures.map((f, i) => [`${f.subject}|${f.group}`, [f, first.rounded[i]] as const]),
      )
      for (const [i, f] of again.figures.entries()) {
        const [was, shown] = before.get(`${f.subject}|${f.group}`) ?? []
        if (!was || !shown) continue
        if (was.part === f.part) expect(again.rounded[i]?.part).toBe(shown.part)
        else changes += 1
      }
      if (!again.audit.safe) return
      const both = [first, again].map(({ rows, served }) => ({ truth: rows, served }))
      expect(await attackRounded(both, 5)).toEqual([])
    }),
    { numRuns: 8 },
  )
  expect(changes).toBeGreaterThan(8)
})

it('finds out a rounding that gives counts away', async () => {
  const here = { district: 0, neighbourhood: 0 }
  const year: Visits = {
    wards: [here, here, here],
    ages: [],
    counts: [
      [4, 20],
      [4, 30],
      [0, 30],
      [0, 30],
      [0, 30],
      [0, 30],
    ],
  }
  const { rows, served } = await round(year)
  // The girls and the boys go down and their total goes up: there are from 2 to 4 of each.
  const wrong = served.map((s) => {
    const numerator = s.group === '' ? 10 : 0
    return { ...s, numerator, denominator: (s.denominator ?? 0) - (s.numerator ?? 0) + numerator }
  })
  const small = wrong.filter((s) => s.code === 'W0' || s.code === 'D0')
  const leaks = await attackRounded([{ truth: rows, served: small }], 5)
  expect(leaks.join()).toContain('sex=girls')
})

describe('indicators of which one lists groups that another does not', () => {
  const groups = ['', 'sex=f', 'sex=m']
  const smokers = [12, 5, 7]
  const asked = [41, 20, 21]
  /** The figures of one indicator in three places, by its groups; each place has one more of each kind. */
  const listed = (
    indicator: string,
    of: readonly string[],
    countsOf: (at: number, more: number) => Pick<Counted, 'part' | 'base'>,
  ): Counted[] =>
    [0, 1, 2].flatMap((subject) =>
      of.map((group) => {
        const at = groups.indexOf(group)
        return { indicator, subject, group, ...countsOf(at, group === 'sex=f' ? 0 : subject) }
      }),
    )
  const smoke = listed('smoke', groups, (at, more) => ({
    part: (smokers[at] ?? 0) + more,
    base: (asked[at] ?? 0) + more,
  }))

  /** What is shown of each figure, by indicator, place and group. */
  async function shownOf(figures: readonly Counted[]) {
    const { rounded, audit } = await roundFigures({
      figures,
      places: [],
      round: { base: 5, method: 'controlled' },
      secret,
      nameOf: (f) => `${f.indicator}|${f.subject}|${f.group}`,
      earlier: [],
    })
    expect(audit.leaks).toEqual([])
    const shown = new Map(
      figures.map((f, at) => [`${f.indicator}|${f.subject}|${f.group}`, rounded[at]]),
    )
    return (indicator: string, subject: number, group: string) => {
      const { part = Number.NaN, others = null } =
        shown.get(`${indicator}|${subject}|${group}`) ?? {}
      return { part, base: part + (others ?? Number.NaN) }
    }
  }

  it.each([[['']], [['', 'sex=f']], [['sex=f', 'sex=m']], [['sex=m']]])(
    'are rounded alike where both are listed, and add up: %j',
    async (some) => {
      const did = listed('did', some, (at, more) => ({ part: 9, base: (asked[at] ?? 0) + more }))
      const visits = listed('visits', some, (at, more) => ({
        part: (asked[at] ?? 0) + more,
        base: null,
      }))
      for (const other of [did, visits]) {
        const of = await shownOf([...smoke, ...other])
        for (const subject of [0, 1, 2]) {
          for (const group of some) {
            const base = of('smoke', subject, group).base
            if (other === did) expect(of('did', subject, group).base).toBe(base)
            else expect(of('visits', subject, group).part).toBe(base)
          }
          const [all, girls, boys] = groups.map((group) => of('smoke', subject, group))
          expect(all?.part).toBe((girls?.part ?? 0) + (boys?.part ?? 0))
          expect(all?.base).toBe((girls?.base ?? 0) + (boys?.base ?? 0))
        }
      }
    },
  )

  it('come to the base of a share that no other has, as they do in the file', async () => {
    const [did, never] = [3, 26].map((least, i) =>
      listed(['did', 'never'][i] as string, [''], () => ({ part: least, base: null })),
    )
    const of = await shownOf([...smoke, ...(did ?? []), ...(never ?? [])])
    for (const subject of [0, 1, 2]) {
      const sum = ['smoke', 'did', 'never'].reduce((n, i) => n + of(i, subject, '').part, 0)
      expect(sum).toBe(of('smoke', subject, '').base)
    }
  })
})
