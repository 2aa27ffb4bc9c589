import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Database } from '../database/database.ts'
import { testDatabases } from '../database/testing.ts'
import { prepare } from '../publishing/testing.ts'
import { FairnessStore } from './store.ts'

const declared = JSON.stringify({ service: 'school', areas: 'district', indicators: ['read'] })
const estimate = { value: -5, lower: -8, upper: -2 }
const behind = { compared: 9, certain: 2, widest: [{ subject: 1, ...estimate }] }

/** As a publication stored it before there were ratios, halves, tenths and changes. */
const older = JSON.stringify({
  fifths: { means: [], gap: estimate, slope: estimate },
  groups: [{ first: 'a=b', second: 'a=c', gap: estimate, providers: behind, places: behind }],
  lottery: null,
  placeLottery: null,
})

describe.each(testDatabases())('stored fairness on $kind', ({ open }) => {
  let db: Database
  beforeAll(async () => {
    db = await prepare(await open())
    const fairness = 'insert into fairness (indicator, period, publication, declared, body) values '
    const trend = 'insert into fairness_trend (indicator, publication, declared, body) values '
    await db.query(`${fairness} ('read', '2016', 1, $1, $2), ('read', '2016', 3, $1, null)`, [
      declared,
      older,
    ])
    await db.query(`${trend} ('read', 2, $1, $2), ('read', 3, $1, null)`, [
      declared,
      JSON.stringify({ fifths: { from: '2015', to: '2016', change: estimate, way: 'widened' } }),
    ])
  })
  afterAll(() => db.close())

  const at = async (publication: number) => {
    const state = {
      publication,
      at: null,
      invented: false,
      answers: 0,
      record: 0,
      checkpoint: 0,
      erased: 0,
    }
    const all = await new FairnessStore(db).all(state)
    return all.get('read')
  }

  it('of an earlier version says that nobody measured what there was not yet', async () => {
    const of = await at(1)
    const found = of?.periods[0]?.found
    expect(found?.fifths?.ratio).toBeNull()
    expect(found?.halves.compared).toBe(0)
    expect(found?.tenths).toEqual([])
    expect(found?.groups[0]?.providers.behind).toBe(1)
    expect(of?.trends).toEqual({})
  })

  it('is that of the newest publication up to the state that is shown', async () => {
    expect((await at(2))?.trends.fifths?.way).toBe('widened')
    expect(await at(3)).toBeUndefined()
  })
})
