import { afterAll, beforeAll, expect, it } from 'vitest'
import { type ProgressEvent, runVerb } from '../control/verb.ts'
import { type Database, openDatabase } from '../database/database.ts'
import { migrate } from '../database/migrate.ts'
import { migrations } from '../database/migrations/index.ts'
import { testPGlite } from '../database/testing.ts'
import { askFor, confirm } from '../subscriptions/store.ts'
import { subscriptionsVerb } from './subscriptions-verb.ts'

let db: Database
beforeAll(async () => {
  db = await openDatabase(testPGlite(null))
  await migrate(db, migrations)
})
afterAll(() => db.close())

async function run(...args: string[]): Promise<{ code: number; said: string }> {
  const said: string[] = []
  const emit = (event: ProgressEvent): void => {
    if (event.kind === 'line') said.push(event.text)
  }
  const verbs = new Map([['subscriptions', subscriptionsVerb]])
  const code = await runVerb(verbs, 'subscriptions', args, { db, cwd: '/' }, emit)
  return { code, said: said.join('\n') }
}

it('counts who follows what, and stops all of one address', async () => {
  expect((await run()).said).toContain('Nobody follows')
  for (const email of ['ada@example.org', 'eve@example.org']) {
    await db.transaction(async (tx) => {
      const id = await askFor(tx, email, { kind: 'place', code: 'P1' })
      await confirm(tx, { id, pace: 'daily', told: 0 })
    })
  }
  expect(await run()).toEqual({ code: 0, said: '  place, daily: 2' })
  expect((await run('stop', ' Ada@Example.org')).code).toBe(0)
  expect(await db.query('select email from subscriber')).toEqual([{ email: 'eve@example.org' }])
  expect((await run('stop', 'ada@example.org')).code).toBe(2)
  expect((await run('stop', 'ada')).code).toBe(3)
  expect((await run('start', 'ada@example.org')).code).toBe(3)
})
