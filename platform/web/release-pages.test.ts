import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Database, openDatabase } from '../database/database.ts'
import { testPGlite } from '../database/testing.ts'
import { withdraw } from '../publishing/publish.ts'
import { clinicRows, clinics, importAndPublish, prepare, writeFile } from '../publishing/testing.ts'
import { makeReader } from '../reader.ts'
import { buildServer } from './server.ts'
import * as words from './words.ts'

let db: Database
let app: Awaited<ReturnType<typeof buildServer>>
beforeAll(async () => {
  db = await prepare(await openDatabase(testPGlite(null)))
  const reader = makeReader(db, clinics)
  app = await buildServer({ reader, logLevel: 'silent', example: '', ready: async () => true })
})
afterAll(async () => {
  await app.close()
  await db.close()
})

const publishRows = (change?: Parameters<typeof clinicRows>[0]) =>
  importAndPublish(db, clinics, [writeFile('clinics-2024.csv', clinicRows(change))])
const bodyOf = async (url: string) => (await app.inject(url)).body

describe('the page of a release that was corrected', () => {
  beforeAll(async () => {
    await publishRows()
    await publishRows((i, l) => (i === 3 ? 'C103,Clinic 3,town,90,180,200' : l))
    await publishRows((i, l) => (i < 2 ? `C10${i},Clinic ${i},town,91,182,200` : l))
  })

  it('lists what it changed itself, and leads to what its correction changed', async () => {
    const page = await bodyOf('/releases/2')
    expect(page).toContain('What it changed (1 figure)')
    expect(page).toContain('href="/releases/3/changes"')
    expect(await bodyOf('/releases/2/changes')).toContain(
      '1 figure reads otherwise in release 2 than in release 1',
    )
    expect(JSON.parse(await bodyOf('/releases/2/changes.json'))).toMatchObject({
      release: 2,
      takesThePlaceOf: 1,
      total: 1,
    })
    expect(JSON.parse(await bodyOf('/api/v1/releases/2')).data).toMatchObject({
      changeCount: 1,
      supersededBy: 3,
    })
  })

  it.each(['/releases/2', '/releases/2/changes'])(
    'names what was before and after on a phone, where each row is a block (%s)',
    async (url) => {
      const table = /<table[^>]*pl-stack[\s\S]*?<\/table>/.exec(await bodyOf(url))?.[0]
      expect(table).toMatch(/data-name="Before">53\.0%[\s\S]*data-name="After">90\.0%/)
    },
  )

  it('that was the first changed nothing, before its correction and after', async () => {
    const first = await bodyOf('/releases/1')
    expect(first).not.toContain('What it changed')
    expect(first).toContain('href="/releases/2/changes"')
    expect((await app.inject('/releases/1/changes')).statusCode).toBe(404)
  })
})

describe('the page of a release whose place nothing has any more', () => {
  const takeBack = (id: number) =>
    withdraw(db, clinics, id, { by: 'a test', reason: 'it was wrong' })

  it('says so, and what came of the last that took its place', async () => {
    expect(await bodyOf('/releases/2')).toContain('A later release has taken its place.')
    await takeBack(3)
    const today = words.date(new Date().toISOString())
    expect(await bodyOf('/releases/2')).toContain(
      `Release 3 took its place and was withdrawn on ${today}; nothing of this period is published now.`,
    )
    expect(await bodyOf('/releases/1')).toContain(
      `Release 2 took its place; release 3, the last after it, was withdrawn on ${today}; nothing of this period is published now.`,
    )
  })

  it('says what stands there since', async () => {
    await publishRows()
    expect(await bodyOf('/releases/2')).toMatch(
      /Release 3 took its place and was withdrawn on [^;]*; release 4 is what is published of this period now\./,
    )
    const { at } = (await makeReader(db, clinics).state()) as { at: string }
    expect(await bodyOf(`/releases/2?as-of=${encodeURIComponent(at)}`)).toContain('release 4 is')
    await publishRows((i, l) => (i === 3 ? 'C103,Clinic 3,town,90,180,200' : l))
    expect(await bodyOf(`/releases/2?as-of=${encodeURIComponent(at)}`)).toContain('release 4 is')
    expect(await bodyOf('/releases/2')).toContain('release 5 is')
  })
})
