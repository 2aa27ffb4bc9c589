import { describe, expect, it } from 'vitest'
import type { Database } from '../database/database.ts'
import { TestBrowser, withPeopleServer } from './testing-people.ts'

const reply = '/providers/X10001/reply/figure/expected'
const signal = '/desk/signals/far-worse:X10002:expected:2023-24'

let db: Database
let head: TestBrowser
let steward: TestBrowser
withPeopleServer(async (place) => {
  db = place.db
  head = new TestBrowser(place.app)
  steward = new TestBrowser(place.app)
  await head.walkIn('head-teacher')
  await steward.walkIn('steward')
})

const seenOn = async (browser: TestBrowser, url: string): Promise<string> =>
  /name="seen" value="(\d+)"/.exec((await browser.get(url)).body)?.[1] ?? ''
/** Sends a form with a number of its own, as who made it by hand would. */
const send = (
  browser: TestBrowser,
  [url, to]: readonly [string, string],
  seen: string,
  typed: Readonly<Record<string, string>> = {},
) => browser.post(to, { form: crypto.randomUUID(), seen, ...typed }, url)
const acts = async (like: string) =>
  (
    await db.query<{ act: string }>(
      'select act from record_entry where act like $1 order by number',
      [like],
    )
  ).map((e) => e.act)

describe('nothing is put on the record that was not done', () => {
  const withdraw = [reply, `${reply}/withdraw`] as const
  const why = { why: 'It was wrong.' }

  it('a reply is withdrawn once, and again only after it was given anew', async () => {
    const give = async (text: string) =>
      (await send(head, [reply, reply], await seenOn(head, reply), { text })).statusCode
    expect(await give('It is so.')).toBe(303)
    expect((await send(head, withdraw, await seenOn(head, reply), why)).statusCode).toBe(303)
    const again = await send(head, withdraw, await seenOn(head, reply), why)
    expect(again.statusCode).toBe(400)
    expect(again.body).toContain('There is no reply that could be withdrawn.')
    expect(await acts('reply-%')).toEqual(['reply-given', 'reply-withdrawn'])
    expect(await db.query('select 1 from reply_act')).toHaveLength(2)
    expect(await give('It is so after all.')).toBe(303)
    expect((await send(head, withdraw, await seenOn(head, reply), why)).statusCode).toBe(303)
    expect(await acts('reply-withdrawn')).toHaveLength(2)
  })

  it('a signal is taken once by whoever looks after it, and again after it was closed', async () => {
    const take = [signal, `${signal}/take`] as const
    expect((await send(steward, take, await seenOn(steward, signal))).statusCode).toBe(303)
    const again = await send(steward, take, await seenOn(steward, signal))
    expect(again.statusCode).toBe(400)
    expect(again.body).toContain('You look after this signal already.')
    expect(await acts('signal-%')).toEqual(['signal-taken'])
    const close = [signal, `${signal}/close`] as const
    expect((await send(steward, close, await seenOn(steward, signal), why)).statusCode).toBe(303)
    expect((await send(steward, take, await seenOn(steward, signal))).statusCode).toBe(303)
    expect(await acts('signal-taken')).toHaveLength(2)
  })
})

describe('a form that says to know more than the record holds', () => {
  it('is refused, since nobody could be told any more that another was faster', async () => {
    const [{ size = 0 } = {}] = await db.query<{ size: number }>('select size from record_head')
    for (const ahead of [size + 1, size + 2, 999_999_999]) {
      const sent = await send(head, [reply, reply], String(ahead), { text: 'Mine alone.' })
      expect([ahead, sent.statusCode]).toEqual([ahead, 409])
      expect(sent.body).toContain('This form was not made here, or is too old.')
      expect(sent.body).toContain('Mine alone.')
    }
    const [{ size: after = -1 } = {}] = await db.query<{ size: number }>(
      'select size from record_head',
    )
    expect(after).toBe(size)
    // The form that comes back knows what the record holds.
    const kept = await send(head, [reply, reply], await seenOn(head, reply), { text: 'Mine.' })
    expect(kept.statusCode).toBe(303)
  })
})
