import { setTimeout as wait } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import type { Database } from '../database/database.ts'
import { testKinds } from '../database/testing.ts'
import { loadCatalogue } from '../evidence/catalogue.ts'
import { killPlace, serving } from '../killed-rounds.ts'
import { postOffice } from '../mail/testing.ts'
import { importAndPublish } from '../publishing/testing.ts'
import { askFor, confirm } from './store.ts'

const people = ['ada', 'grace', 'mary', 'joan', 'emmy'].map((name) => `${name}@mailbox.example`)
const about = { kind: 'indicator', code: 'imd-score' } as const

const header = (letter: string, name: string): string =>
  new RegExp(`^${name}: (.*)\\r$`, 'm').exec(letter)?.[1] ?? ''

async function follow(db: Database): Promise<void> {
  for (const email of people) {
    await db.transaction(async (tx) => {
      const id = await askFor(tx, email, about)
      await confirm(tx, { id, pace: 'at-once', told: 0 })
    })
  }
}

/** What a dead server had begun is another's some minutes later: here at once. */
async function pass(db: Database): Promise<void> {
  await db.query('update letter set next_try_at = now() where sent_at is null')
  await db.query(
    `update jobs.job set state = 'retry', retry_count = retry_count + 1, start_after = now()
     where state = 'active'`,
  )
}

describe.each(testKinds)('a server killed while it tells subscribers, on %s', (kind) => {
  it('tells each once', async () => {
    const office = await postOffice()
    const at = await killPlace(kind)
    const more = {
      SMTP_URL: office.url,
      PLUMBLINE_EXAMPLE: 'off',
      PLUMBLINE_ADDRESS: 'http://plumbline.example',
    }
    const place = { ...at, env: { ...at.env, ...more } }
    try {
      await place.opened(async (db) => {
        await follow(db)
        await importAndPublish(db, loadCatalogue(), place.files(1), { reason: 'v1' })
      })
      office.hold()
      const first = await serving(place)
      while (office.got.length === 0) await wait(20)
      first.child.kill('SIGKILL')
      await first.ended
      office.release()
      await place.opened(pass)
      const second = await serving(place)
      const told = (): Set<string> => new Set(office.got.map((l) => header(l, 'To')))
      while (told().size < people.length) await wait(20)
      second.child.kill('SIGTERM')
      await second.ended
      const ids = new Map(office.got.map((l) => [header(l, 'Message-ID'), header(l, 'To')]))
      expect([...ids.values()].toSorted()).toEqual(people.toSorted())
      await place.opened(async (db) => {
        expect(await db.query('select id from letter where sent_at is null')).toEqual([])
        expect(await db.query('select distinct told from subscription')).toEqual([{ told: 1 }])
      })
    } finally {
      await office.close()
      await at.remove()
    }
  })
})
