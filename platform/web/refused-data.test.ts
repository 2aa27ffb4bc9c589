import type { FastifyInstance } from 'fastify'
import { expect, it } from 'vitest'
import { TestBrowser, withPeopleServer } from './testing-people.ts'

let app: FastifyInstance
withPeopleServer((place) => {
  app = place.app
})

it.each([
  ['/record/inclusion.json?entry=0', 400, 'unreadable-request'],
  ['/record/consistency.json?first=0', 400, 'unreadable-request'],
  ['/record/inclusion.json?entry=99999', 404, 'nothing-here'],
  ['/record/consistency.json?first=9&size=8', 404, 'nothing-here'],
  ['/account/data.json', 401, 'not-signed-in'],
  ['/roles.json', 401, 'not-signed-in'],
])('%s is refused with %i as a problem that programs read', async (url, status, kind) => {
  const answer = await app.inject(url)
  expect([answer.statusCode, answer.headers['content-type']]).toEqual([
    status,
    'application/problem+json; charset=utf-8',
  ])
  expect(answer.json()).toMatchObject({ type: `/api#${kind}`, status, instance: url })
})

it('whoever has signed in and may not read it is told so in the same form', async () => {
  const citizen = new TestBrowser(app)
  await citizen.walkIn('citizen')
  const answer = await citizen.get('/roles.json')
  expect(answer.statusCode).toBe(403)
  expect(answer.json()).toMatchObject({ type: '/api#not-allowed', status: 403 })
})
