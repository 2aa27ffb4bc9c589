import type { FastifyInstance } from 'fastify'
import { expect, it } from 'vitest'
import { withPeopleServer } from './testing-people.ts'

let app: FastifyInstance
withPeopleServer((place) => {
  app = place.app
})

it('marks who has replied in the table of an indicator, and leads to the reply', async () => {
  const { body } = await app.inject('/indicators/expected')
  expect(body.match(/Read its reply/g)).toHaveLength(1)
  expect(body).toContain('href="/providers/X10001#expected">Read its reply')
  expect((await app.inject('/indicators/expected.json')).json().replied).toEqual(['X10001'])
})
