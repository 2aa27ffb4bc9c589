import { randomUUID } from 'node:crypto'
import type { FastifyInstance, LightMyRequestResponse } from 'fastify'
import { afterAll, beforeAll } from 'vitest'
import { type Database, openDatabase } from '../database/database.ts'
import { migrate } from '../database/migrate.ts'
import { migrations } from '../database/migrations/index.ts'
import { testPGlite } from '../database/testing.ts'
import { type TestUploads, testUploads } from '../uploads/testing.ts'
import { peopleServer, TestBrowser } from './testing-people.ts'

type Fields = Readonly<Record<string, string>>

/** A server over a new database where an analyst and a steward hand in files. */
export class Publishing {
  readonly db: Database
  readonly app: FastifyInstance
  readonly at: TestUploads
  readonly analyst: TestBrowser
  readonly steward: TestBrowser

  private constructor(db: Database, app: FastifyInstance, at: TestUploads) {
    this.db = db
    this.app = app
    this.at = at
    this.analyst = new TestBrowser(app)
    this.steward = new TestBrowser(app)
  }

  static async open(): Promise<Publishing> {
    const db = await openDatabase(testPGlite(null))
    await migrate(db, migrations)
    const at = testUploads(db)
    await at.uploads.resume()
    const app = await peopleServer(db, {}, { uploads: at.uploads, reader: at.reader })
    const place = new Publishing(db, app, at)
    await place.analyst.walkIn('analyst')
    await place.steward.walkIn('steward')
    return place
  }

  async close(): Promise<void> {
    await this.at.uploads.settled()
    await this.app.close()
    await this.db.close()
  }

  /** Hands a file in, waits until a person is needed, and gives the address of its page. */
  async handIn(name: string, bytes: string): Promise<string> {
    const sent = await this.analyst.send('/publish', { form: randomUUID() }, { name, bytes })
    if (sent.statusCode !== 303) throw new Error(sent.body)
    await this.at.uploads.settled()
    return String(sent.headers.location)
  }

  /** Sends a form of the page of a file as it stands there now, and waits for what comes of it. */
  async act(url: string, what: string, fields: Fields): Promise<LightMyRequestResponse> {
    const hidden = hiddenIn((await this.analyst.get(url)).body)
    const sent = await this.analyst.post(`${url}/${what}`, { ...hidden, ...fields }, url)
    await this.at.uploads.settled()
    return sent
  }

  async stateAt(url: string): Promise<Record<string, unknown>> {
    return (await this.analyst.get(`${url}.json`)).json()
  }
}

/** What a form about a file carries unseen. */
export function hiddenIn(body: string): { version: string; form?: string } {
  const of = (name: string) => new RegExp(`name="${name}" value="([^"]+)"`).exec(body)?.[1]
  const form = of('form')
  return { version: of('version') ?? '', ...(form === undefined ? {} : { form }) }
}

/** One such server for all the tests of a file, closed after them. */
export function withPublishing(use: (place: Publishing) => void | Promise<void>): void {
  let place: Publishing | undefined
  beforeAll(async () => {
    place = await Publishing.open()
    await use(place)
  })
  afterAll(() => place?.close())
}

const surgeries = 'Ash Birch Cedar Damson Elm Fir Gorse Hazel Ivy Juniper Larch Maple'.split(' ')
/** What the practice of a row is called. */
export const surgery = (i: number): string => `${surgeries[i % surgeries.length]} Surgery`

/** Days of waiting at twelve practices. */
export const waits = (nameOf = surgery, daysOf = (i: number): string => String(10 + i)): string =>
  [
    'practice,practice name,waited',
    ...surgeries.map((_, i) => `Q${10_100 + i},${nameOf(i)},${daysOf(i)}`),
  ].join('\n')

/** What an analyst answers about it. */
export const waitsAnswers: Fields = {
  title: 'Waits',
  publisher: 'The county',
  source: 'https://example.org/waits',
  licence: 'CC0 1.0',
  who: 'practice',
  name: 'practice name',
  kind: 'provider',
  service: 'general-practice',
  unknown: 'register',
  when: 'name',
  'when-kind': 'year',
  'f1-value': 'waited',
  'f1-name': 'Days of waiting',
  'f1-definition': 'Days from asking to being seen.',
  'f1-why': 'Nobody likes to wait.',
  'f1-polarity': 'lower',
  'f1-kind': 'mean',
  small: 'no',
}
