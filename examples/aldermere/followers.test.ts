import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { testSecret } from '../../platform/people/testing.ts'
import { tell } from '../../platform/subscriptions/tell.ts'
import { letterWords } from '../../platform/web/pages/subscribe/news-since.ts'
import { sentence } from './about.ts'
import { followers } from './followers.ts'
import { openAldermere } from './testing.ts'

let opened: Awaited<ReturnType<typeof openAldermere>>
beforeAll(async () => {
  opened = await openAldermere()
})
afterAll(() => opened?.db.close())

const place = () => ({
  ...{ db: opened.db, reader: opened.reader, secret: testSecret },
  ...{
    home: () => 'https://plumbline.example',
    example: sentence,
    words: letterWords(opened.reader),
  },
})
const letters = () =>
  opened.db.query<{ address: string; subject: string; body: string }>(
    'select address, subject, body from letter order by address',
  )

describe('who follows pages of the example area', () => {
  it.each(followers)('finds $kind $code, of which there is news', async ({ kind, code }) => {
    const { reader } = opened
    const news = await letterWords(reader).newsSince({ kind, code }, 0, await reader.state())
    expect(news?.name).toMatch(/[a-z]/)
    expect(news?.items.length).toBeGreaterThan(0)
    for (const { title, summary, href } of news?.items ?? []) {
      expect([title, summary].join('')).not.toMatch(/undefined|NaN|null/)
      // The heading says the name.
      expect(`${title},`).not.toContain(`: ${news?.name},`)
      expect(href).toMatch(/^\/[a-z]/)
    }
  })

  it('knows all that is published, and is told what comes later, once', async () => {
    const now = new Date(Date.now() + 8 * 86_400_000)
    expect(await tell(place(), now)).toBe(0)
    expect(await letters()).toEqual([])
    await opened.db.query(`update subscription set told = told - 3, looked_at = '2020-01-01'`)
    expect(await tell(place(), now)).toBe(3)
    expect(await tell(place(), now)).toBe(0)
    const all = await letters()
    expect(all.map((l) => l.address.split('@')[0])).toEqual([
      'edith.sorrel',
      'rosalind.marsh',
      'tom.fennick',
    ])
    for (const { subject, body } of all) {
      expect(subject).toMatch(/^New on Plumbline: \S/)
      expect(body).toContain(sentence)
      expect(body).toContain('https://plumbline.example/unsubscribe?token=')
      expect(body).not.toMatch(/undefined|NaN|\[object/)
    }
  })
})
