import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { State } from '../comparison/reader.ts'
import type { Database } from '../database/database.ts'
import { testDatabases } from '../database/testing.ts'
import type { Catalogue } from '../evidence/catalogue.ts'
import { clinics, importAndPublish, prepare, writeFile } from '../publishing/testing.ts'
import { makeReader } from '../reader.ts'
import { searchListings } from './search.ts'

/** Clinics whose register gives streets, towns and postcodes. */
const addressed: Catalogue = {
  ...clinics,
  descriptors: clinics.descriptors.map((d) => ({
    ...d,
    subjects: d.subjects.map((s) => ({
      ...s,
      address: ['street'],
      town: 'town',
      postcode: 'postcode',
    })),
  })),
}

const rows = [
  'code,name,kind,seen,in time,visitors,street,town,postcode',
  "C1,St. Mary's Clinic,town,50,100,200,1 Queen's Road,Portsmouth,PO1  3DU",
  'C2,St Marys Clinic,town,50,100,200,2 Queens Road,Portsmouth,PO13DV',
  'C3,St Mary’s Rd.Clinic,town,50,100,200,3 Mill Lane,Walton,PO13 3DU',
  'C4,Anstey Infant School,town,50,100,200,4 Mill Lane,Alton,GU34 1AA',
  'C5,Scholars House,town,50,100,200,5 High Street,Dalton,SE1 1AA',
  'C6,Royal Infirmary Surrey,town,50,100,200,6 Mill Lane,Guildford,E1 1AA',
  'C7,Theatre Royal Surgery,town,50,100,200,7 Mill Lane,Guildford,W1A 1AA',
  'C8,Centre of Hope,town,50,100,200,8 Mill Lane,Guildford,W1A 2AA',
  'C9,Professional Court,town,50,100,200,9 Mill Lane,Guildford,W1A 2AB',
].join('\n')

describe.each(testDatabases())('a search, however it is typed, on $kind', ({ open }) => {
  let db: Database
  let state: State
  beforeAll(async () => {
    db = await prepare(await open())
    await importAndPublish(db, addressed, [writeFile('clinics-2024.csv', rows)])
    state = await makeReader(db, addressed).state()
  })
  afterAll(() => db.close())

  const found = async (q: string) =>
    (await searchListings(db, state, q, 20)).map((h) => [h.code, h.exact])
  const exact = async (q: string) =>
    (await searchListings(db, state, q, 20))
      .filter((h) => h.exact)
      .map((h) => h.code)
      .sort()

  it.each(['PO1 3DU', 'po1  3du', 'PO13DU', ' po1-3du '])(
    'finds a postcode that its source pads: %j',
    async (q) => {
      expect(await exact(q)).toEqual(['C1'])
    },
  )

  it('finds a postcode whose space is left out, and no longer one that ends like it', async () => {
    expect(await exact('PO1 3DV')).toEqual(['C2'])
    expect(await exact('E1 1AA')).toEqual(['C6'])
    expect(await exact('gu34')).toEqual(['C4'])
    expect(await exact('po1 3')).toEqual(['C1', 'C2'])
  })

  it.each(["St. Mary's", 'st marys', 'ST MARY’S', "st.mary's", 'St  Marys.'])(
    'leaves out apostrophes and full stops: %s',
    async (q) => {
      expect(await exact(q)).toEqual(['C1', 'C2', 'C3'])
    },
  )

  it('leaves them out of streets, of words that are put right, and holds words apart', async () => {
    expect(await exact("queen's road")).toEqual(['C1', 'C2'])
    expect(await exact('queens road')).toEqual(['C1', 'C2'])
    expect(await exact('rd clinic')).toEqual(['C3'])
    expect(await found('queesn raod st. mrays')).toEqual([
      ['C2', false],
      ['C1', false],
    ])
  })

  it('puts right what stands within another word, or begins one', async () => {
    // "alton" ends "walton" and "dalton", "schol" begins "scholars".
    expect(await found('alton schol')).toEqual([
      ['C4', false],
      ['C5', false],
    ])
    expect(await found('hihg stret')).toEqual([['C5', false]])
  })

  it('puts words that are put right before names that are only like the text', async () => {
    expect(await found('royal surey')).toEqual([
      ['C6', false],
      ['C7', false],
    ])
    expect(await found('alotn infant')).toEqual([['C4', false]])
  })

  it('looks for two letters at the beginnings of words alone', async () => {
    expect(await exact('of')).toEqual(['C8'])
    expect(await exact('ro')).toEqual(['C6', 'C7'])
    expect(await exact('c9')).toEqual(['C9'])
    expect(await found('fe')).toEqual([])
  })
})
