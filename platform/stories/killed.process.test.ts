import { randomUUID } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { testKinds } from '../database/testing.ts'
import { loadCatalogue } from '../evidence/catalogue.ts'
import { killPlace, randomFrom, serving } from '../killed-rounds.ts'
import { importAndPublish } from '../publishing/testing.ts'
import { verifyStored } from '../record/verify.ts'

/** A browser that tells stories: its cookies, and what the server has said that it keeps. */
class Teller {
  readonly #cookies = new Map<string, string>()
  /** Stories of which the words were acknowledged, and of which the sending was. */
  readonly kept = new Map<string, string>()
  readonly sent = new Set<string>()
  readonly told: string[] = []

  async ask(url: string, fields?: Record<string, string>): Promise<Response> {
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const body = fields && new URLSearchParams(fields)
    const answer = await fetch(url, {
      ...{ redirect: 'manual', headers: { cookie } },
      ...(body ? { method: 'POST', body } : {}),
    })
    for (const line of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      this.#cookies.set(name, value)
    }
    return answer
  }

  /** Tells one story, step by step; what is acknowledged is noted at once. */
  async tell(origin: string, form: string, provider: string, happened: string): Promise<void> {
    const page = await (await this.ask(`${origin}/stories/tell?provider=${provider}`)).text()
    const _csrf = /name="_csrf" value="([^"]+)"/.exec(page)?.[1] ?? ''
    const words = { _csrf, form, provider, happened, good: '', better: '' }
    const first = await this.ask(`${origin}/stories/tell`, words)
    if (first.status !== 303) return
    this.kept.set(form, happened)
    const draft = `${origin}/stories/tell/${form}`
    const about = { _csrf, teller: 'self', month: '' }
    if ((await this.ask(`${draft}/about`, about)).status !== 303) return
    const email = `${form}@mailbox.example`
    const last = await this.ask(`${draft}/check`, { _csrf, email })
    if (last.headers.get('location') === '/stories/tell/sent') this.sent.add(form)
  }

  /** Says yes by the link of a letter; whether the server has said that the story is told. */
  async confirm(origin: string, link: string): Promise<boolean> {
    const token = new URL(link).searchParams.get('token') ?? ''
    const path = `${origin}/stories/confirm`
    const page = await (await this.ask(`${path}?token=${encodeURIComponent(token)}`)).text()
    const _csrf = /name="_csrf" value="([^"]+)"/.exec(page)?.[1] ?? ''
    return (await this.ask(path, { _csrf, token })).status === 200
  }
}

const linkIn = (body: string): string => /^http\S+$/m.exec(body)?.[0] ?? ''

describe.each(testKinds)('a server killed while people tell stories, on %s', (kind) => {
  it('loses nothing that it acknowledged, and makes one story of each however often it is sent', async () => {
    const at = await killPlace(kind)
    const more = { PLUMBLINE_EXAMPLE: 'off', PLUMBLINE_DEV_MAIL: 'on' }
    const place = { ...at, env: { ...at.env, ...more } }
    const random = randomFrom(8)
    try {
      await place.opened((db) =>
        importAndPublish(db, loadCatalogue(), place.files(1), { reason: 'v1' }),
      )
      const teller = new Teller()
      const mine = new Map<string, string>()
      for (let round = 0; round < 3; round++) {
        const server = await serving(place)
        let isOver = false
        const telling = (async () => {
          for (let i = 0; !isOver; i++) {
            const form = randomUUID()
            mine.set(form, `The story ${round}.${i}, which nobody else tells.`)
            await teller.tell(server.address, form, `X${10_000 + i}`, mine.get(form) ?? '')
          }
        })().catch(() => undefined)
        while (teller.sent.size < (round + 1) * 3) await wait(5)
        await wait(random() * 60)
        server.child.kill('SIGKILL')
        isOver = true
        await Promise.all([server.ended, telling])
      }
      const letters = await place.opened(async (db) => {
        const drafts = await db.query<{ id: string; happened: string; sent: boolean }>(
          'select id, happened, sent_at is not null as sent from story_draft',
        )
        const found = new Map(drafts.map((d) => [d.id, d]))
        for (const [id, happened] of teller.kept) expect(found.get(id)?.happened).toBe(happened)
        for (const id of teller.sent) expect(found.get(id)?.sent).toBe(true)
        return db.query<{ address: string; body: string }>('select address, body from letter')
      })
      const addresses = letters.map((l) => l.address)
      expect(new Set(addresses).size).toBe(addresses.length)
      for (const id of teller.sent) expect(addresses).toContain(`${id}@mailbox.example`)
      // Each is confirmed, and the server dies in the middle of it.
      const third = await serving(place)
      const confirming = (async () => {
        for (const { address, body } of letters) {
          if (await teller.confirm(third.address, linkIn(body))) teller.told.push(address)
        }
      })().catch(() => undefined)
      while (teller.told.length < 4) await wait(5)
      third.child.kill('SIGKILL')
      await Promise.all([third.ended, confirming])
      const before = [...teller.told]
      // Whoever has seen no answer presses the button again, and so does whoever has.
      const fourth = await serving(place)
      for (const { body } of letters) {
        expect(await teller.confirm(fourth.address, linkIn(body))).toBe(true)
      }
      fourth.child.kill('SIGTERM')
      await fourth.ended
      await place.opened(async (db) => {
        const told = await db.query<{ email: string }>('select email from story_teller')
        expect(told.map((t) => t.email).toSorted()).toEqual(addresses.toSorted())
        expect(told.map((t) => t.email)).toEqual(expect.arrayContaining(before))
        const words = await db.query<{ happened: string }>('select happened from story_words')
        expect(new Set(words.map((w) => w.happened)).size).toBe(letters.length)
        const acts = await db.query(`select 1 from record_entry where act = 'story-told'`)
        expect(acts).toHaveLength(letters.length)
        expect((await verifyStored(db)).fault).toBeNull()
      })
    } finally {
      await at.remove()
    }
  })
})
