import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { searchText, streetText, wordsToFind } from '../../publishing/search-text.ts'
import type { Database } from '../database.ts'
import { migrate } from '../migrate.ts'
import { testDatabases } from '../testing.ts'
import { migrations } from './index.ts'

/** Listings as sources wrote them. */
const written = [
  ["St. Mary's G.P. Surgery", 'PO1  3DU', "1 St.Mary's  Road, Old Mill"],
  ['Blackburn Rd.Medical Ctr.', 'po13dv', 'Queen’s Road'],
  ['Dr J.Smith `At Home´', 'GU34', null],
  ['Closed', 'none  known', ' '],
  ['École Élan', null, 'Rue d’Été 5'],
].map(([name, postcode, address], at) => ({
  code: `C${at}`,
  name: name as string,
  postcode: postcode as string | null,
  address: address as string | null,
  town: at === 0 ? 'Bishop’s  Stortford' : null,
}))

describe.each(testDatabases())('plain search texts on $kind', ({ openEmpty }) => {
  let db: Database
  beforeAll(async () => {
    db = await openEmpty()
    await migrate(
      db,
      migrations.filter((m) => m.name < '0063'),
    )
    for (const [id, { code, name, postcode, address, town }] of written.entries()) {
      await db.query(`insert into subject (id, kind, code) values ($1, 'provider', $2)`, [id, code])
      await db.query(
        `insert into listing (subject_id, publication, name, postcode, town, parents, search, body)
         values ($1, 1, $2, $3, $4, '{}', 'as it was', $5::jsonb)`,
        [id, name, postcode, town, JSON.stringify({ address })],
      )
    }
    await db.query(`insert into search_word values ('mary')`)
    await migrate(db, migrations)
  })
  afterAll(() => db.close())

  it('are what publishing would store', async () => {
    expect(
      await db.query(
        'select s.code, l.search, l.street from listing l join subject s on s.id = l.subject_id order by code',
      ),
    ).toEqual(
      written.map((l) => ({
        code: l.code,
        search: searchText(l),
        street: streetText(l.address ?? '') || null,
      })),
    )
  })

  it('have their words, and no longer those of before', async () => {
    const stored = await db.query<{ word: string }>('select word from search_word')
    expect(new Set(stored.map((s) => s.word))).toEqual(new Set(written.flatMap(wordsToFind)))
  })
})
