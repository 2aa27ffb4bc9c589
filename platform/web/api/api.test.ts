import { once } from 'node:events'
import { request as httpRequest, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { json } from 'node:stream/consumers'
import { Validator } from '@seriousme/openapi-schema-validator'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { fixtureReader } from '../fixture.ts'
import { buildServer } from '../server.ts'
import { cursorsBy, start } from './cursor.ts'
import { openapi } from './openapi.ts'
import { operations } from './operations.ts'
import { pushPath } from './push-document.ts'
import { sampleOf } from './sample.ts'

let app: Awaited<ReturnType<typeof buildServer>>

beforeAll(async () => {
  app = await buildServer({
    reader: fixtureReader,
    logLevel: 'silent',
    example: null,
    ready: async () => true,
  })
  await app.listen({ port: 0, host: '127.0.0.1' })
})
afterAll(() => app.close())

const listening = (): number => (app.server.address() as AddressInfo).port

const get = (path: string, headers: Record<string, string> = {}) =>
  app.inject({ url: `/api/v1${path}`, headers })

const listSchema = z.object({
  data: z.array(z.record(z.string(), z.unknown())),
  meta: z.object({ total: z.number().nullable(), emptied: z.unknown() }),
  links: z.object({ next: z.string().nullable() }),
})

it('is described by a document that the OpenAPI schema accepts', async () => {
  const { body } = await get('/openapi.json')
  const found = await new Validator().validate(JSON.parse(body))
  expect(found).toEqual({ valid: true })
})

it('describes every operation, each with an example', async () => {
  const sample = await sampleOf(fixtureReader, await fixtureReader.state())
  const document = openapi(sample)
  expect(Object.keys(document.paths ?? {})).toEqual([
    ...operations.map((o) => o.path),
    pushPath,
    '/appointments',
  ])
  for (const operation of operations) expect(operation.example(sample)).toMatch(/^\/[a-z]/)
})

describe('a list', () => {
  it('sends only the members that are asked for, in the order of the answer', async () => {
    const answer = await get('/providers?fields=name,code&limit=1')
    expect(Object.keys(listSchema.parse(answer.json()).data[0] ?? {})).toEqual(['code', 'name'])
  })

  it('goes on where it ended, and says so in a header too', async () => {
    const whole = listSchema.parse((await get('/observations')).json())
    const found: unknown[] = []
    let next: string | null = '/api/v1/observations?limit=1'
    while (next !== null) {
      const answer = await app.inject(next)
      const part = listSchema.parse(answer.json())
      found.push(...part.data)
      next = part.links.next
      expect(answer.headers.link).toBe(next === null ? undefined : `<${next}>; rel="next"`)
    }
    expect(found).toEqual(whole.data)
    expect(found.length).toBeGreaterThan(4)
  })

  it('sorts either way', async () => {
    const names = async (sort: string) =>
      listSchema.parse((await get(`/providers?sort=${sort}`)).json()).data.map((p) => p.name)
    expect(await names('-name')).toEqual((await names('name')).reverse())
  })

  it('refuses a cursor of another question', async () => {
    const part = listSchema.parse((await get('/providers?limit=1')).json())
    const cursor = new URLSearchParams(part.links.next?.split('?')[1]).get('cursor') ?? ''
    const answer = await get(`/providers?limit=1&q=ash&cursor=${cursor}`)
    expect(answer.statusCode).toBe(400)
    expect(answer.json()).toMatchObject({ type: '/api#stale-cursor', parameter: 'cursor' })
  })

  it('refuses cursors that it did not make', async () => {
    const part = listSchema.parse((await get('/providers?limit=1')).json())
    const cursor = new URLSearchParams(part.links.next?.split('?')[1]).get('cursor') ?? ''
    const [said = '', signature = ''] = cursor.split('.')
    const place = JSON.parse(Buffer.from(said, 'base64url').toString())
    const encode = (text: string, as: 'base64url' | 'hex' = 'base64url') =>
      Buffer.from(text).toString(as)
    const forged = [
      said,
      encode(JSON.stringify({ ...place, place: 9999 })),
      `${encode(JSON.stringify({ ...place, place: 9999 }))}.${signature}`,
      `${encode(JSON.stringify(place), 'hex')}.${signature}`,
      `${said}=.${signature}`,
      ` ${cursor}`,
      `${cursor}.`,
      `${said}.${signature.toLowerCase()}x`,
      `.${signature}`,
      '',
      '0x2',
    ]
    for (const sent of forged) {
      const answer = await get(`/providers?limit=1&cursor=${encodeURIComponent(sent)}`)
      expect([sent, answer.statusCode]).toEqual([sent, 400])
      expect(answer.json()).toMatchObject({ type: '/api#stale-cursor', parameter: 'cursor' })
    }
    const asMade = await get(`/providers?limit=1&cursor=${encodeURIComponent(cursor)}`)
    expect(asMade.statusCode).toBe(200)
  })

  it('goes on from a cursor of another process that has the same secret, and of no other', () => {
    const place = { at: null, ...start, place: 3, empty: null, question: 'a'.repeat(12) }
    const sent = cursorsBy('one secret').write(place)
    expect(cursorsBy('one secret').read(sent, place.question)).toEqual(place)
    expect(() => cursorsBy('another secret').read(sent, place.question)).toThrow(/no cursor/)
  })

  it('says which filter emptied it', async () => {
    const answer = await get('/providers?service=primary-school&q=zzzz')
    expect(answer.json()).toMatchObject({
      data: [],
      meta: { total: 0, emptied: { parameter: 'q', sent: 'zzzz' } },
    })
  })
})

const hundredAndOne = Array.from({ length: 101 }, (_, i) => `X${i}`).join(',')
const hundred = hundredAndOne.split(',').slice(0, 100).join(',')

describe('a refusal', () => {
  const refusals: [string, number, Record<string, unknown>][] = [
    ['/providers?servce=x', 400, { parameter: 'servce', nearest: 'service' }],
    ['/providers?service=primary-scool', 400, { sent: 'primary-scool', nearest: 'primary-school' }],
    ['/providers?sort=nam', 400, { allowed: ['name', '-name', 'code', '-code'], nearest: 'name' }],
    [
      '/providers?limit=0',
      400,
      { parameter: 'limit', sent: '0', allowed: ['1 to 1,000'], nearest: '1' },
    ],
    ['/providers?limit=2000', 400, { parameter: 'limit', nearest: '1000' }],
    ['/providers?limit=0x10', 400, { parameter: 'limit', sent: '0x10' }],
    ['/providers?limit=1e2', 400, { parameter: 'limit' }],
    ['/providers?limit=', 400, { parameter: 'limit' }],
    ['/providers?limit=%201', 400, { parameter: 'limit' }],
    ['/providers?limit=9999999999999999999999', 400, { parameter: 'limit' }],
    ['/%zz', 400, {}],
    ['/providers/%zz', 400, {}],
    ['/providers/%FF', 400, {}],
    [
      '/providers?limit=1&limit=2',
      400,
      { parameter: 'limit', sent: '1, 2', allowed: ['1 to 1,000'], nearest: '1' },
    ],
    ['/providers?as-of=2024-01-01&as-of=2024-02-01', 400, { sent: '2024-01-01, 2024-02-01' }],
    ['/comparisons?subject=A&subject=B', 400, { parameter: 'subject', nearest: 'A,B' }],
    [
      `/comparisons?subject=${hundredAndOne}`,
      400,
      { sent: hundredAndOne.slice(0, 200), nearest: hundred },
    ],
    ['/providers?as-of=2026-02-30', 400, { sent: '2026-02-30', nearest: '2026-02-28' }],
    ['/providers?as-of=2026-2-3', 400, { parameter: 'as-of', nearest: '2026-02-03' }],
    ['/providers/X1001', 404, { sent: 'X1001', nearest: 'X10001' }],
    ['/providers/x10001', 404, { sent: 'x10001', nearest: 'X10001' }],
    ['/providers/Larkrise', 404, { nearest: 'X10001' }],
    ['/places/P11', 404, { nearest: 'P1' }],
    [
      '/providers?within=P0',
      410,
      { parameter: 'within', sent: 'P0', successors: [{ code: 'P1' }] },
    ],
    ['/providers?fields=nmae', 400, { parameter: 'fields', nearest: 'name' }],
    ['/providers?cursor=nonsense', 400, { parameter: 'cursor' }],
    ['/providers?as-of=yesterday', 400, { parameter: 'as-of', sent: 'yesterday' }],
    ['/providers?q=%00', 400, { parameter: 'q' }],
    ['/comparisons', 400, { parameter: 'subject' }],
    ['/indicators/expectd', 404, { nearest: 'expected' }],
    ['/providers/NOBODY', 404, { sent: 'NOBODY' }],
    ['/nothing', 404, {}],
  ]
  it.each(refusals)('of %s is a problem that helps', async (path, status, members) => {
    const answer = await get(path)
    expect(answer.statusCode).toBe(status)
    expect(answer.headers['content-type']).toContain('application/problem+json')
    const found = answer.json()
    expect(found).toMatchObject({ status, ...members })
    expect(found.detail).toMatch(/^[A-Z“].*[.?]$/)
    expect(found.instance).toBe(`/api/v1${path}`)
    expect(found.detail).not.toMatch(/Invalid|undefined|expected string/)
  })

  it.each(['/comparisons?subject=X10001&value=1', '/observations?indicator=zzzzzz'])(
    'offers nothing that is not truly near: %s',
    async (path) => {
      const found = (await get(path)).json()
      expect(found).not.toHaveProperty('nearest')
      expect(found.detail).toMatch(/Known are: “|It is like none/)
    },
  )

  it.each(['PROPFIND', 'TRACE', 'SEARCH', 'REPORT', 'LOCK'])(
    'of %s, a method that we never use, is a problem too',
    async (method) => {
      const asked = httpRequest({ port: listening(), method, path: '/api/v1/providers' }).end()
      const [answer] = (await once(asked, 'response')) as [IncomingMessage]
      expect(answer.statusCode).toBe(405)
      expect(answer.headers.allow).toBe('GET, HEAD')
      expect(await json(answer)).toMatchObject({ type: '/api#read-only', status: 405 })
    },
  )

  it.each(['POST', 'PUT', 'DELETE'] as const)(
    'of %s says that this is for reading',
    async (method) => {
      const answer = await app.inject({ method, url: '/api/v1/providers', payload: { a: 1 } })
      expect(answer.statusCode).toBe(405)
      expect(answer.headers.allow).toBe('GET, HEAD')
      expect(answer.json()).toMatchObject({ type: '/api#read-only' })
    },
  )
})

describe('for programs elsewhere', () => {
  it('answers pages of other sites', async () => {
    const answer = await get('/services', { origin: 'https://elsewhere.example' })
    expect(answer.headers['access-control-allow-origin']).toBe('*')
    expect(Number(answer.headers['ratelimit-limit'])).toBeGreaterThan(1000)
    const exposed = String(answer.headers['access-control-expose-headers']).split(', ')
    const limits = Object.keys(answer.headers).filter((name) => name.startsWith('ratelimit-'))
    expect(limits.filter((name) => !exposed.includes(name))).toEqual([])
  })

  it('lets no page of another site send with a token', async () => {
    const wanted = {
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'authorization,content-type',
    }
    const before = await app.inject({
      method: 'OPTIONS',
      url: '/api/v1/releases',
      headers: { origin: 'https://elsewhere.example', ...wanted },
    })
    expect(String(before.headers['access-control-allow-headers'])).not.toMatch(/authorization/i)
    // Asked once a day, not before each answer that a tag is sent for.
    expect(before.headers['access-control-max-age']).toBe('86400')
  })

  it('answers 304 to its own tag, and to its own time where no tag is sent', async () => {
    const { headers } = await get('/services')
    const tag = String(headers.etag)
    expect((await get('/services', { 'if-none-match': tag })).statusCode).toBe(304)
    const time = String(headers['last-modified'])
    expect((await get('/services', { 'if-modified-since': time })).statusCode).toBe(304)
    const both = { 'if-none-match': '"other"', 'if-modified-since': time }
    expect((await get('/services', both)).statusCode).toBe(200)
    const before = 'Mon, 01 Jan 2001 00:00:00 GMT'
    expect((await get('/services', { 'if-modified-since': before })).statusCode).toBe(200)
  })

  it('refuses with any tag what is not there or cannot be asked', async () => {
    const tag = { 'if-none-match': '*' }
    expect((await get('/places/NOWHERE', tag)).statusCode).toBe(404)
    expect((await get('/providers?limit=abc', tag)).statusCode).toBe(400)
    expect((await get('/services', tag)).statusCode).toBe(304)
  })

  it('says that nobody of a code has figures', async () => {
    const { meta } = (await get('/observations?subject=ZZZ')).json()
    expect(meta.emptied).toMatchObject({ parameter: 'subject', sent: 'ZZZ' })
    expect(meta.emptied.detail).toBe('No figures are known for “subject=ZZZ”.')
  })

  it('names codes that nobody has among those that are known', async () => {
    for (const list of ['observations', 'comparisons', 'judgements', 'cards']) {
      const { meta } = (await get(`/${list}?subject=X10001,NOPE,X10002`)).json()
      expect([list, meta.unknown]).toEqual([list, ['NOPE']])
    }
    expect((await get('/observations?limit=1')).json().meta.unknown).toEqual([])
  })

  it('names the subject that nobody knows of a comparison', async () => {
    const { meta } = (await get('/comparisons?subject=NOPE')).json()
    expect(meta.emptied).toMatchObject({ parameter: 'subject', sent: 'NOPE' })
  })

  it.each(['/api/try/getPlace?code=', '/api/try/getPlace'])(
    'tells a form that lacks a code so: %s',
    async (url) => {
      const answer = await app.inject(url)
      expect(answer.statusCode).toBe(400)
      expect(answer.json()).toMatchObject({ parameter: 'code' })
      expect(answer.json().detail).toContain('is missing')
    },
  )

  it('leads a form to the address that it asks for, without what was left empty', async () => {
    const answer = await app.inject('/api/try/getProvider?code=X1%2F&fields=&as-of=')
    expect(answer.statusCode).toBe(303)
    expect(answer.headers.location).toBe('/api/v1/providers/X1%2F')
  })

  it.each([
    ['?indicator=a&group=&empty=group', '?indicator=a&group='],
    ['?indicator=a&group=sex%3Dboys&empty=group', '?indicator=a&group=sex%3Dboys'],
    ['?indicator=a&group=&empty=nope', '?indicator=a'],
  ])('leads a form on with what is meant to be empty: %s', async (sent, asked) => {
    const answer = await app.inject(`/api/try/listObservations${sent}`)
    expect(answer.headers.location).toBe(`/api/v1/observations${asked}`)
  })
})

it('refuses who asks too often, and says when to go on', async () => {
  const { default: Fastify } = await import('fastify')
  const { api } = await import('./serve.ts')
  const small = Fastify()
  await small.register(api, { reader: fixtureReader, limit: 2 })
  const ask = () => small.inject('/api/v1/services')
  await ask()
  await ask()
  const refused = await ask()
  expect(refused.statusCode).toBe(429)
  expect(refused.headers['retry-after']).toBeDefined()
  expect(refused.json()).toMatchObject({ type: '/api#too-many-requests', status: 429 })
  await small.close()
})

it('counts people behind a proxy one by one where it is told to believe it, and else never', async () => {
  const left = async (trustProxy: false | number) => {
    const server = await buildServer({
      reader: fixtureReader,
      logLevel: 'silent',
      example: null,
      ready: async () => true,
      trustProxy,
    })
    const ask = async (who: string) => {
      const headers = { 'x-forwarded-for': `1.2.3.4, ${who}` }
      const answer = await server.inject({ url: '/api/v1/services', headers })
      return Number(answer.headers['ratelimit-remaining'])
    }
    const found = [await ask('192.0.2.1'), await ask('192.0.2.1'), await ask('192.0.2.2')]
    await server.close()
    return found
  }
  expect(await left(1)).toEqual([1999, 1998, 1999])
  expect(await left(false)).toEqual([1999, 1998, 1997])
})
