import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fixtureAddresses } from './addresses.ts'
import { fixtureReader } from './fixture.ts'
import { buildServer } from './server.ts'

const example = 'Inventedshire is invented: nothing here is about a real school.'
let app: Awaited<ReturnType<typeof buildServer>>

beforeAll(async () => {
  app = await buildServer({
    reader: fixtureReader,
    logLevel: 'silent',
    example,
    ready: async () => true,
  })
})
afterAll(() => app.close())

describe('every page', () => {
  it.each(fixtureAddresses)('%s is answered in our layout', async (url) => {
    const answer = await app.inject(url)
    expect(answer.statusCode).toBe(200)
    expect(answer.body).toContain(example)
    expect(answer.body).toContain('<main')
    expect(answer.body).not.toMatch(/<script|<i>Ash|<b>&|\sstyle="|undefined|NaN|GOV\.UK/)
    expect(answer.headers['content-security-policy']).not.toContain('unsafe-inline')
  })

  it('is the same page for every visitor: what an address only carries is on no link', async () => {
    const first = await app.inject('/indicators/expected?sort=name&utm=<secret>')
    expect(first.statusCode).toBe(200)
    expect(first.body).not.toContain('secret')
    const { body } = await app.inject('/indicators/expected?sort=name')
    expect(body).toBe(first.body)
  })

  it('answers 304 to a list of tags and to a weakened one', async () => {
    const { headers } = await app.inject('/providers/X10001')
    const tag = String(headers.etag).replace('W/', '')
    const again = await app.inject({
      url: '/providers/X10001',
      headers: { 'if-none-match': `"other", ${tag}` },
    })
    expect(again.statusCode).toBe(304)
  })

  it('answers 304 to the tag that it gave', async () => {
    const { headers } = await app.inject('/providers/X10001')
    const again = await app.inject({
      url: '/providers/X10001',
      headers: { 'if-none-match': String(headers.etag) },
    })
    expect(again.statusCode).toBe(304)
  })
})

describe('plain words', () => {
  it('says each reason for no value differently', async () => {
    const { body } = await app.inject('/providers/X10001')
    for (const words of ['suppressed:', 'does not apply', 'not shown: too few'])
      expect(body).toContain(words)
  })

  it('says that there is no interval where there is none', async () => {
    const { body } = await app.inject('/providers/X10001')
    expect(body).toContain('£4,528.50')
    expect(body).toContain('not enough data to say')
  })
})

describe('data at the same address', () => {
  it.each([
    '/providers/X10001.json',
    '/providers/X10001/peers.json',
    '/search.json?q=invented',
    '/releases.json',
    '/compare.json?providers=X10001,X10002',
  ])('gives JSON at %s', async (url) => {
    const answer = await app.inject(url)
    expect(answer.statusCode).toBe(200)
    expect(answer.json()).toBeTypeOf('object')
  })

  it('defuses text in CSV and leaves numbers alone', async () => {
    const { body } = await app.inject('/indicators/expected.csv')
    expect(body).toContain("'=Ember")
    expect(body).toContain(',-1.9,')
  })
})

describe('hostile addresses', () => {
  it.each([
    ['/%FF', 400],
    ['/providers/%00', 400],
    ['/providers/a%00b.json', 400],
    ['/search?q=%00', 400],
    ['/search?q=a&q=b', 400],
    ['/indicators/expected?sort=code;drop', 400],
    ['/indicators/expected?page=99999999999999999999', 400],
    ['/indicators/expected?as-of=2023-02-30', 400],
    ['/providers/X?as-of=yesterday', 400],
    ['/?as-of=0000-01-01', 400],
    ['/?as-of=0000-01-01T00:00:00Z', 400],
    ['/?as-of=2026-01-01T00:00:00%2B23:59', 400],
    [`/?as-of=2026-01-01T00:00:00.${'1'.repeat(300)}Z`, 400],
    ['/providers/nobody', 404],
    ['/providers/__proto__', 404],
    ['/services/constructor', 404],
    ['/indicators/constructor', 404],
    ['/indicators/nothing.csv', 404],
    ['/places/nowhere', 404],
    ['/services/expected.csv', 404],
    ['/providers/X10001.csv', 404],
    ['/releases/99999999999999999999', 404],
    ['/releases/-1', 404],
    [`/search?q=${'x'.repeat(5000)}`, 400],
    ['/assets/..%2f..%2fserver.ts', 404],
    ['/nothing', 404],
  ])('%s answers %i with a page of ours', async (url, status) => {
    const answer = await app.inject(url)
    expect(answer.statusCode).toBe(status)
    expect(answer.headers['content-type']).toContain('text/html')
    expect(answer.headers['content-security-policy']).toBeDefined()
    expect(answer.body).toContain('<h1')
  })

  it('quotes nothing back unescaped', async () => {
    const { body } = await app.inject('/search?q=%3Cscript%3Ealert(1)%3C/script%3E')
    expect(body).not.toContain('<script>')
  })

  it('answers another method with 405 and says which one works', async () => {
    const answer = await app.inject({ method: 'POST', url: '/search' })
    expect(answer.statusCode).toBe(405)
    expect(answer.headers.allow).toContain('GET')
  })

  it('says sorry in our layout when the reader fails', async () => {
    const broken = await buildServer({
      reader: { ...fixtureReader, state: () => Promise.reject(new Error('secret detail')) },
      logLevel: 'silent',
      example: null,
      ready: async () => false,
    })
    const answer = await broken.inject('/')
    expect(answer.statusCode).toBe(500)
    expect(answer.body).not.toContain('secret detail')
    expect((await broken.inject('/readyz')).statusCode).toBe(503)
    await broken.close()
  })
})
