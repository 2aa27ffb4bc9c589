import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { verifyStored } from '../../platform/record/verify.ts'
import { buildServer } from '../../platform/web/server.ts'
import { closed, replies, taken } from './said.ts'
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
const words = (reply: { text: string }): string => reply.text.split('\n')[0] ?? ''

describe('what the people of the example area say', () => {
  it.each(replies)('stands beside the $kind of $provider', async (reply) => {
    const page = await text(`/providers/${reply.provider}`)
    expect(page).toContain(words(reply))
    expect(page).toMatch(/The (head teacher|lead partner) of [A-Z][a-z ]+, replies:/i)
    const { replies: all } = await json(`/providers/${reply.provider}.json`)
    expect(all).toEqual(
      expect.arrayContaining([expect.objectContaining({ kind: reply.kind, about: reply.about })]),
    )
  })

  it('stands on the card, at the standard and in its data', async () => {
    const [judged, , , card] = replies
    expect(await text('/providers/ALDP04/card')).toContain(card && words(card))
    expect((await json('/providers/ALDP04/card.json')).replies).toHaveLength(1)
    expect(await text('/standards/ald-floor-primary?outcome=not+met')).toContain(
      judged && words(judged),
    )
  })

  it('stands in the API, in the feed and in the embed of the card', async () => {
    const [, , , card] = replies
    const { data } = await json('/api/v1/replies?provider=ALDP04')
    expect(data).toMatchObject([{ kind: 'card', state: 'given', text: card?.text, versions: 1 }])
    const gone = await json('/api/v1/replies?provider=ALDP05')
    expect(gone.data).toMatchObject([{ state: 'withdrawn', text: null }])
    const corrections = await json('/api/v1/corrections?outcome=waiting')
    expect(corrections.data).toMatchObject([{ provider: 'ALDH02', answeredOn: null }])
    const feed = await app.inject('/providers/ALDP04.atom')
    expect(feed.body).toContain(card?.text)
    expect(feed.body).toContain('Correction asked for by Fennickmere Primary School')
    expect(await text('/embed/providers/ALDP04/card')).toContain(card?.text)
  })

  it('is gone where it was withdrawn, with the reason left', async () => {
    const page = await text('/providers/ALDP05')
    expect(page).toContain('A reply stood here.')
    expect(page).toContain('We counted again: it was thirty-one.')
    const everything = await app.inject('/record/export.ndjson')
    expect(everything.body).not.toContain('eleven families')
    expect((await verifyStored(opened.db)).fault).toBeNull()
  })

  it('asks for corrections: one was answered in time, one is late and on the desk', async () => {
    const { sentence, corrections } = await json('/corrections.json')
    expect(sentence).toBe(
      '2 corrections have been asked for: 1 accepted and 1 waiting, 1 of them late.',
    )
    const [late, answered] = corrections
    expect(answered.answer.on <= answered.due && answered.late).toBe(false)
    const page = await text(`/corrections/${late.id}`)
    expect(page).toContain('It is late: the time to answer ended on')
    expect(page).toContain('Day 10 of 10.')
    const desk = await json('/desk.json')
    expect(desk.sentence).toContain('1 request for a correction waits beyond the time to answer.')
    expect(desk.lateCorrections).toMatchObject([{ id: late.id, provider: 'ALDH02' }])
    expect(await text('/desk')).toContain('Answers that are late')
    const release = await text(`/corrections/${answered.id}`)
    expect(release).toContain(`Release ${answered.answer.release} corrects.`)
  })

  it('takes signals and closes them, and says who did and when', async () => {
    const desk = await json('/desk.json')
    const keys = desk.signals.map((s: { key: string }) => s.key)
    expect(keys).toEqual(expect.arrayContaining([...taken]))
    expect(keys).not.toContain(closed)
    expect(desk.closed).toBe(1)
    expect(await text('/desk?q=ALDP63')).toMatch(/Taken by the steward on \d+ \w+ \d{4}\./)
    const ended = await json('/desk.json?standing=closed')
    expect(ended.signals).toMatchObject([{ key: closed, standing: 'closed' }])
    expect(await text('/desk?standing=closed')).toContain('has shown the others how it does it')
    expect((await json('/desk.json?standing=all')).total).toBe(desk.total + 1)
    expect((await json('/desk.json?standing=taken')).total).toBe(taken.length)
  })

  it('was not there on the days before', async () => {
    const [first] = await opened.db.query<{ at: string }>(
      'select published_at as at from publication order by id desc limit 1',
    )
    const then = `as-of=${encodeURIComponent(first?.at ?? '')}`
    expect(await text(`/providers/ALDP03?${then}`)).not.toContain('replies:')
    expect((await json(`/corrections.json?${then}`)).total).toBe(0)
    expect((await json(`/desk.json?${then}`)).closed).toBe(0)
  })
})
