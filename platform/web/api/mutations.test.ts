import fc from 'fast-check'
import { expect, it } from 'vitest'
import { z } from 'zod'
import { fixtureReader } from '../fixture.ts'
import { buildServer } from '../server.ts'
import { requests } from './mutations.ts'

/** The part of an OpenAPI document that requests are made from. */
const documentSchema = z.object({
  paths: z.record(
    z.string(),
    z.object({
      get: z
        .object({
          parameters: z.array(
            z.object({
              name: z.string(),
              in: z.string(),
              example: z.unknown().optional(),
              schema: z.looseObject({ enum: z.array(z.string()).optional() }).optional(),
            }),
          ),
        })
        .optional(),
    }),
  ),
})

it('answers whatever is made from its document with an answer or a problem, never a failure', async () => {
  const app = await buildServer({
    reader: fixtureReader,
    logLevel: 'silent',
    example: null,
    ready: async () => true,
  })
  const document = documentSchema.parse((await app.inject('/api/v1/openapi.json')).json())
  const operations = Object.entries(document.paths).flatMap(([path, { get }]) =>
    // One that is only sent to is tried by the tests of what is sent.
    get ? [{ path, ...get }] : [],
  )
  const seen = new Map<number, number>()
  let sent = 0
  await fc.assert(
    fc.asyncProperty(requests(operations), async (url) => {
      // From many sides: of one visitor most of them would be refused as too many.
      sent += 1
      const answer = await app.inject({ url, remoteAddress: `10.0.${sent >> 8}.${sent & 255}` })
      seen.set(answer.statusCode, (seen.get(answer.statusCode) ?? 0) + 1)
      expect([200, 400, 404, 410, 414, 429]).toContain(answer.statusCode)
      if (answer.statusCode === 200) expect(answer.json()).toHaveProperty('data')
      else expect(answer.json()).toMatchObject({ status: answer.statusCode })
    }),
    { numRuns: Number(process.env.PLUMBLINE_REQUESTS ?? 1500) },
  )
  // The run is worth something only where many requests are answered and many refused.
  expect(seen.get(200)).toBeGreaterThan(200)
  expect(seen.get(400)).toBeGreaterThan(200)
  await app.close()
})
