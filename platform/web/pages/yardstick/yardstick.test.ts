import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { type Database, openDatabase } from '../../../database/database.ts'
import { testPGlite } from '../../../database/testing.ts'
import { loadCatalogue } from '../../../evidence/catalogue.ts'
import { withdraw } from '../../../publishing/publish.ts'
import { prepare } from '../../../publishing/testing.ts'
import { makeReader } from '../../../reader.ts'
import { publishPaper } from '../../../yardstick/paper.ts'
import { parts } from '../../../yardstick/standing.ts'
import { buildServer } from '../../server.ts'

const catalogue = loadCatalogue()
let db: Database
let app: Awaited<ReturnType<typeof buildServer>>
let published = ''

/** When the newest publication was made, as an address has it. */
async function moment(): Promise<string> {
  const rows = await db.query<{ at: string }>(
    `select to_char(max(published_at) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at
     from publication`,
  )
  return rows[0]?.at ?? ''
}

beforeAll(async () => {
  db = await prepare(await openDatabase(testPGlite(null)))
  await publishPaper(db, catalogue, { by: 'a test' })
  published = await moment()
  app = await buildServer({
    reader: makeReader(db, catalogue),
    logLevel: 'silent',
    example: '',
    ready: async () => true,
  })
})
afterAll(async () => {
  await app.close()
  await db.close()
})

const figure = z.object({ place: z.string(), indicator: z.string(), value: z.number() })
const yardstick = z.object({
  parts: z.array(z.object({ part: z.string(), figures: z.array(figure) })),
})
const line = z.object({ name: z.string(), href: z.string(), own: z.string(), others: z.string() })
const place = z.object({
  world: z
    .object({
      sentence: z.string(),
      parts: z.array(
        z.object({
          part: z.string(),
          lines: z.array(line),
          elsewhere: z.array(line),
          gap: z.string(),
        }),
      ),
    })
    .nullable(),
})

async function read<T>(url: string, schema: z.ZodType<T>): Promise<T> {
  const answer = await app.inject(url)
  expect(answer.statusCode).toBe(200)
  return schema.parse(answer.json())
}
const world = async (code: string) =>
  (await read(`/places/${code}.json`, place)).world ?? { sentence: '', parts: [] }

describe('a country against the best', () => {
  it.each([
    ['K02000001', [true, true, true, true]],
    ['E92000001', [true, true, true, true]],
    ['CAN', [true, false, false, false]],
    ['USA', [true, false, false, true]],
    ['SWE', [true, true, false, false]],
  ])('%s has the same four parts, and says where the paper gives nothing', async (code, has) => {
    const { parts: found } = await world(code)
    expect(found.map((p) => p.part)).toEqual([...parts])
    expect(found.map((p) => p.lines.length > 0)).toEqual(has)
    expect(found.map((p) => p.gap !== 'The paper gives nothing here of this place.')).toEqual(has)
  })

  it('loses no figure of the four parts, on the page of whichever country', async () => {
    const all = await read('/yardstick.json', yardstick)
    const main = all.parts.filter((p) => parts.some((known) => known === p.part))
    for (const { part, figures } of main) {
      for (const { place: code, indicator } of figures) {
        const found = (await world(code)).parts.find((p) => p.part === part)
        expect(
          found?.lines.map((l) => l.href),
          `${code} ${part}`,
        ).toContain(`/yardstick#${indicator}`)
      }
    }
  })

  it('names who it is held against, and itself nowhere', async () => {
    const { parts: found } = await world('K02000001')
    const reading = found[0]?.lines.find((l) => l.href.endsWith('paper-reading-rank-at-15'))
    expect(reading?.own).toBe('“13th out of 30 OECD countries” (2006)')
    expect(reading?.others).toContain('Ontario, Canada “fourth in reading')
    for (const l of found.flatMap((p) => p.elsewhere)) expect(l.own).toBe('')
    expect(JSON.stringify(found)).not.toContain('United Kingdom')
  })

  it('says that a place of a country is part of it', async () => {
    const { parts: found } = await world('CAN')
    expect(found[0]?.lines.every((l) => l.own.startsWith('Ontario, Canada'))).toBe(true)
  })
})

describe('the page of all figures', () => {
  it('says of each part that holds no other country against this one that it does not', async () => {
    const { body } = await app.inject('/yardstick')
    expect(body.split('The paper gives nothing here that holds this country').length).toBe(2)
    expect(body).toContain('Crown copyright 2008')
  })

  it('gives as many rows as its release', async () => {
    const all = await read('/yardstick.json', yardstick)
    const { body } = await app.inject('/yardstick.csv')
    const figures = all.parts.flatMap((p) => p.figures)
    // Words hold no line breaks, so that a line is a row.
    expect(body.trim().split('\n')).toHaveLength(figures.length + 1)
  })

  it('shows what was published on another date', async () => {
    for (const id of [1, 2]) await withdraw(db, catalogue, id, { by: 'a test', reason: 'to see' })
    expect((await app.inject('/yardstick')).body).toContain('No figures of other countries')
    const then = await app.inject(`/yardstick?as-of=${published}`)
    expect(then.body).toContain('13th out of 30 OECD countries')
    expect((await app.inject('/places/FIN')).statusCode).toBe(410)
  })
})
