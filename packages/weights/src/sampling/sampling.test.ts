import { isRefused as isClockRefusal, parseCalendar, parseRule } from '@plumbline/clocks'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { answered, refused } from '../../test/answers.ts'
import { categoriesOf } from '../categories.ts'
import { type AllocationRule, allocate } from './allocation.ts'
import { mayBeAsked, type Person } from './eligibility.ts'
import { allocateReplies } from './replies.ts'
import { simpleRandomSample, stratifiedSample } from './sample.ts'

describe('samples', () => {
  it('are the same for a seed, and others for another', () => {
    const draw = (seed: number) => Array.from(answered(simpleRandomSample(1000, 20, seed)).rows)
    expect(draw(3)).toEqual(draw(3))
    expect(draw(3)).not.toEqual(draw(4))
  })

  it('hold different rows of the frame, each with its chance', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 200 }), fc.nat(), fc.nat(), (frame, part, seed) => {
        const size = part % (frame + 1)
        const { rows, inclusion, weights } = answered(simpleRandomSample(frame, size, seed))
        expect(new Set(rows).size).toBe(size)
        expect(rows.every((row) => row >= 0 && row < frame)).toBe(true)
        expect(inclusion.every((chance) => chance === size / frame)).toBe(true)
        if (size > 0) expect(weights.reduce((sum, one) => sum + one, 0)).toBeCloseTo(frame, 8)
      }),
    )
  })

  it('draw every row about as often as its chance says', () => {
    const times = new Float64Array(20)
    for (let seed = 0; seed < 4000; seed++) {
      for (const row of answered(simpleRandomSample(20, 5, seed)).rows) {
        times[row] = (times[row] as number) + 1
      }
    }
    // 1,000 expected, standard deviation 27: five of them.
    for (const count of times) expect(Math.abs(count - 1000)).toBeLessThan(137)
  })

  const strata = categoriesOf(
    Array.from({ length: 90 }, (_, i) => ['a', 'b', 'c'][i % 3] as string),
  )

  it('give each stratum its size, and weights that sum to the stratum', () => {
    const { rows, weights } = answered(stratifiedSample(strata, { a: 3, b: 10, c: 0 }, 5))
    const count = (code: number) => rows.filter((row) => strata.codes[row] === code).length
    expect([count(0), count(1), count(2)]).toEqual([3, 10, 0])
    expect(weights.reduce((sum, one) => sum + one, 0)).toBeCloseTo(60, 9)
  })

  it('leave a stratum as it was drawn when another changes', () => {
    const of = (b: number) =>
      Array.from(answered(stratifiedSample(strata, { a: 5, b, c: 5 }, 5)).rows).filter(
        (row) => strata.codes[row] !== 1,
      )
    expect(of(2)).toEqual(of(20))
  })

  it.each([
    [{ a: 3, b: 1 }, 'category-without-target', 'c'],
    [{ a: 3, b: 1, c: 1, d: 1 }, 'unknown-category', 'd'],
    [{ a: 31, b: 1, c: 1 }, 'sample-too-large', 'a'],
    [{ a: 1.5, b: 1, c: 1 }, 'sample-too-large', 'a'],
  ])('refuse %o and name the stratum', (sizes, code, category) => {
    expect(refused(stratifiedSample(strata, sizes, 1))).toMatchObject({ code, category })
  })

  it('refuse more than the frame, and a seed that is none', () => {
    expect(refused(simpleRandomSample(10, 11, 1)).code).toBe('sample-too-large')
    expect(refused(simpleRandomSample(10, 1, -1)).code).toBe('invalid-number')
  })
})

