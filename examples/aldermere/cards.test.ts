import { afterAll, beforeAll, expect, it } from 'vitest'
import { buildServer } from '../../platform/web/server.ts'
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

const json = async (url: string) => (await app.inject(url)).json()

it('grades every practice, school and team of which enough is known', async () => {
  for (const [service, count] of [
    ['general-practice', 40],
    ['primary-school', 90],
    ['police', 12],
  ] as const) {
    const { cards, total } = await json(`/services/${service}/cards.json?page=1`)
    expect(total).toBe(count)
    for (const card of cards) {
      const graded = Object.values<{ grade: number | null }>(card.parts).filter(
        (p) => p.grade !== null,
      )
      expect(card.overall.grade !== null).toBe(graded.length >= 2)
      const sum = card.overall.likely.reduce((a: number, b: number) => a + b, 0)
      expect(sum).toBeCloseTo(1, 3)
      expect(card.standing.lowest).toBeLessThanOrEqual(card.standing.highest)
    }
  }
})

it('sorts by score, filters by letter, and gives the same rows as CSV', async () => {
  const { cards } = await json('/services/primary-school/cards.json?sort=-value&grade=C')
  const scores = cards.map((c: { overall: { score: number } }) => c.overall.score)
  expect(scores.length).toBeGreaterThan(3)
  expect(scores).toEqual(scores.toSorted((a: number, b: number) => b - a))
  const csv = await app.inject('/services/primary-school/cards.csv?sort=-value&grade=C')
  expect(csv.headers['content-type']).toBe('text/csv; charset=utf-8')
  const lines = csv.body.trim().split('\r\n')
  expect(lines[0]).toContain('code,name,closed,floors_missed,grade,score')
  expect(lines[1]?.split(',')[0]).toBe(cards[0].code)
})

it('grades anew by a visitor’s weights, and the card’s own weights change nothing', async () => {
  const own = await json('/providers/ALDG02/card.json')
  const same = await json(
    '/providers/ALDG02/card.json?weights=outcomes:40,experience:20,fairness:20,value:20',
  )
  expect(same.yours.overall.score).toBeCloseTo(own.overall.score, 3)
  expect(same.yours.overall.grade).toBe(own.overall.grade)
  const one = await json('/providers/ALDG02/card.json?weights=outcomes:100')
  expect(one.yours.overall.grade).toBeNull()
  const two = await json('/providers/ALDG02/card.json?outcomes=1&experience=1')
  const { outcomes, experience } = own.parts
  expect(two.yours.overall.score).toBeCloseTo((outcomes.score + experience.score) / 2, 6)
  for (const wrong of ['weights=outcomes', 'weights=size:3', 'outcomes=-1', 'weights=value:1:2']) {
    expect((await app.inject(`/providers/ALDG02/card?${wrong}`)).statusCode).toBe(400)
  }
})

it('says why there is no grade, and that nobody is there', async () => {
  const text = (await app.inject('/providers/ALDH01/card')).body.replace(/<[^>]*>|\s+/g, ' ')
  expect(text).toContain('There are too few others to hold it against.')
  expect(text).toContain('There is too little to give it a grade.')
  expect((await app.inject('/providers/NOBODY/card')).statusCode).toBe(404)
  expect((await app.inject('/places/ALD/card')).statusCode).toBe(404)
  expect((await app.inject('/services/none/cards')).statusCode).toBe(404)
})

const words = async (url: string) =>
  (await app.inject(url)).body.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ')

it('names a missed floor before any grade, and then gives no praise', async () => {
  let missing = 0
  for (const service of ['general-practice', 'primary-school', 'secondary-school', 'police']) {
    const { cards } = await json(`/services/${service}/cards.json?page=1`)
    const below = cards.filter((c: { floorsMissed: string[] }) => c.floorsMissed.length > 0)
    missing += below.length
    for (const { code } of below.slice(0, 2)) {
      const text = await words(`/providers/${code}/card`)
      expect(text).toMatch(/It is below a floor\. .* Beside others like it, its overall grade is/)
      expect(text).not.toMatch(/Overall grade/)
    }
  }
  expect(missing).toBeGreaterThan(0)
})

it('says in its first sentence between which letters a grade lies, and how old a rating is', async () => {
  const { cards } = await json('/services/primary-school/cards.json?page=1')
  const unsure = cards.find(
    (c: { overall: { grade: number; likely: number[] }; floorsMissed: string[] }) =>
      (c.overall.likely[c.overall.grade] ?? 1) < 0.8 && c.floorsMissed.length === 0,
  )
  const text = await words(`/providers/${unsure.code}/card`)
  expect(text).toMatch(/Overall grade between [A-D] and [B-F]:/)
  expect(text).toContain('The older a rating is, the less sure we are of it.')
  expect(text).toMatch(/\(inspected 20\d\d\)/)
})

it('prints the same words as PDF, one tagged page', async () => {
  const { rawPayload, headers } = await app.inject('/providers/ALDG01/card.pdf')
  expect(headers['content-type']).toBe('application/pdf')
  const pdf = rawPayload.toString('latin1')
  expect(pdf.startsWith('%PDF-1.7')).toBe(true)
  expect(pdf.match(/\/Type\s*\/Page\b(?!s)/g)).toHaveLength(1)
  expect(pdf).toContain('/StructTreeRoot')
  expect(pdf).toContain('/Lang (en-GB)')
  expect((await app.inject('/providers/ALDG01.pdf')).statusCode).toBe(404)
})

it('gives one card as CSV, with what counts, the parts and the whole, and names its sources', async () => {
  const own = await json('/providers/ALDG01/card.json')
  const { body } = await app.inject('/providers/ALDG01/card.csv')
  const [head, ...rows] = body.trim().split('\r\n')
  expect(head).toContain('part,indicator,behind,ahead,period,note,value,lower95')
  expect(rows).toHaveLength(own.items.length + 5)
  expect(new Set([head, ...rows].map((r) => r?.split(',').length)).size).toBe(1)
  expect(rows.at(-1)?.startsWith('overall,')).toBe(true)
  expect(own.sources.length).toBeGreaterThan(0)
  const page = (await app.inject('/providers/ALDG01/card')).body
  for (const id of own.sources) expect(page).toContain(`href="/releases/${id}"`)
})

it('prints the address at which it was asked for, and none that is no host', async () => {
  const pdfOf = async (host: string) =>
    (await app.inject({ url: '/providers/ALDG02/card.pdf', headers: { host } })).rawPayload
  const [one, other] = [await pdfOf('plumbline.example'), await pdfOf('another.example')]
  expect(one.equals(other)).toBe(false)
  expect(one.equals(await pdfOf('plumbline.example'))).toBe(true)
  expect((await pdfOf('<evil>')).equals(await pdfOf('/evil/'))).toBe(true)
})

it('publishes its cut points and weights', async () => {
  const { cutPoints, cards } = await json('/about/cards.json')
  expect(cutPoints).toEqual({ D: 30, C: 43, B: 57, A: 70 })
  expect(cards.map((c: { service: string }) => c.service)).toContain('police')
})

it('has no card where nothing had been published', async () => {
  const then = await app.inject('/providers/ALDG01/card?as-of=2000-01-01')
  expect(then.statusCode).toBe(404)
})
