import { describe, expect, it } from 'vitest'
import { crossTable, deriveFigure, type Figure, protect, publishedFigures } from '../index.ts'

const table = (statusOfTotal: 'open' | 'published') =>
  crossTable({
    dimensions: [
      {
        name: 'sex',
        total: { code: 'all', children: [{ code: 'f' }, { code: 'm' }, { code: 'x' }] },
      },
    ],
    rows: [
      { codes: ['f'], count: 3 },
      { codes: ['m'], count: 9 },
      { codes: ['x'], count: 12 },
      { codes: ['all'], count: 24, status: statusOfTotal },
    ],
  })

describe('figures for the public', () => {
  it('carry one marker, whether hidden for their own sake or to protect another', async () => {
    const safe = await protect(table('open'), { threshold: 5 })
    const figures = publishedFigures(safe) as ReadonlyMap<string, Figure>
    expect(figures.get('sex=f')).toEqual(figures.get('sex=m'))
    expect(figures.get('sex=f')).toEqual({ value: null, status: 'suppressed' })
    expect(figures.get('')).toEqual({ value: 24, status: 'published' })
  })

  it('are none at all where something leaks', async () => {
    const one = crossTable({
      dimensions: [{ name: 'sex', total: { code: 'all', children: [{ code: 'f' }] } }],
      rows: [
        { codes: ['f'], count: 3 },
        { codes: ['all'], count: 3, status: 'published' },
      ],
    })
    expect(publishedFigures(await protect(one, { threshold: 5 }))).toBeUndefined()
  })
})

describe('a derived figure', () => {
  const shown = (value: number): Figure => ({ value, status: 'published' })
  const hidden: Figure = { value: null, status: 'suppressed' }
  const share = (part: Figure, whole: Figure): Figure =>
    deriveFigure([part, whole], (a, b) => (100 * a) / b)

  it('is hidden where its part or its base is', () => {
    expect(share(shown(3), shown(12))).toEqual(shown(25))
    expect(share(hidden, shown(12))).toEqual(hidden)
    expect(share(shown(3), hidden)).toEqual(hidden)
  })

  it('says of nothing that it is hidden when it was not measured', () => {
    const missing: Figure = { value: null, status: 'unmeasured' }
    expect(share(missing, shown(12))).toEqual(missing)
    expect(share(missing, hidden)).toEqual(hidden)
    expect(share(shown(0), shown(0))).toEqual(missing)
  })
})
