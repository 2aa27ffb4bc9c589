import { afterAll, beforeAll, expect, it } from 'vitest'
import { z } from 'zod'
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

const body = async (address: string): Promise<string> => {
  const answer = await app.inject(address)
  expect([address, answer.statusCode]).toEqual([address, 200])
  return answer.body
}

const pointsSchema = z.object({
  target: z.number(),
  points: z.array(
    z.object({
      code: z.string(),
      value: z.number(),
      denominator: z.number(),
      outside: z.int().min(-2).max(2),
    }),
  ),
})

it('draws a funnel of all practices, and says who is outside by the limits that it draws', async () => {
  const { target, points } = pointsSchema.parse(
    JSON.parse(await body('/embed/indicators/ald-gp-experience/funnel.json')),
  )
  expect(points).toHaveLength(40)
  const share = target / 100
  for (const { value, denominator, outside } of points) {
    const error = Math.sqrt((share * (1 - share)) / denominator)
    const z = (value / 100 - share) / error
    const far = [1.959964, 3.090232].filter((limit) => Math.abs(z) > limit).length
    expect(Math.abs(outside)).toBe(far)
    if (outside !== 0) expect(Math.sign(outside)).toBe(Math.sign(z))
  }
  // The outliers that were made: two far above, two far below.
  const far = (side: number) => points.filter((p) => p.outside === side).map((p) => p.code)
  expect(far(2)).toEqual(expect.arrayContaining(['ALDG01', 'ALDG02']))
  expect(far(-2)).toEqual(expect.arrayContaining(['ALDG03', 'ALDG04']))
})

it('draws a funnel of a rate, and none of money', async () => {
  const rate = await body('/embed/indicators/ald-gp-emergency-admissions/funnel')
  expect(rate).toMatch(
    /40 practices with counts\. Within the 95% limits around Aldermere’s [^:]+: \d+\./,
  )
  expect((await app.inject('/embed/indicators/ald-gp-cost/funnel')).statusCode).toBe(404)
})

it.each([
  '/embed/indicators/ald-gp-experience/map',
  '/embed/indicators/ald-gp-experience/map?level=district',
  '/embed/indicators/ald-gp-experience/map?level=providers',
  '/embed/indicators/ald-primary-expected/map?place=ALDD06&level=providers',
])('draws %s as the page does, and leads nowhere from within', async (address) => {
  const page = await body(address)
  expect(page.match(/<a /g)).toHaveLength(1)
  const svg = await body(address.replace(/(\?|$)/, '.svg$1'))
  expect(svg.match(/<a /g)).toHaveLength(1)
  const whole = await body(address.replace('/embed', '').replace('/map', ''))
  const [, title = ''] = /<title id="map-title">([^<]*)</.exec(whole) ?? []
  expect(title.length).toBeGreaterThan(10)
  expect(page).toContain(title)
  expect(svg).toContain(title)
})

it('is offered beneath the map and beneath the measure', async () => {
  const measure = await body('/indicators/ald-gp-experience')
  const offered = [...measure.matchAll(/\/embed\?of=([^"&]+)/g)].map((m) =>
    decodeURIComponent(m[1] ?? ''),
  )
  expect(offered).toContain('/indicators/ald-gp-experience/map')
  expect(offered).toContain('/indicators/ald-gp-experience/funnel')
  const ofPlace = [...(await body('/places/ALDD06')).matchAll(/\/embed\?of=([^"&]+)/g)].map((m) =>
    decodeURIComponent(m[1] ?? ''),
  )
  expect(ofPlace.some((of) => /^\/indicators\/[\w-]+\/map\?place=ALDD06/.test(of))).toBe(true)
  for (const of of [...offered, ...ofPlace]) await body(`/embed?of=${encodeURIComponent(of)}`)
})

it('is known to oEmbed', async () => {
  const ask = async (path: string): Promise<string> => {
    const url = encodeURIComponent(`http://localhost${path}`)
    return z.object({ html: z.string() }).parse(JSON.parse(await body(`/oembed?url=${url}`))).html
  }
  expect(await ask('/indicators/ald-gp-experience#map')).toContain(
    '/embed/indicators/ald-gp-experience/map"',
  )
  expect(await ask('/embed/indicators/ald-gp-experience/funnel')).toContain('/funnel"')
})
