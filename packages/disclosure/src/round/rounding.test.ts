import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { anyTable } from '../../test/tables.ts'
import {
  auditRounding,
  crossTable,
  linkTables,
  roundControlled,
  roundCount,
  roundKeyed,
} from '../index.ts'

const secret = 'a secret of the tests'
const one = (count: number, population: string) =>
  crossTable({ dimensions: [], population, rows: [{ codes: [], count }] })

describe('keyed rounding', () => {
  it('goes to a neighbouring multiple, the same in any order of rows', () => {
    fc.assert(
      fc.property(anyTable, fc.integer({ min: 2, max: 10 }), (whole, base) => {
        const table = crossTable(whole)
        const rounded = roundKeyed(table, { base, secret })
        table.counts.forEach((count, cell) => {
          const value = rounded[cell] as number
          expect(value % base).toBe(0)
          expect(Math.abs(value - count)).toBeLessThan(base)
        })
        const turned = { ...whole, rows: whole.rows.toReversed() }
        expect(roundKeyed(crossTable(turned), { base, secret })).toEqual(rounded)
      }),
      { numRuns: 50 },
    )
  })

  it('is right on average', () => {
    let sum = 0
    for (let i = 0; i < 4000; i++) sum += roundKeyed(one(7, `${i}`), { secret })[0] as number
    // Its standard error is 0.04.
    expect(sum / 4000).toBeGreaterThan(6.8)
    expect(sum / 4000).toBeLessThan(7.2)
  })

  it('of one count is that of a table of one cell', () => {
    for (let i = 0; i < 50; i++) {
      const table = one(i, `${i}`)
      const key = table.keys[0] as string
      expect(roundCount(i, key, { secret })).toBe(roundKeyed(table, { secret })[0])
    }
    expect(() => roundCount(3, 'a', { secret: 'short' })).toThrow(/at least 16/)
  })

  it('hangs on the secret', () => {
    const ways = (by: string): number[] =>
      Array.from({ length: 40 }, (_, i) => roundKeyed(one(7, `${i}`), { secret: by })[0] as number)
    expect(ways(secret)).toEqual(ways(secret))
    expect(ways(secret)).not.toEqual(ways('another secret of the tests'))
    expect(() => roundKeyed(one(7, ''), { secret: 'short' })).toThrow(/at least 16/)
    expect(() => roundKeyed(one(7, ''), { secret, base: 1 })).toThrow(/the base is 1/)
  })
})

