import { readFileSync } from 'node:fs'
import { PlumblineProblem, plumbline } from '@plumbline/client'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { fixtureReader } from '../fixture.ts'
import { buildServer } from '../server.ts'
import { clientTypes, clientTypesPath } from './client-types.ts'

let app: Awaited<ReturnType<typeof buildServer>>
let client: ReturnType<typeof plumbline>

beforeAll(async () => {
  app = await buildServer({
    reader: fixtureReader,
    logLevel: 'silent',
    example: null,
    ready: async () => true,
  })
  client = plumbline(await app.listen({ port: 0, host: '127.0.0.1' }))
})
afterAll(() => app.close())

it('has the types of the document: `npm run client` writes them', async () => {
  expect(readFileSync(clientTypesPath, 'utf8')).toBe(await clientTypes())
})

it('reads one thing', async () => {
  const { data, error } = await client.api.GET('/providers/{code}', {
    params: { path: { code: 'X10001' } },
  })
  expect(error).toBeUndefined()
  expect(data?.data).toMatchObject({ code: 'X10001', service: 'primary-school' })
})

it('reads a whole list in parts', async () => {
  const codes: string[] = []
  for await (const row of client.all('/observations', { limit: 2, indicator: 'expected' })) {
    codes.push(row.code)
  }
  expect(codes.length).toBeGreaterThan(2)
  expect(new Set(codes).size).toBe(codes.length)
})

it('throws what the server refuses, with the nearest value', async () => {
  const rows = client.all('/observations', { indicator: 'expectd' })
  const problem = await rows.next().catch((e: unknown) => e)
  expect(problem).toBeInstanceOf(PlumblineProblem)
  expect(problem).toMatchObject({
    status: 400,
    kind: 'unknown-value',
    parameter: 'indicator',
    nearest: 'expected',
  })
  expect((problem as PlumblineProblem).allowed).toContain('expected')
})
