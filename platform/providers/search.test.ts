import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { State } from '../comparison/reader.ts'
import type { Database } from '../database/database.ts'
import { testDatabases } from '../database/testing.ts'
import type { Catalogue } from '../evidence/catalogue.ts'
import { clinics, importAndPublish, prepare, writeFile } from '../publishing/testing.ts'
import { makeReader } from '../reader.ts'
import { searchListings } from './search.ts'

/** Clinics whose register gives streets and towns. */
const withStreets: Catalogue = {
  ...clinics,
  descriptors: clinics.descriptors.map((d) => ({
    ...d,
    subjects: d.subjects.map((s) => ({ ...s, address: ['street'], town: 'town' })),
  })),
}

const rows = [
  'code,name,kind,seen,in time,visitors,street,town',
  'C1,Anstey Junior Clinic,town,50,100,200,"Eastbrooke Road, Old Mill",Alton',
  'C2,Wootey Junior Clinic,town,50,100,200,12 Wootey Way,Alton',
  'C3,Eastbrooke Surgery,town,50,100,200,3 Station Road,Bordon',
  'C4,Meadow House,town,50,100,200,"St Mary\'s Lane",Bordon',
  'C5,Road End,town,50,100,200,,Bordon',
].join('\n')

describe.each(testDatabases())('a search on $kind', ({ kind, open }) => {
  let db: Database
  let state: State
  beforeAll(async () => {
    db = await prepare(await open())
    await importAndPublish(db, withStreets, [writeFile('clinics-2024.csv', rows)])
    state = await makeReader(db, withStreets).state()
  })
  afterAll(() => db.close())

  const found = async (q: string, limit = 20) =>
    (await searchListings(db, state, q, limit)).map((h) => [h.code, h.exact])

  it.each(['anstee jnuior', 'asntey juinor', 'Juniro  Anstye', 'anstey alton clinc'])(
    'finds by words that are all misspelt, or stand apart: %s',
    async (q) => {
      expect(await found(q)).toEqual([['C1', false]])
    },
  )

  it('finds by street, whatever stands between its words, and says which it is', async () => {
    expect(await found('eastbrooke road old mill')).toEqual([['C1', true]])
    expect(await found("St. Mary's  lane")).toEqual([['C4', true]])
    const [hit] = await searchListings(db, state, 'station road', 20)
    expect(hit).toMatchObject({ code: 'C3', exact: true, street: '3 Station Road' })
    expect(await found('statoin raod')).toEqual([['C3', false]])
  })

  it('puts names before streets, and as many as are asked for', async () => {
    expect(await found('eastbrooke')).toEqual([
      ['C3', true],
      ['C1', true],
    ])
    expect(await found('road')).toEqual([
      ['C5', true],
      ['C1', true],
      ['C3', true],
    ])
    expect(await found('road', 2)).toEqual([
      ['C5', true],
      ['C1', true],
    ])
    const [named] = await searchListings(db, state, 'eastbrooke', 1)
    expect(named?.street ?? null).toBeNull()
  })

  it.each(['anstee zzzzzz', 'zz', '%%%', '___ ___', '\\', 'jnuior eastborook xyzzyx', "'; --"])(
    'finds nothing by what is like nothing: %s',
    async (q) => {
      expect(await found(q)).toEqual([])
    },
  )

  it.runIf(kind === 'pglite')(
    'has indexes in which nothing waits after a publication',
    async () => {
      for (const index of ['listing_by_search', 'listing_by_street', 'search_word_by_trigram']) {
        const left = await db.query('select gin_clean_pending_list($1)::int as pages', [index])
        expect(left).toEqual([{ pages: 0 }])
      }
    },
  )
})
