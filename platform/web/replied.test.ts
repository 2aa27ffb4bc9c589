import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Database, openDatabase } from '../database/database.ts'
import { testPGlite } from '../database/testing.ts'
import { peopleServer } from './testing-people.ts'

let db: Database
let app: FastifyInstance
beforeAll(async () => {
  db = await openDatabase(testPGlite(null))
  app = await peopleServer(db)
})
afterAll(async () => {
  await app.close()
  await db.close()
})

it('marks who has replied in the table of an indicator, and leads to the reply', async () => {
  const { body } = await app.inject('/indicators/expected')
  expect(body.match(/Read its reply/g)).toHaveLength(1)
  expect(body).toContain('href="/providers/X10001#expected">Read its reply')
  expect((await app.inject('/indicators/expected.json')).json().replied).toEqual(['X10001'])
})
