import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Database, openDatabase } from '../database/database.ts'
import { testPGlite } from '../database/testing.ts'
import { clinicRows, clinics, importAndPublish, prepare, writeFile } from '../publishing/testing.ts'
import { makeReader } from '../reader.ts'
import { fixtureReader } from './fixture.ts'
import { buildServer } from './server.ts'

let db: Database
let app: Awaited<ReturnType<typeof buildServer>>
beforeAll(async () => {
  db = await prepare(await openDatabase(testPGlite(null)))
  const other = clinicRows((_, l) => l.replace(/,200$/, ',201'))
  for (const rows of [
    clinicRows(),
    `${other}\n${other.split('\n').slice(1).join('\n').replaceAll('C1', 'C2')}`,
  ]) {
    await importAndPublish(db, clinics, [writeFile('clinics-2024.csv', rows)])
  }
  const reader = { ...makeReader(db, clinics), desk: fixtureReader.desk }
  app = await buildServer({ reader, logLevel: 'silent', example: null, ready: async () => true })
})
afterAll(async () => {
  await app.close()
  await db.close()
})

describe('a page behind the last of a list', () => {
  it.each([
    ['/indicators?page=99&service=clinic', 1, '/indicators?page=1&amp;service=clinic'],
    ['/releases/2/changes?q=clinic&page=99', 2, '/releases/2/changes?q=clinic&amp;page=2'],
    ['/releases?page=99', 1, '/releases?page=1'],
    [
      '/indicators/seen-in-time?page=3&sort=name',
      2,
      '/indicators/seen-in-time?page=2&amp;sort=name',
    ],
    ['/desk?page=99', 1, '/desk?page=1'],
    ['/record?page=99', 1, '/record?page=1'],
  ])('says that it is not there, and leads to the last (%s)', async (url, last, href) => {
    const { body } = await app.inject(url)
    expect(body).toMatch(/There is no page (99|3) of this list\./)
    expect(body).toContain(`<a class="govuk-link" href="${href}">Go to its last page, ${last}</a>`)
    expect(body).not.toMatch(/None fits|No figure fits|No row fits|<nav class="govuk-pagination"/)
    const end = await app.inject(href.replaceAll('&amp;', '&'))
    expect(end.body).not.toMatch(/There is no page|None fits|No figure fits|No row fits/)
  })

  it('of a list that is empty is an empty list', async () => {
    const { body } = await app.inject('/indicators?q=zzzz&page=99')
    expect(body).toContain('None fits')
    expect(body).not.toContain('There is no page')
  })
})
