import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runVerb } from '../control/verb.ts'
import type { Database } from '../database/database.ts'
import { testDatabases } from '../database/testing.ts'
import { prepare } from '../publishing/testing.ts'
import { addWebhook } from '../webhooks/store.ts'
import { type Receiver, receiver } from '../webhooks/testing.ts'
import { jobsVerb } from './jobs-verb.ts'
import { webhooksVerb } from './webhooks-verb.ts'

const verbs = new Map([
  ['webhooks', webhooksVerb],
  ['jobs', jobsVerb],
])

describe.each(testDatabases())('plumbline webhooks on $kind', ({ open }) => {
  let db: Database
  let other: Receiver
  beforeAll(async () => {
    db = await prepare(await open())
    other = await receiver()
  })
  afterAll(async () => {
    await other.close()
    await db.close()
  })

  const typed = async (verb: string, ...args: string[]) => {
    const lines: string[] = []
    const code = await runVerb(verbs, verb, args, { db, cwd: '/' }, (event) => {
      if (event.kind === 'line') lines.push(event.text)
    })
    return { code, text: lines.join('\n') }
  }

  it('says that there is none, and what there is to do', async () => {
    expect((await typed('webhooks')).text).toContain('Nobody asked to be told.')
    expect(await typed('jobs')).toEqual({
      code: 0,
      text: 'Nothing is waiting; nothing was given up this week.',
    })
  })

  it('shows a secret once, and never again', async () => {
    const address = 'https://example.org/hook'
    const added = await typed('webhooks', 'add', address, '--events', 'release.withdrawn')
    const secret = added.text.split('\n').at(-1) ?? ''
    expect(secret).toMatch(/^whsec_/)
    const { text } = await typed('webhooks', 'list')
    expect(text).toContain(`1  ${address}`)
    expect(text).toContain('release.withdrawn')
    expect(text).not.toContain(secret)
  })

  it.each([
    [['add', 'http://127.0.0.1:1/'], 2, 'It must begin with https://.'],
    [['add', 'https://[::1]/'], 2, 'It leads to a private address'],
    [
      ['add', 'https://example.org/', '--events', 'release.made'],
      3,
      'There is no event release.made',
    ],
    [['remove', '77'], 2, 'There is no webhook 77'],
    [['test', '77'], 2, 'There is no webhook 77'],
    [['enable', 'x'], 3, 'Say what to do'],
    [['add'], 3, 'Say what to do'],
    [['anything', '1'], 3, 'Say what to do'],
    [['--what'], 3, '--what'],
  ])('refuses %j', async (args, code, sentence) => {
    const said = await typed('webhooks', ...args)
    expect(said.code).toBe(code)
    expect(said.text).toContain(sentence)
  })

  it('tests one only where it may lead', async () => {
    const { id } = await addWebhook(db, { address: other.address, events: [] })
    const said = await typed('webhooks', 'test', String(id))
    expect(said).toEqual({ code: 2, text: 'It must begin with https://.' })
    expect(other.received).toEqual([])
  })

  it('removes and enables', async () => {
    expect((await typed('webhooks', 'enable', '1')).code).toBe(0)
    expect((await typed('webhooks', 'remove', '1')).code).toBe(0)
    expect((await typed('webhooks', 'remove', '1')).code).toBe(2)
  })
})
