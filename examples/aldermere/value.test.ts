import { afterAll, beforeAll, describe, expect, it } from 'vitest'
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

const json = async (path: string) => (await app.inject(path)).json()
const text = async (path: string): Promise<string> =>
  (await app.inject(path)).body.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ')

interface Provider {
  code: string
  score: number
  constant: number
  limits: { lower95: number; upper95: number } | null
  values: number[]
  targets: number[]
  peers: { code: string; weight: number }[]
}

describe('value for money in Aldermere', () => {
  it('takes every practice, and names those on the frontier', async () => {
    const found = await json('/services/general-practice/value.json')
    expect(found.refused).toBeNull()
    expect(found.providers).toBe(40)
    expect(found.rows).toHaveLength(found.frontier)
    for (const row of found.rows as Provider[]) expect(row.score).toBe(1)
  })

  it('gives each practice a score below its limits’ best, targets and peers that add up', async () => {
    const { rows } = await json('/services/general-practice/value.json?show=all&sort=value')
    const all = rows as Provider[]
    expect(all).toHaveLength(40)
    const bounded = all.filter((p) => p.limits !== null)
    expect(bounded.length).toBeGreaterThan(25)
    for (const p of all) {
      expect(p.constant).toBeLessThanOrEqual(p.score + 1e-9)
      expect(p.targets[0]).toBeLessThanOrEqual((p.values[0] ?? 0) * p.score * (1 + 1e-6))
      expect(p.targets[3]).toBe(p.values[3])
      expect(p.peers.reduce((sum, peer) => sum + peer.weight, 0)).toBeCloseTo(1, 5)
      if (p.limits) expect(p.limits.lower95).toBeLessThan(p.limits.upper95)
    }
    const scores = all.map((p) => p.score)
    expect(scores).toEqual(scores.toSorted((a, b) => a - b))
  })

  it('leaves out the year in which nobody asked patients, and tells the change over it', async () => {
    const found = await json('/providers/ALDG04/value.json?period=2022-23')
    expect(found.previous).toBe('2020-21')
    expect(found.change.caughtUp).toBeGreaterThan(0)
    expect(await text('/providers/ALDG04/value?period=2022-23')).toContain('Since 2020-21 it has')
    expect((await app.inject('/providers/ALDG04/value?period=2021-22')).statusCode).toBe(404)
    const first = await text('/providers/ALDG04/value?period=2020-21')
    expect(first).toContain('we cannot say')
  })

  it('never praises one that achieves less than the middle', async () => {
    const { rows, middle } = await json('/services/general-practice/value.json')
    const low = rows.find(
      (r: { outcomeLimits: { upper95: number } }) => r.outcomeLimits.upper95 < middle.outcome,
    )
    const page = await text(`/providers/${low.code}/value`)
    expect(page).toContain('That alone is no praise')
  })

  it('marks those below a floor', async () => {
    const { cards } = await json('/services/primary-school/cards.json?sort=value')
    const below = cards.filter((c: { floorsMissed: string[] }) => c.floorsMissed.length > 0)
    expect(below.length).toBeGreaterThan(0)
    for (const { code, name } of below.slice(0, 3)) {
      const path = `/services/primary-school/value`
      const page = await text(`${path}?show=all&q=${code}`)
      expect(page).toContain(`${name}, below a floor:`)
      const { rows } = await json(`${path}.json?show=all&q=${code}`)
      expect(rows[0].floorsMissed).toEqual(['ald-floor-primary'])
    }
  })

  it('draws the cost for each person, which does not hold the outcome', async () => {
    const { rows } = await json('/services/general-practice/value.json?show=all')
    for (const { code, costEach } of rows.slice(0, 5)) {
      const { series } = await json(`/providers/${code}.json`)
      const paid = series
        .find((s: { indicator: string }) => s.indicator === 'ald-gp-cost')
        .figures.map((f: { value: number }) => f.value)
      expect(paid.some((x: number) => Math.abs(x - costEach) < 0.01)).toBe(true)
    }
    expect(await text('/services/general-practice/value')).toContain('Cost for each person')
  })

  it('gives the whole table as CSV', async () => {
    const answer = await app.inject('/services/general-practice/value.csv?show=all')
    expect(answer.headers['content-type']).toContain('text/csv')
    const lines = answer.body.trim().split('\r\n')
    expect(lines).toHaveLength(41)
    expect(lines[0]).toContain('target: Money')
    const one = await app.inject('/providers/ALDG04/value.csv')
    const own = lines.find((line) => line.startsWith('ALDG04,'))
    expect(one.body.trim().split('\r\n')).toEqual([lines[0], own])
  })

  it('leads from the service and the provider to it', async () => {
    expect((await app.inject('/services/primary-school')).body).toContain(
      '/services/primary-school/value',
    )
    expect((await app.inject('/providers/ALDG04')).body).toContain('/providers/ALDG04/value')
  })

  it('answers 404 where no study is, and 400 where the address asks what cannot be', async () => {
    expect((await app.inject('/services/police/value')).statusCode).toBe(404)
    expect((await app.inject('/services/nothing/value')).statusCode).toBe(404)
    expect((await app.inject('/providers/nobody/value')).statusCode).toBe(404)
    expect((await app.inject('/services/general-practice/value?show=some')).statusCode).toBe(400)
    expect((await app.inject('/search.csv')).statusCode).toBe(404)
  })

  it('has nothing before the first publication', async () => {
    const answer = await app.inject('/services/general-practice/value?as-of=2000-01-01')
    expect(answer.statusCode).toBe(404)
  })
})
