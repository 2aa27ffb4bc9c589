import type { FastifyInstance } from 'fastify'
import { beforeEach, describe, expect, it } from 'vitest'
import type { Database } from '../database/database.ts'
import { unsentLetters } from '../mail/store.ts'
import { fixtureReader } from './fixture.ts'
import { fixtureReplies } from './fixture-replies.ts'
import {
  holderOf,
  peopleServer,
  sentForm,
  TestBrowser,
  withPeopleServer,
} from './testing-people.ts'

const correct = '/providers/X10001/correct/figure/expected'
const signal = '/desk/signals/far-worse:X10002:expected:2023-24'
const asked = { wrong: 'It counts Xanthippe.', rightIs: '61%', evidence: 'Xanthippe’s letter.' }

let db: Database
let app: FastifyInstance
withPeopleServer((place) => {
  db = place.db
  app = place.app
})
beforeEach(async () => {
  for (const table of ['person', 'letter', 'sign_in_count']) await db.query(`delete from ${table}`)
})

const signedIn = (email: string, ...of: [role: string, scope: string, code?: string]) =>
  holderOf({ db, app }, email, ...of)
const head = () => signedIn('head@x.example', 'lead', 'provider', 'X10001')
const steward = (name = 'steward') => signedIn(`${name}@x.example`, 'steward', 'whole')
const letters = async () =>
  (await unsentLetters(db)).toReversed().map(({ address, subject, body }) => {
    const links = [...body.matchAll(/^http:\/\/localhost(\/\S*)$/gm)].map((m) => m[1])
    return { address, subject, body, links }
  })

describe('those concerned are written to', () => {
  it('when a correction is asked for, and when it is answered; each once, however often the form is sent', async () => {
    const [asker, answerer] = [await head(), await steward()]
    await signedIn('elsewhere@x.example', 'steward', 'place', 'elsewhere')
    await signedIn('place@x.example', 'steward', 'place', 'P1')
    const { body } = await asker.get(correct)
    const form = /name="form" value="([^"]+)"/.exec(body)?.[1] ?? ''
    const sent = await Promise.all(
      [1, 2, 3].map(() => asker.post(correct, { form, seen: '0', ...asked }, correct)),
    )
    const to = sent[0]?.headers.location
    expect(to).toMatch(/^\/corrections\/\d+$/)
    const first = await letters()
    expect(first.map((l) => l.address).sort()).toEqual(['place@x.example', 'steward@x.example'])
    for (const { subject, body, links } of first) {
      expect(subject).toContain('A correction is asked for: Larkrise Invented School, by')
      expect(body).toContain('The head of Larkrise Invented School asks for a correction of the')
      expect(links).toEqual([`${to}/answer`])
    }
    await db.query('delete from letter')
    const url = '/corrections/1/answer'
    expect((await sentForm(answerer, url, { outcome: 'refused', why: '' })).statusCode).toBe(400)
    expect(await letters()).toEqual([])
    const refusal = { outcome: 'refused', why: 'Xanthippe was there.' }
    expect((await sentForm(answerer, url, refusal)).statusCode).toBe(303)
    const second = await letters()
    expect(second.map((l) => [l.address, l.subject, l.links])).toEqual([
      ['head@x.example', 'Your request for a correction is answered', ['/corrections/1']],
    ])
    expect(JSON.stringify([first, second])).not.toContain('Xanthippe')
  })

  it('when a role is given to them or taken back, by the name of what it is of', async () => {
    const granting = await steward()
    const fields = {
      ...{ email: 'ada@x.example', role: 'lead', reach: 'one', code: 'X10001' },
      ...{ from: '2026-01-01', until: '2026-12-31', why: 'Appointed' },
    }
    expect((await sentForm(granting, '/roles/new', fields)).statusCode).toBe(303)
    expect((await sentForm(granting, '/roles/new', fields)).statusCode).toBe(400)
    const invented = { ...fields, email: 'invented@walk-in.invalid' }
    expect((await sentForm(granting, '/roles/new', invented)).statusCode).toBe(303)
    const [row] = await db.query<{ id: number }>(
      'select min(g.id)::int as id from role_grant g join person_address a on a.id = g.person_id where email = $1',
      ['ada@x.example'],
    )
    const end = `/roles/${row?.id}/end`
    expect((await sentForm(granting, end, { why: 'Has left' })).statusCode).toBe(303)
    const all = await letters()
    const record = `/record?subject=grant%3A${row?.id}`
    expect(all.map((l) => [l.address, l.subject, l.links])).toEqual([
      ['ada@x.example', 'You have a role on Plumbline', ['/account', record]],
      ['ada@x.example', 'A role of yours was taken back', [record]],
    ])
    expect(all[0]?.body).toContain('A steward has given you a role: you are\na lead of Larkrise')
    expect(all[0]?.body).toContain('from 1 January 2026 until 31 December 2026.')
  })

  it('when another closes a signal that they look after, and not when they do so themselves', async () => {
    const [own, other] = [await steward(), await steward('other')]
    const act = (browser: TestBrowser, what: string, why: Record<string, string> = {}) =>
      browser.get(signal).then(({ body }) => {
        const seen = /name="seen" value="(\d+)"/.exec(body)?.[1] ?? ''
        return browser.post(
          `${signal}/${what}`,
          { form: crypto.randomUUID(), seen, ...why },
          signal,
        )
      })
    expect((await act(own, 'take')).statusCode).toBe(303)
    expect((await act(own, 'close', { why: 'Seen to.' })).statusCode).toBe(303)
    expect((await act(own, 'take')).statusCode).toBe(303)
    expect((await act(other, 'close', { why: '' })).statusCode).toBe(400)
    expect(await letters()).toEqual([])
    expect((await act(other, 'close', { why: 'Xanthippe saw to it.' })).statusCode).toBe(303)
    const [letter, ...more] = await letters()
    expect(more).toEqual([])
    expect(letter).toMatchObject({ address: 'steward@x.example', links: [signal] })
    expect(letter?.body).toMatch(/^Far worse than the rest: =Ember/)
    expect(letter?.body).toContain('Another steward has closed this signal.')
    expect(letter?.body).not.toContain('Xanthippe')
  })
})

