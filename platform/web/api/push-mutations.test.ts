import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { openDatabase } from '../../database/database.ts'
import { testPGlite } from '../../database/testing.ts'
import { asJsonLines } from '../../evidence/testing.ts'
import { clinicRows, clinics, prepare } from '../../publishing/testing.ts'
import { verifyStored } from '../../record/verify.ts'
import { hostile, searches } from './mutations.ts'
import { pushServer } from './push-testing.ts'

/** Bytes of a file with some of them changed, cut off or said twice. */
const mutated = (whole: Buffer): fc.Arbitrary<Buffer> =>
  fc
    .tuple(
      fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { maxLength: 3 }),
      fc.option(fc.nat(whole.length), { nil: whole.length, freq: 4 }),
    )
    .map(([changes, end]) => {
      const bytes = Buffer.from(whole)
      for (const [at, byte] of changes) bytes[at] = byte
      return bytes.subarray(0, end)
    })

const csv = Buffer.from(clinicRows())
const json = Buffer.from(asJsonLines(clinicRows()))

/** Sound requests, of which each part is at times replaced. */
const forms = fc.constantFrom(
  { file: 'clinics-2024.csv', type: 'text/csv', packing: 'identity', body: csv },
  { file: 'clinics-2023.csv', type: 'text/csv', packing: 'gzip', body: gzipSync(csv) },
  { file: 'clinics-2022.jsonl', type: 'application/x-ndjson', packing: 'identity', body: json },
)

/** A header can hold printable ASCII alone. */
const headerText = hostile.map((text) => text.replace(/[^\x20-\x7e]/g, '?').slice(0, 500))

const seldom = <T>(usual: fc.Arbitrary<T>, other: fc.Arbitrary<T>): fc.Arbitrary<T> =>
  fc.oneof({ weight: 9, arbitrary: usual }, { weight: 1, arbitrary: other })

const parameters = (file: string) => [
  { name: 'descriptor', in: 'query', example: 'clinics' },
  { name: 'file', in: 'query', example: file },
  { name: 'dry-run', in: 'query', example: 'true', schema: { enum: ['true', 'false'] } },
  { name: 'publish', in: 'query', example: 'false', schema: { enum: ['true', 'false'] } },
  { name: 'reason', in: 'query', example: 'The figures of today' },
]

const requests = (token: string) =>
  forms.chain(({ file, type, packing, body }) =>
    fc.record({
      query: seldom(fc.constant(`descriptor=clinics&file=${file}`), searches(parameters(file))),
      headers: fc.record({
        authorization: seldom(fc.constant(`Bearer ${token}`), headerText),
        'content-type': seldom(fc.constant(type), headerText),
        'content-encoding': seldom(fc.constant(packing), headerText),
        'idempotency-key': seldom(fc.uuid(), fc.oneof(fc.constant('the same'), headerText)),
      }),
      payload: fc.oneof(
        fc.constant(body),
        mutated(body),
        hostile.map((text) => Buffer.from(text)),
      ),
    }),
  )

it('whatever is sent is taken or refused as a whole, and never fails', async () => {
  const db = await prepare(await openDatabase(testPGlite(null)))
  const { app, problems, token } = await pushServer(db, clinics)
  const seen = new Map<number, number>()
  const sent = requests(await token())
  const run = fc.asyncProperty(sent, async ({ query, headers, payload }) => {
    const answer = await app.inject({
      method: 'POST',
      url: `/api/v1/releases?${query}`,
      headers,
      payload,
    })
    seen.set(answer.statusCode, (seen.get(answer.statusCode) ?? 0) + 1)
    const taken = [200, 201].includes(answer.statusCode)
    expect(taken || [400, 401, 403, 409, 415, 422].includes(answer.statusCode), answer.body).toBe(
      true,
    )
    if (taken) expect(answer.json()).toHaveProperty('data.report')
    else expect(answer.json()).toMatchObject({ status: answer.statusCode })
    const left = await db.query(`select id from release where state = 'reading'`)
    expect([...left, ...problems]).toEqual([])
  })
  await fc.assert(run, { numRuns: 400 })
  // The run is worth something only where some is taken, and some refused for each reason.
  expect((seen.get(200) ?? 0) + (seen.get(201) ?? 0)).toBeGreaterThan(10)
  for (const status of [400, 401, 415, 422]) expect(seen.get(status) ?? 0).toBeGreaterThan(0)
  expect((await verifyStored(db)).fault).toBeNull()
  await app.close()
  await db.close()
}, 120_000)
