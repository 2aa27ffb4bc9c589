import { afterAll, beforeAll } from 'vitest'
import type { Reader } from '../comparison/reader.ts'
import { type Database, openDatabase } from '../database/database.ts'
import { testPGlite } from '../database/testing.ts'
import { loadCatalogue } from '../evidence/catalogue.ts'
import { storyClock } from '../stories/deadline.ts'
import { StoriesStore } from '../stories/store.ts'
import { fixtureReader } from './fixture.ts'
import { type PeoplePlace, peopleServer } from './testing-people.ts'

const { stories: shipped = {} } = loadCatalogue()

/** The invented register with the stories of a database, in the state that its record has come to. */
export const storiesReader = (db: Database): Reader => ({
  ...fixtureReader,
  stories: new StoriesStore(db, storyClock(), shipped.help),
  state: async (asOf) => {
    const [row] = await db.query<{ n: number }>(
      'select coalesce(max(number), 0) as n from record_entry',
    )
    return { ...(await fixtureReader.state(asOf)), record: row?.n ?? 0 }
  },
})

/** A server over such a register for all the tests of a file. */
export function withStoriesServer(use: (place: PeoplePlace) => void | Promise<void>): void {
  let place: PeoplePlace | undefined
  beforeAll(async () => {
    const db = await openDatabase(testPGlite(null))
    place = { db, app: await peopleServer(db, {}, { reader: storiesReader(db) }) }
    await use(place)
  })
  afterAll(async () => {
    await place?.app.close()
    await place?.db.close()
  })
}