describe('what was done is said', () => {
  it('after a reply: that it is public, where it stands, and to its author alone', async () => {
    const replying = await head()
    const address = '/providers/X10001/reply/figure/expected'
    const sent = await sentForm(replying, address, { text: 'It is so.' })
    expect(sent.headers.location).toBe(`${address}/given`)
    const { statusCode, body } = await replying.get(`${address}/given`)
    expect([statusCode, body.includes('Your reply is public')]).toEqual([200, true])
    expect(body).toContain('href="/providers/X10001#expected"')
    expect(body).toContain('href="/record?subject=reply%3AX10001%3Afigure%3Aexpected"')
    expect((await replying.get(`${address.replace('expected', 'absence')}/given`)).statusCode).toBe(
      404,
    )
    expect((await new TestBrowser(app).get(`${address}/given`)).statusCode).toBe(303)
  })

  it('of a reply that is not theirs: to what, and of whom they speak', async () => {
    const { statusCode, body } = await (await head()).get('/providers/X10002/reply/figure/expected')
    expect(statusCode).toBe(403)
    expect(body).toContain('reply in public to what is said of =Ember &amp; &lt;i&gt;Ash')
    expect(body).toContain('You are a lead of Larkrise Invented School, and this lies elsewhere.')
  })

  it('of a request whose words are not public: who can read them, and not that they did', async () => {
    const corrections = async () =>
      (await fixtureReplies.corrections(await fixtureReader.state())).map((c) => ({
        ...c,
        ...{ isPrivate: true, words: null },
      }))
    const replies = { ...fixtureReplies, corrections }
    const other = await peopleServer(db, {}, { reader: { ...fixtureReader, replies } })
    const { body } = await other.inject('/corrections/1')
    expect(body).toContain('Only those who answer can read them.')
    expect(body).not.toContain('have read them')
    await other.close()
  })
})
