import { randomUUID } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll } from 'vitest'
import type { Reader } from '../comparison/reader.ts'
import { type Database, openDatabase } from '../database/database.ts'
import { testPGlite } from '../database/testing.ts'
import { loadCatalogue } from '../evidence/catalogue.ts'
import { unsentLetters } from '../mail/store.ts'
import { storyClock } from '../stories/deadline.ts'
import { StoriesStore } from '../stories/store.ts'
import { fixtureReader } from './fixture.ts'
import { type PeoplePlace, peopleServer, TestBrowser } from './testing-people.ts'

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

/** A story that waits for a moderator, with its teller's browser and the link of their own. */
export async function toldStory(
  app: FastifyInstance,
  db: Database,
  happened = 'Nobody called back.',
  provider = 'X10001',
) {
  const citizen = new TestBrowser(app)
  const form = randomUUID()
  const from = `/stories/tell?provider=${provider}`
  await citizen.post('/stories/tell', { form, provider, happened }, from)
  const at = `/stories/tell/${form}`
  await citizen.post(`${at}/about`, { teller: 'self', month: '', feelings: 'angry' }, `${at}/about`)
  const email = `${form}@example.org`
  await citizen.post(`${at}/check`, { email }, `${at}/check`)
  const letter = (await unsentLetters(db)).find((l) => l.address === email)
  const link = /^http:\/\/localhost(\S+)$/m.exec(letter?.body ?? '')?.[1] ?? '/'
  const token = decodeURIComponent(link.split('token=')[1] ?? '')
  const done = await citizen.post('/stories/confirm', { token }, link)
  const own = /href="(\/stories\/mine\?token=[^"]+)"/.exec(done.body)?.[1] ?? ''
  const [row] = await db.query<{ id: number }>('select max(id) as id from story')
  return { citizen, own, id: row?.id ?? 0 }
}