describe('allocation', () => {
  const two = [
    { name: 'small', size: 100, spread: 30 },
    { name: 'large', size: 900, spread: 10 },
  ]
  it.each<[string, AllocationRule, number[]]>([
    ['equal', 'equal', [60, 60]],
    ['proportional', 'proportional', [12, 108]],
    // 100 x 30 to 900 x 10.
    ['Neyman', 'neyman', [30, 90]],
    // 10 x 30 to 30 x 10.
    ['power', { power: 0.5 }, [60, 60]],
  ])('%s', (_, rule, sizes) => {
    expect(Array.from(answered(allocate(two, 120, rule)).sizes)).toEqual(sizes)
  })

  it('gives what a stratum cannot take to the others', () => {
    expect(Array.from(answered(allocate(two, 500, 'equal')).sizes)).toEqual([100, 400])
    expect(answered(allocate(two, 1000, 'neyman')).inclusion).toEqual(Float64Array.of(1, 1))
  })

  it('keeps the least of each', () => {
    const { sizes } = answered(allocate(two, 120, 'proportional', { least: 40 }))
    expect(Array.from(sizes)).toEqual([40, 80])
  })

  const arbitrary = fc.record({
    strata: fc.array(
      fc.record({ size: fc.integer({ min: 1, max: 500 }), spread: fc.integer({ min: 1, max: 9 }) }),
      { minLength: 1, maxLength: 8 },
    ),
    rule: fc.constantFrom<AllocationRule>('equal', 'proportional', 'neyman', { power: 0.5 }),
    share: fc.double({ min: 0.01, max: 1, noNaN: true }),
    least: fc.integer({ min: 0, max: 5 }),
  })

  it('sums to the sample, never beyond a stratum and never below the least', () => {
    fc.assert(
      fc.property(arbitrary, ({ strata, rule, share, least }) => {
        const named = strata.map((stratum, h) => ({ ...stratum, name: `s${h}` }))
        const frame = named.reduce((sum, { size }) => sum + size, 0)
        const sample = Math.max(1, Math.round(share * frame))
        const answer = allocate(named, sample, rule, { least })
        const needed = named.reduce((sum, { size }) => sum + Math.min(size, least), 0)
        if (sample < needed) {
          expect(refused(answer).code).toBe('sample-too-small')
          return
        }
        const { sizes } = answered(answer)
        expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(sample)
        for (const [h, { size }] of named.entries()) {
          expect(sizes[h]).toBeLessThanOrEqual(size)
          expect(sizes[h]).toBeGreaterThanOrEqual(Math.min(size, least))
        }
      }),
    )
  })

  it.each([
    [[{ name: 'x', size: 0 }], 1, 'proportional', 'invalid-number', 'x'],
    [[{ name: 'x', size: 5 }], 1, 'neyman', 'no-spread', 'x'],
    [[{ name: 'x', size: 5 }], 6, 'equal', 'sample-too-large', undefined],
    [[{ name: 'x', size: 5, spread: 0 }], 2, 'neyman', 'no-spread', undefined],
  ] as const)('refuses %o', (strata, sample, rule, code, variable) => {
    const found = refused(allocate(strata, sample, rule))
    expect(found.code).toBe(code)
    expect(found.variable).toBe(variable)
  })

  it('asks as many as give the replies wanted, and says where all are too few', () => {
    const answer = answered(
      allocateReplies(
        [
          { name: 'keen', size: 4000, responseRate: 0.5 },
          { name: 'weary', size: 4000, responseRate: 0.1 },
          { name: 'tiny', size: 200, responseRate: 0.3 },
        ],
        100,
      ),
    )
    expect(Array.from(answer.sizes)).toEqual([200, 1000, 200])
    expect(answer.short).toEqual([{ name: 'tiny', expected: 60 }])
    const bad = [{ name: 'none', size: 10, responseRate: 0 }]
    expect(refused(allocateReplies(bad, 5))).toMatchObject({ variable: 'none' })
  })
})

describe('who may be asked', () => {
  const rest = parseRule({
    name: 'rest',
    title: 'Rest between surveys',
    start: { event: 'they are asked' },
    amount: 6,
    unit: 'month',
    calendar: 'town',
  })
  const calendar = parseCalendar({
    name: 'town',
    title: 'Town',
    knownSince: '2023-01-01',
    from: '2023-01-01',
    to: '2025-12-31',
    holidays: [],
  })
  if (isClockRefusal(rest) || isClockRefusal(calendar)) throw new Error('the rule is wrong')
  const ask = (people: readonly Person[], day = '2024-05-06', doNotAsk: readonly string[] = []) =>
    mayBeAsked(people, { doNotAsk, rest, calendar }, day)

  it('nobody who died, asked not to be, or was asked within the time, the dead first', () => {
    const people = [
      { id: 'free' },
      { id: 'dead', died: '2024-02-01', asked: ['2024-01-01'] },
      { id: 'no' },
      { id: 'dead and no', died: '2024-02-01' },
      { id: 'lately', asked: ['2023-01-01', '2023-11-06'] },
      { id: 'long ago', asked: ['2023-11-05'] },
    ]
    const found = answered(ask(people, '2024-05-06', ['no', 'dead and no', 'stranger']))
    expect(Array.from(found.rows)).toEqual([0, 5])
    expect(found.notAsked.map(({ id, reason }) => [id, reason])).toEqual([
      ['dead', 'died'],
      ['no', 'do-not-ask'],
      ['dead and no', 'died'],
      ['lately', 'asked-recently'],
    ])
    expect(found.notAsked[3]?.until).toBe('2024-05-06')
    expect(found.counts).toEqual({ died: 2, 'do-not-ask': 1, 'asked-recently': 1 })
    expect(found.unmatched).toEqual(['stranger'])
  })

  it('is asked on the day after, not on the last day', () => {
    const people = [{ id: 'a', asked: ['2023-11-06'] }]
    expect(answered(ask(people, '2024-05-06')).rows.length).toBe(0)
    expect(answered(ask(people, '2024-05-07')).rows.length).toBe(1)
  })

  it('is refused where the calendar or a day is not known, and says whose', () => {
    expect(refused(ask([], '2024-02-30')).code).toBe('invalid-day')
    const odd = refused(ask([{ id: 'a', asked: ['2024-01-01', '2023-13-01'] }]))
    expect(odd).toMatchObject({ code: 'invalid-day', variable: 'a' })
    const elsewhere = { doNotAsk: [], rest: { ...rest, calendar: 'city' }, calendar }
    const found = refused(mayBeAsked([{ id: 'b', asked: ['2024-01-01'] }], elsewhere, '2024-05-06'))
    expect(found).toMatchObject({ code: 'no-deadline', variable: 'b' })
  })
})
