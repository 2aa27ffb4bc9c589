import { createHash, randomUUID } from 'node:crypto'
import type { FastifyInstance, LightMyRequestResponse } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Database } from '../database/database.ts'
import { openDatabase } from '../database/database.ts'
import { migrate } from '../database/migrate.ts'
import { migrations } from '../database/migrations/index.ts'
import { testPGlite } from '../database/testing.ts'
import { type TestUploads, testUploads } from '../uploads/testing.ts'
import { peopleServer, TestBrowser } from './testing-people.ts'

const b64 = (text: string): string => Buffer.from(text).toString('base64')
const sum = (bytes: Buffer): string =>
  `sha256 ${createHash('sha256').update(bytes).digest('base64')}`

describe('a file in parts, by the tus protocol', () => {
  let db: Database
  let app: FastifyInstance
  let at: TestUploads
  let analyst: TestBrowser
  let steward: TestBrowser
  const tokens = new Map<TestBrowser, string>()

  beforeAll(async () => {
    db = await openDatabase(testPGlite(null))
    await migrate(db, migrations)
    at = testUploads(db)
    await at.uploads.resume()
    app = await peopleServer(db, {}, { uploads: at.uploads, reader: at.reader })
    analyst = new TestBrowser(app)
    steward = new TestBrowser(app)
    await analyst.walkIn('analyst')
    await steward.walkIn('steward')
    for (const b of [analyst, steward]) tokens.set(b, await b.token('/publish'))
  })
  afterAll(async () => {
    await at.uploads.settled()
    await app.close()
    await db.close()
  })

  const ask = (
    method: 'POST' | 'HEAD' | 'PATCH' | 'DELETE',
    url: string,
    headers: Readonly<Record<string, string>> = {},
    payload?: Buffer,
    by = analyst,
  ): Promise<LightMyRequestResponse> =>
    by.ask({
      method,
      url,
      headers: {
        'tus-resumable': '1.0.0',
        'csrf-token': tokens.get(by) ?? '',
        ...(payload ? { 'content-type': 'application/offset+octet-stream' } : {}),
        ...headers,
      },
      ...(payload ? { payload } : {}),
    })
  const begin = (length: number, name = 'waits-2024.csv', form = randomUUID()) =>
    ask('POST', '/publish/parts', {
      'upload-length': String(length),
      'upload-metadata': `form ${b64(form)},filename ${b64(name)},modified ${b64('17')}`,
    })

  const content = Buffer.from(
    [
      'practice,practice name,waited less',
      ...Array.from({ length: 30 }, (_, i) => `Q${10_100 + i},Surgery ${i},${50 + i}.5`),
    ].join('\n'),
  )
  let url = ''

  it('begins, says how far it is, goes on from there, and is the file of a page', async () => {
    const begun = await begin(content.length)
    expect(begun.statusCode).toBe(201)
    url = String(begun.headers.location)
    const first = content.subarray(0, 500)
    const sent = await ask(
      'PATCH',
      url,
      { 'upload-offset': '0', 'upload-checksum': sum(first) },
      first,
    )
    expect([sent.statusCode, sent.headers['upload-offset']]).toEqual([204, '500'])
    const head = await ask('HEAD', url)
    expect(head.headers).toMatchObject({
      'upload-offset': '500',
      'upload-length': String(content.length),
      'tus-resumable': '1.0.0',
      'cache-control': 'private, no-store',
    })
    const { body } = await analyst.get('/publish')
    expect(body).toContain('Half sent')
    expect(body).toContain('500 bytes of ')
    const rest = content.subarray(500)
    const done = await ask('PATCH', url, { 'upload-offset': '500' }, rest)
    expect(done.headers['upload-offset']).toBe(String(content.length))
    await at.uploads.settled()
    const page = await analyst.get(url.replace('/parts', ''))
    expect(page.body).toContain('No file of this kind has come before')
    expect(page.body).toContain('Surgery 0')
    const [kept] = await db.query<{ sha256: string }>('select sha256 from upload')
    expect(kept?.sha256).toBe(createHash('sha256').update(content).digest('hex'))
    // Who did not hear the last answer is told that all is there.
    expect((await ask('HEAD', url)).headers['upload-offset']).toBe(String(content.length))
    expect((await analyst.get('/publish')).body).not.toContain('Half sent')
    expect(at.problems).toEqual([])
  })

  it('refuses each part that does not fit, and loses nothing', async () => {
    url = String((await begin(content.length)).headers.location)
    const part = content.subarray(0, 100)
    const at0 = { 'upload-offset': '0' }
    const cases: readonly [number, Record<string, string>, Buffer | undefined][] = [
      [409, { 'upload-offset': '7' }, part],
      [409, at0, Buffer.concat([content, part])],
      [460, { ...at0, 'upload-checksum': sum(content) }, part],
      [400, { ...at0, 'upload-checksum': `md5 ${b64('x')}` }, part],
      [400, { 'upload-offset': '-1' }, part],
      [400, {}, part],
      [412, { ...at0, 'tus-resumable': '0.2.2' }, part],
      [415, { ...at0, 'content-type': 'text/csv' }, part],
      [400, { ...at0, 'csrf-token': 'forged' }, part],
    ]
    for (const [status, headers, payload] of cases) {
      const { statusCode } = await ask('PATCH', url, headers, payload)
      expect([headers, statusCode]).toEqual([headers, status])
    }
    expect((await ask('HEAD', url)).headers['upload-offset']).toBe('0')
  })

  it('is there for whoever began it alone', async () => {
    const part = content.subarray(0, 100)
    const theirs: readonly LightMyRequestResponse[] = [
      await ask('HEAD', url, {}, undefined, steward),
      await ask('PATCH', url, { 'upload-offset': '0' }, part, steward),
      await ask('DELETE', url, {}, undefined, steward),
    ]
    expect(theirs.map((a) => a.statusCode)).toEqual([404, 404, 404])
    await steward.post(`${url}/remove`, {}, '/publish')
    expect((await steward.get('/publish')).body).not.toContain('Half sent')
    expect((await ask('HEAD', url)).statusCode).toBe(200)
    const nobody = new TestBrowser(app)
    const unknown = await nobody.ask({ method: 'HEAD', url, headers: { 'tus-resumable': '1.0.0' } })
    expect(unknown.statusCode).toBe(401)
    expect((await ask('DELETE', url)).statusCode).toBe(204)
    expect((await ask('HEAD', url)).statusCode).toBe(404)
  })

  it('says in a sentence why a file is not taken', async () => {
    expect((await begin(2_000_001)).body).toContain('The file is too large: no more than 2 MB')
    expect((await begin(0)).body).toContain('The file is empty')
    expect((await begin(5, ' ')).statusCode).toBe(400)
    const sheet = Buffer.from('PK\u0003\u0004zip')
    const { location } = (await begin(sheet.length)).headers
    const sent = await ask('PATCH', String(location), { 'upload-offset': '0' }, sheet)
    expect([sent.statusCode, sent.headers['content-type']]).toEqual([
      400,
      'text/plain; charset=utf-8',
    ])
    expect(sent.body).toContain('This is a spreadsheet')
  })

  it('is removed by a form, without a script', async () => {
    const { location } = (await begin(50, 'old.csv')).headers
    const { body } = await analyst.get('/publish')
    expect(body).toContain('Remove old.csv')
    const removed = await analyst.post(`${location}/remove`, {}, '/publish')
    expect(removed.headers.location).toBe('/publish')
    expect((await analyst.get('/publish')).body).not.toContain('old.csv')
  })

  it('says what it speaks, and lets its page alone talk to it', async () => {
    const { headers } = await app.inject({ method: 'OPTIONS', url: '/publish/parts' })
    expect(headers).toMatchObject({
      'tus-version': '1.0.0',
      'tus-extension': 'creation,termination,checksum',
      'tus-max-size': '2000000',
    })
    const policy = String((await analyst.get('/publish')).headers['content-security-policy'])
    expect(policy).toContain("connect-src 'self'")
    expect(policy).toContain("require-trusted-types-for 'script'")
    expect(policy).toContain("script-src 'self'")
    const elsewhere = String((await analyst.get('/account')).headers['content-security-policy'])
    expect(elsewhere).not.toContain('connect-src')
    expect(elsewhere).toContain("require-trusted-types-for 'script'")
  })
})