describe('controlled rounding', () => {
  it('adds up, leaves multiples alone and is never a base off in one step', async () => {
    await fc.assert(
      fc.asyncProperty(anyTable, async (whole) => {
        const table = crossTable(whole)
        const { values, steps } = await roundControlled(table)
        const { start, cells, signs } = table.relations
        for (let r = 0; r + 1 < start.length; r++) {
          let sum = 0
          for (let e = start[r] as number; e < (start[r + 1] as number); e++)
            sum += (values[cells[e] as number] as number) * (signs[e] as number)
          expect(sum).toBe(0)
        }
        table.counts.forEach((count, cell) => {
          const value = values[cell] as number
          expect(value % 5).toBe(0)
          expect(value).toBeGreaterThanOrEqual(0)
          expect(Math.abs(value - count)).toBeLessThan(5 * steps)
          if (steps === 1 && count % 5 === 0) expect(value).toBe(count)
        })
      }),
      { numRuns: 40 },
    )
  })

  it('prefers what is wanted, and keeps what is given', async () => {
    await fc.assert(
      fc.asyncProperty(anyTable, async (whole) => {
        const table = crossTable(whole)
        const prefer = roundKeyed(table, { secret })
        const first = await roundControlled(table, 5, { prefer })
        // What was made once can be asked for again, whatever else is preferred.
        const fixed = first.values
        const again = await roundControlled(table, 5, { prefer: table.counts, fixed })
        expect(again.values).toEqual(fixed)
      }),
      { numRuns: 20 },
    )
    // Without sums, what is preferred is what comes: also the farther multiple.
    const far = await roundControlled(one(4, ''), 5, { prefer: Float64Array.of(0) })
    expect(far.values).toEqual(Float64Array.of(0))
    expect((await roundControlled(one(4, ''))).values).toEqual(Float64Array.of(5))
  })

  it('takes apart what hangs together by no sum, however much there is', async () => {
    const some = Array.from({ length: 4000 }, (_, i) => one((i * 7) % 23, `${i}`))
    const trio = crossTable({
      dimensions: [
        { name: 'sex', total: { code: 'all', children: [{ code: 'f' }, { code: 'm' }] } },
      ],
      rows: [
        { codes: ['f'], count: 3 },
        { codes: ['m'], count: 9 },
        { codes: ['all'], count: 12 },
      ],
    })
    const table = linkTables([...some, trio])
    const { values, steps } = await roundControlled(table)
    expect(steps).toBe(1)
    const of = (key: string) => values[table.keys.indexOf(key)]
    expect(of('sex=f') ?? Number.NaN).toBe((of('') ?? 15) - (of('sex=m') ?? 10))
    expect(
      [...values].every((v, i) => Math.abs(v - (table.counts[i] ?? 0)) <= 2 || v % 5 === 0),
    ).toBe(true)
  })

  it('leaves every count its whole interval, whoever knows all that is rounded', async () => {
    await fc.assert(
      fc.asyncProperty(anyTable, async (whole) => {
        const table = crossTable(whole)
        const prefer = roundKeyed(table, { secret })
        const { values, steps } = await roundControlled(table, 5, { prefer })
        const audit = await auditRounding(table, { threshold: 5 }, { values, steps })
        expect(audit.leaks).toEqual([])
      }),
      { numRuns: 30 },
    )
  })

  it('is refused for tables that are too large', async () => {
    const table = crossTable({
      dimensions: [
        {
          name: 'n',
          total: {
            code: 'all',
            children: Array.from({ length: 3001 }, (_, i) => ({ code: `${i}` })),
          },
        },
      ],
      rows: [],
    })
    await expect(roundControlled(table)).rejects.toThrow(/round by key/)
    const otherwise = roundKeyed(table, { secret })
    expect((await roundControlled(table, 5, { otherwise })).values).toEqual(otherwise)
  })
})

describe('the audit of rounding', () => {
  const table = crossTable({
    dimensions: [{ name: 'sex', total: { code: 'all', children: [{ code: 'f' }, { code: 'm' }] } }],
    rows: [
      { codes: ['f'], count: 4 },
      { codes: ['m'], count: 4 },
      { codes: ['all'], count: 8 },
    ],
  })

  it('finds what sums give away', async () => {
    // 0 + 0 = 15 is only possible where both are as large as they can be.
    const values = Float64Array.of(12, 0, 0)
    await expect(auditRounding(table, { threshold: 5 }, { values })).resolves.toMatchObject({
      safe: false,
      leaks: [
        { key: 'sex=f', lower: 4, upper: 4 },
        { key: 'sex=m', lower: 4, upper: 4 },
      ],
    })
  })

  it('passes a controlled rounding of the same table', async () => {
    const { values } = await roundControlled(table)
    expect(await auditRounding(table, { threshold: 5 }, { values })).toMatchObject({ safe: true })
  })

  it('takes what nobody publishes for unknown', async () => {
    // The total and the others are seen; what is left between them is not.
    const values = Float64Array.of(10, Number.NaN, 5)
    const audit = await auditRounding(table, { threshold: 9 }, { values })
    expect(audit.leaks.map((l) => l.key)).not.toContain('sex=f')
    const seen = await auditRounding(table, { threshold: 9 }, { values: Float64Array.of(10, 0, 5) })
    expect(seen.leaks.map((l) => l.key)).toContain('sex=f')
  })

  it('refuses values that are no rounding of the table', async () => {
    await expect(
      auditRounding(table, { threshold: 5 }, { values: Float64Array.of(20, 5, 5) }),
    ).rejects.toThrow(/too far for the base/)
  })
})
