import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { carryOutBy } from '../../cli/pushes-in-thread.ts'
import { makeVerbs } from '../../cli/verbs.ts'
import { type Database, openDatabase } from '../../database/database.ts'
import { testPGlite } from '../../database/testing.ts'
import { clinicRows, clinics, prepare } from '../../publishing/testing.ts'
import type { CarryOut } from '../../pushes/pushes.ts'
import { type PushServer, pushServer } from './push-testing.ts'

describe('a push that is not answered at once', () => {
  let db: Database
  let server: PushServer
  let token: string
  /** What each piece of work waits for. */
  let gate: PromiseWithResolvers<void>
  /** What the work does in the end. */
  let carryOut: CarryOut

  beforeEach(async () => {
    db = await prepare(await openDatabase(testPGlite(null)))
    gate = Promise.withResolvers()
    carryOut = carryOutBy(makeVerbs(clinics), db, '/', new AbortController().signal)
    server = await pushServer(db, clinics, {
      patience: 1,
      limit: 25,
      carryOut: async (work) => {
        await gate.promise
        return carryOut(work)
      },
    })
    token = await server.token()
  })
  afterEach(async () => {
    gate.resolve()
    await server.pushes.settled()
    await server.app.close()
    await db.close()
  })

  const send = (key: string) =>
    server.app.inject({
      method: 'POST',
      url: '/api/v1/releases?descriptor=clinics&file=clinics-2024.csv',
      headers: {
        'content-type': 'text/csv',
        authorization: `Bearer ${token}`,
        'idempotency-key': key,
      },
      payload: clinicRows(),
    })
  const ask = (url: string) =>
    server.app.inject({ url, headers: { authorization: `Bearer ${token}` } })

  it('says where to ask, is not begun twice, and is there when it is done', async () => {
    const waiting = await send('today')
    expect(waiting.statusCode).toBe(202)
    const place = String(waiting.headers.location)
    expect(waiting.json()).toMatchObject({ data: { state: 'under-way' }, links: { self: place } })
    expect((await ask(place)).json()).toEqual(waiting.json())
    const again = await send('today')
    expect(again.statusCode).toBe(409)
    expect(again.headers).toMatchObject({ location: place, 'retry-after': '5' })
    gate.resolve()
    await server.pushes.settled()
    expect((await ask(place)).json()).toMatchObject({ data: { state: 'published', release: 1 } })
    expect((await send('today')).statusCode).toBe(201)
    expect(await db.query('select id from publication')).toHaveLength(1)
  })

  it('may be sent again after it failed', async () => {
    gate.resolve()
    const sound = carryOut
    carryOut = async () => {
      throw new Error('the disk is full')
    }
    const failed = await send('today')
    await server.pushes.settled()
    expect([202, 500]).toContain(failed.statusCode)
    expect(failed.body).not.toContain('disk')
    expect(server.problems).toMatchObject([{ message: 'the disk is full' }])
    carryOut = sound
    await send('today')
    await server.pushes.settled()
    expect((await send('today')).json()).toMatchObject({ data: { state: 'published' } })
  })

  it('leaves no draft where publishing was refused', async () => {
    gate.resolve()
    const sound = carryOut
    carryOut = async (work) => {
      const done = await sound({ ...work, publish: false })
      return { ...done, outcome: 'refused', said: 'A figure could be worked out.' }
    }
    await send('today')
    await server.pushes.settled()
    const refused = await send('today')
    expect(refused.statusCode).toBe(422)
    expect(refused.json()).toMatchObject({ detail: 'A figure could be worked out.' })
    expect(await db.query('select id from release')).toEqual([])
  })

  it('is not taken where too many are, or too many come', async () => {
    const all = []
    for (let i = 0; i < 25; i++) all.push(await send(`key ${i}`.replace(' ', '-')))
    const statuses = all.map((a) => a.statusCode)
    expect(statuses.filter((s) => s === 202)).toHaveLength(20)
    expect(statuses.filter((s) => s === 503)).toHaveLength(5)
    expect(all.at(-1)?.headers['retry-after']).toBe('60')
    const late = await send('late')
    expect(late.statusCode).toBe(429)
    expect(late.headers).toHaveProperty('retry-after')
    expect(late.json()).toMatchObject({ type: '/api#too-many-requests' })
  })
})
