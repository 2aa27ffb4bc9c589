import { afterAll, beforeAll, expect, it } from 'vitest'
import { buildServer } from '../../platform/web/server.ts'
import { mergedCode, successorCode } from './merged.ts'
import { openAldermere } from './testing.ts'

let opened: Awaited<ReturnType<typeof openAldermere>>
let app: Awaited<ReturnType<typeof buildServer>>
beforeAll(async () => {
  opened = await openAldermere()
  const options = { logLevel: 'silent', example: null, ready: async () => true }
  app = await buildServer({ reader: opened.reader, ...options })
})
afterAll(async () => {
  await app?.close()
  await opened?.db.close()
})

const successor = async () => {
  const { reader } = opened
  const found = await reader.subject(await reader.state(), successorCode)
  return { code: successorCode, name: found?.name, page: `/providers/${successorCode}` }
}

it('answers for a practice that was merged with 410 and who came after it', async () => {
  const { name, page: address } = await successor()
  const page = await app.inject(`/providers/${mergedCode}`)
  expect(page.statusCode).toBe(410)
  expect(page.headers.location).toBeUndefined()
  expect(page.body).toContain('is listed no more')
  expect(page.body).toContain(`It was followed by ${name}.`)
  expect(page.body).toContain(`href="${address}"`)
  expect((await app.inject(address)).statusCode).toBe(200)
})

it.each(['/providers/ALDG41.json', '/api/v1/providers/ALDG41'])(
  'says the same to programs: %s',
  async (address) => {
    const answer = await app.inject(address)
    expect(answer.statusCode).toBe(410)
    expect(answer.json()).toMatchObject({ type: '/api#gone', successors: [await successor()] })
  },
)

it.each(['observations?', 'comparisons?', 'judgements?', 'cards?', 'observations?sort=value&'])(
  'says in lists who came after it: %s',
  async (list) => {
    const asked = `/api/v1/${list}subject=${mergedCode},${successorCode}&limit=3`
    const { meta } = (await app.inject(asked)).json()
    expect(meta.ended).toEqual([
      expect.objectContaining({ code: mergedCode, successors: [await successor()] }),
    ])
    const alone = (await app.inject(`/api/v1/${list}subject=${successorCode}`)).json()
    expect(alone.meta.ended).toEqual([])
  },
)

it('embeds it no more, and says who came after it', async () => {
  const url = encodeURIComponent(`http://localhost:80/providers/${mergedCode}`)
  const answer = await app.inject(`/oembed?url=${url}`)
  expect(answer.statusCode).toBe(410)
  expect(answer.headers['content-type']).toContain('application/problem+json')
  expect(answer.json()).toMatchObject({ type: '/api#gone', successors: [await successor()] })
})

it('shows how it was: closed, when, and who follows it', async () => {
  const { body } = await app.inject(`/providers/${mergedCode}`)
  const [, then = ''] = /href="([^"]+)">This page as it was last/.exec(body) ?? []
  expect(then).toContain(`/providers/${mergedCode}?as-of=`)
  const past = await app.inject(then)
  expect(past.statusCode).toBe(200)
  expect(past.body).toContain('Closed 31 March 2020')
  expect(past.body).toContain((await successor()).name)
})

it('finds and lists it no more', async () => {
  const { reader } = opened
  const state = await reader.state()
  expect((await reader.search(state, mergedCode)).map((h) => h.code)).not.toContain(mergedCode)
  const place = await reader.place(state, 'ALD')
  expect(place?.providers.map((p) => p.code)).not.toContain(mergedCode)
})

it('knows of whom somebody came after', async () => {
  const { reader } = opened
  const state = await reader.state()
  expect(await reader.precededBy(state, successorCode)).toEqual([mergedCode])
  expect(await reader.precededBy(state, mergedCode)).toEqual([])
})
