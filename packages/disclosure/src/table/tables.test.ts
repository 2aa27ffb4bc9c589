import { describe, expect, it } from 'vitest'
import {
  auditPattern,
  cellKey,
  cellOf,
  crossTable,
  type Dimension,
  linkReleases,
  linkTables,
  protect,
  type Row,
} from '../index.ts'

const sex: Dimension = {
  name: 'sex',
  total: { code: 'all', children: [{ code: 'f' }, { code: 'm' }, { code: 'x' }] },
}
const rules = { threshold: 5 }

const release = (population: string, [f, m, x]: readonly [number, number, number]) =>
  crossTable({
    dimensions: [sex],
    population,
    rows: [
      { codes: ['f'], count: f },
      { codes: ['m'], count: m },
      { codes: ['x'], count: x },
      { codes: ['all'], count: f + m + x },
    ],
  })

describe('a table', () => {
  const rows = (...list: readonly (readonly [string, number])[]): Row[] =>
    list.map(([code, count]) => ({ codes: [code], count }))

  it('works out a total that is not published, and takes a category without a row as 0', () => {
    const table = crossTable({ dimensions: [sex], rows: rows(['f', 3], ['m', 9]) })
    expect([...table.counts]).toEqual([12, 3, 9, 0])
    // unpublished, open, open, known
    expect([...table.statuses]).toEqual([2, 0, 0, 3])
  })

  it.each([
    [rows(['f', 3], ['m', 9], ['all', 13]), /differs by 1 from the sum of its parts/],
    [rows(['f', 3], ['f', 3]), /sex=f occurs twice/],
    [rows(['q', 3]), /sex has no category q/],
    [rows(['f', 2.5]), /sex=f is 2.5, not a whole number from 0 up/],
    [rows(['f', -1]), /sex=f is -1/],
  ])('refuses %j', (list, sentence) => {
    expect(() => crossTable({ dimensions: [sex], rows: list })).toThrow(sentence)
  })

  it('refuses a dimension with the same code twice', () => {
    const twice = { name: 'sex', total: { code: 'all', children: [{ code: 'f' }, { code: 'f' }] } }
    expect(() => crossTable({ dimensions: [twice], rows: [] })).toThrow(/the code f twice/)
  })

  it('keeps keys apart whatever codes hold', () => {
    expect(cellKey({ a: 'b&c=d' })).not.toBe(cellKey({ a: 'b', c: 'd' }))
  })

  it('takes nothing that was not measured as protection', async () => {
    const table = crossTable({
      dimensions: [sex],
      rows: rows(['f', 3], ['m', 20], ['x', Number.NaN], ['all', 30]),
    })
    const only = await auditPattern(table, rules, Uint8Array.of(0, 1, 0, 0))
    expect(only.safe).toBe(false)
    const { audit, hidden } = await protect(table, rules)
    expect(audit.safe).toBe(true)
    expect([...hidden]).toEqual([0, 1, 1, 0])
  })
})

describe('a total that nobody publishes', () => {
  it('protects its parts at no cost', async () => {
    const table = crossTable({
      dimensions: [sex],
      rows: [
        { codes: ['f'], count: 3 },
        { codes: ['m'], count: 9 },
        { codes: ['x'], count: 7 },
      ],
    })
    const { report, audit } = await protect(table, rules)
    expect(report.cost).toBe(0)
    expect(audit.safe).toBe(true)
  })
})

describe('linked tables', () => {
  it('disagree loudly', () => {
    expect(() => linkTables([release('', [3, 9, 8]), release('', [4, 9, 8])])).toThrow(
      /is 20 in one table and 21 in another/,
    )
  })

  it('hide nothing that overlapping places give away', async () => {
    const place = (population: string, count: number) =>
      crossTable({ dimensions: [], population, rows: [{ codes: [], count }] })
    const links = {
      cells: [{ key: 'district without trust', count: 2 }],
      sums: [{ total: 'district?', parts: ['trust?', 'district without trust'] }],
    }
    const table = linkTables([place('district', 20), place('trust', 18)], links)
    const shown = await auditPattern(table, rules, new Uint8Array(3))
    expect(shown.leaks).toMatchObject([{ key: 'district without trust', lower: 2, upper: 2 }])
    const { audit, report } = await protect(table, rules)
    expect(audit.safe).toBe(true)
    // Either place alone does; the smaller costs less, but one hidden figure is what it takes.
    expect(report.cells).toMatchObject([{ key: 'trust?', why: 'protects others' }])
  })

  it('are refused where what is public already gives a small difference away', async () => {
    const place = (population: string, count: number) =>
      crossTable({
        dimensions: [],
        population,
        rows: [{ codes: [], count, status: 'published' }],
      })
    const table = linkTables([place('district', 20), place('trust', 18)], {
      cells: [{ key: 'rest', count: 2 }],
      sums: [{ total: 'district?', parts: ['trust?', 'rest'] }],
    })
    const { audit, report } = await protect(table, rules)
    expect(audit.safe).toBe(false)
    expect(audit.leaks[0]?.sentence).toBe('rest can be worked out exactly')
    expect(report.sentences.at(-1)).toMatch(/publish nothing/)
  })
})

describe('a corrected release', () => {
  const before = release('v1', [3, 9, 20])
  const hiddenBefore = Uint8Array.from(before.keys, (key) =>
    key === 'v1?sex=f' || key === 'v1?sex=m' ? 1 : 0,
  )
  const link = (counts: readonly [number, number, number]) =>
    linkReleases({ table: before, hidden: hiddenBefore }, release('v2', counts), 'v1', 'v2')

  it('hides again what the first hid where nothing changed', async () => {
    const table = link([3, 9, 21])
    const { hidden, audit } = await protect(table, rules)
    expect(audit.safe).toBe(true)
    expect(hidden[cellOf(table, 'v2?sex=f')]).toBe(1)
    expect(hidden[cellOf(table, 'v2?sex=m')]).toBe(1)
  })

  it('does not pass where it shows what the first hid to protect another', async () => {
    const table = link([3, 9, 21])
    const hidden = Uint8Array.from(table.keys, (key) =>
      key === 'v2?sex=f' || key === 'v2?sex=x' ? 1 : 0,
    )
    const { safe, leaks } = await auditPattern(table, rules, hidden)
    expect(safe).toBe(false)
    expect(leaks.map(({ key }) => key)).toContain('v1?sex=f')
  })
})
