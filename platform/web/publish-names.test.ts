import { randomUUID } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Database, openDatabase } from '../database/database.ts'
import { migrate } from '../database/migrate.ts'
import { migrations } from '../database/migrations/index.ts'
import { testPGlite } from '../database/testing.ts'
import { type TestUploads, testUploads } from '../uploads/testing.ts'
import { peopleServer, TestBrowser } from './testing-people.ts'

/** Patients who waited, by practice; `nameOf` says what the practice of each row is called. */
const waits = (nameOf: (i: number) => string): string =>
  [
    'practice,practice name,waited',
    ...Array.from({ length: 12 }, (_, i) => `Q${10_100 + i},${nameOf(i)},${10 + i}`),
  ].join('\n')

const surgeries = 'Ash Birch Cedar Damson Elm Fir Gorse Hazel Ivy Juniper Larch Maple'.split(' ')
const surgery = (i: number): string => `${surgeries[i % surgeries.length]} Surgery`

const answers: Readonly<Record<string, string>> = {
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

describe('a file whose names are not those of their codes, in the browser', () => {
  let db: Database
  let app: FastifyInstance
  let at: TestUploads
  let analyst: TestBrowser

  const versionIn = (body: string): string => /name="version" value="(\d+)"/.exec(body)?.[1] ?? ''
  const handIn = async (name: string, bytes: string): Promise<string> => {
    const sent = await analyst.send('/publish', { form: randomUUID() }, { name, bytes })
    expect(sent.statusCode, sent.body).toBe(303)
    await at.uploads.settled()
    return String(sent.headers.location)
  }
  const act = async (url: string, what: string, fields: Readonly<Record<string, string>>) => {
    const version = versionIn((await analyst.get(url)).body)
    const sent = await analyst.post(`${url}/${what}`, { version, ...fields }, url)
    await at.uploads.settled()
    expect(sent.statusCode, sent.body).toBe(303)
  }

  beforeAll(async () => {
    db = await openDatabase(testPGlite(null))
    await migrate(db, migrations)
    at = testUploads(db)
    await at.uploads.resume()
    app = await peopleServer(db, {}, { uploads: at.uploads, reader: at.reader })
    analyst = new TestBrowser(app)
    await analyst.walkIn('analyst')
    const url = await handIn('waits-2023.csv', waits(surgery))
    await act(url, 'questions', answers)
    await act(url, 'publish', { reason: 'Figures for 2023' })
    expect((await analyst.get(`${url}.json`)).json()).toMatchObject({ state: 'published' })
  })
  afterAll(async () => {
    await at.uploads.settled()
    await app.close()
    await db.close()
  })

  it('says beside what it would change that a name differs, and both names', async () => {
    const url = await handIn(
      'waits-2024.csv',
      waits((i) => (i === 4 ? 'Old Mill' : surgery(i))),
    )
    const { body } = await analyst.get(url)
    expect(body).toContain('Nothing stands in its way')
    expect(body).toContain('1 code is known here by another name')
    expect(body).toContain('Q10104 is known as “Elm Surgery”.')
    expect(body).toContain('Old Mill')
    await act(url, 'drop', {})
  })

  it('refuses slipped names, and goes on where somebody says that the codes are right', async () => {
    const url = await handIn(
      'waits-2025.csv',
      waits((i) => surgery(i + 1)),
    )
    const { body } = await analyst.get(url)
    expect(body).toContain('12 names are not those of their codes')
    expect(body).toContain('Q10100 is known as “Ash Surgery”. “Birch Surgery” is Q10101.')
    expect(body).toContain('Go on all the same')
    expect(body).not.toContain('--accept')
    await act(url, 'check', { accept: '12' })
    const ready = await analyst.get(url)
    expect(ready.body).toContain('12 codes are known here by other names')
    expect(ready.body).not.toContain('Refused: The code is known by another name')
    await act(url, 'drop', {})
  })
})
