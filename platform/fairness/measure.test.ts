import { expect, it } from 'vitest'
import type { StoredSeries } from '../comparison/stored-series.ts'
import { type Indicator, indicatorSchema } from '../evidence/indicator.ts'
import { type FairnessDeclaration, fairnessSchema } from './declaration.ts'
import { gapNames, measure } from './measure.ts'
import type { Whereabouts } from './members.ts'

const indicator = (rest: Partial<Indicator> = {}): Indicator =>
  indicatorSchema.parse({
    code: 'read',
    name: 'Pupils who read',
    service: 'school',
    topic: 'results',
    unit: '%',
    kind: 'proportion',
    scale: 100,
    polarity: 'higher',
    decimals: 0,
    why: '',
    definition: '',
    method: '',
    ...rest,
  })

const declared: FairnessDeclaration = fairnessSchema.parse({
  service: 'school',
  areas: 'district',
  groups: [
    { first: 'sex=boys', second: 'sex=girls', firstName: 'boys', secondName: 'girls' },
    { first: 'language=other', second: '', firstName: 'other', secondName: 'all pupils' },
  ],
  published: [
    {
      indicators: ['read'],
      place: 'E1',
      of: 'people in the county',
      breakdowns: ['new={tenth}', 'old={tenth}'],
      tenths: ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j'],
    },
  ],
  indicators: ['read'],
})

function series(subjects: readonly number[], value: (subject: number) => number): StoredSeries {
  const column = (of: (subject: number) => number) => Float64Array.from(subjects, of)
  return {
    indicator: 'read',
    period: '2024',
    breakdown: '',
    subjects: Int32Array.from(subjects),
    value: column(value),
    status: new Uint8Array(subjects.length),
    rounded: false,
    lower95: column((s) => value(s) - 4),
    upper95: column((s) => value(s) + 4),
    lower998: column((s) => value(s) - 6),
    upper998: column((s) => value(s) + 6),
    numerator: column((s) => Math.round(value(s) / 2)),
    denominator: column(() => 50),
    release: new Int32Array(subjects.length),
    whole: null,
  }
}

const schools = Array.from({ length: 40 }, (_, i) => i)
const where: Whereabouts = {
  isUsual: (s) => s !== 39,
  deprivationOf: (s) => s,
  areaOf: (s) => 1000 + (s % 2),
}
/** The more deprived half has less, in the even area alone. */
const base = (s: number): number => 60 + (s % 3) - (s % 2 === 0 && s >= 20 ? 12 : 0)

const place = (value: number): StoredSeries => series([500], () => value)

const figures = (groups: Readonly<Record<string, StoredSeries>>) => ({
  group: (breakdown: string) => groups[breakdown] ?? null,
  placeOf: (code: string) => (code === 'E1' ? 500 : null),
})

const everyone = series(schools, base)

it('names the area whose more deprived half is behind, and not the other', () => {
  const { found } = measure(declared, indicator(), figures({ '': everyone }), where)
  expect(found.halves).toMatchObject({ compared: 2, certain: 1, behind: 1 })
  expect(found.halves.widest[0]?.subject).toBe(1000)
  expect(found.halves.widest[0]?.value).toBeCloseTo(-12, 0)
  expect(found.fifths?.gap.upper).toBeLessThan(0)
})

it('of a measure of which less is better it is the other way round', () => {
  const { found } = measure(
    declared,
    indicator({ polarity: 'lower' }),
    figures({ '': everyone }),
    where,
  )
  expect(found.halves).toMatchObject({ certain: 1, behind: 0 })
})

it('leaves out kinds that are held apart, from groups too', () => {
  const groups = {
    'sex=boys': series(schools, (s) => base(s) - 7),
    'sex=girls': series(schools, base),
  }
  const { found } = measure(declared, indicator(), figures({ '': everyone, ...groups }), where)
  const [gap] = found.groups
  expect(gap?.gap.value).toBeCloseTo(-7, 10)
  expect(gap?.firstMean.providers).toBe(39)
  expect(gap?.ratio?.value).toBeCloseTo(1 - 7 / (gap?.secondMean.value ?? 1), 10)
})

it('holds a group without a counterpart against everyone, and names no provider by it', () => {
  const some = series(schools.slice(0, 10), (s) => base(s) + 3 + (s % 2))
  const { found, held } = measure(
    declared,
    indicator(),
    figures({ '': everyone, 'language=other': some }),
    where,
  )
  expect(found.groups[0]?.gap.value).toBeCloseTo(3.5, 10)
  expect(found.groups[0]?.providers.compared).toBe(0)
  expect(held.has(gapNames.groups('language=other', ''))).toBe(true)
})

it('reads published tenths from the first breakdown that has all ten', () => {
  const [{ tenths }] = declared.published as [FairnessDeclaration['published'][number]]
  const old = Object.fromEntries(tenths.map((t, i) => [`old=${t}`, place(20 - i)]))
  const one = measure(declared, indicator(), figures({ ...old, 'new=a': place(90) }), where)
  expect(one.found.tenths[0]).toMatchObject({ breakdown: 'old={tenth}', gap: { value: 9 } })
  expect(one.found.fifths).toBeNull()
  const all = Object.fromEntries(tenths.map((t, i) => [`new=${t}`, place(30 - 2 * i)]))
  const two = measure(declared, indicator(), figures({ ...old, ...all }), where)
  expect(two.found.tenths[0]?.gap.value).toBe(18)
  // Within other boundaries it is another gap: there is no change from the one to the other.
  expect([...one.held.keys()]).not.toEqual([...two.held.keys()])
})
