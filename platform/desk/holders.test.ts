import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Database } from '../database/database.ts'
import { migrate } from '../database/migrate.ts'
import { migrations } from '../database/migrations/index.ts'
import { testDatabases } from '../database/testing.ts'
import { unsentLetters } from '../mail/store.ts'
import { grantRole, revokeRole } from '../people/grants.ts'
import { deletePerson } from '../people/own-data.ts'
import { closeSignal, takeSignal } from './handle.ts'
import { holdersOf, signalActs } from './holders.ts'
import { standingOf } from './store.ts'
import { tellHolder } from './tell.ts'

const by = { role: 'steward', on: '2026-05-04', seen: null }

describe.each(testDatabases())('who looks after a signal, on $kind', ({ open }) => {
  let db: Database
  beforeAll(async () => {
    db = await open()
    await migrate(db, migrations)
  })
  afterAll(() => db.close())

  async function steward(email: string, until: string | null = null) {
    const request = { email, role: 'steward', scope: 'whole', from: '2026-01-01', until }
    const grant = await grantRole(db, { ...request, why: 'appointed' }, 'operator')
    const [row] = await db.query<{ id: string; pseudonym: string }>(
      'select p.id, p.pseudonym from person p join person_address a using (id) where email = $1',
      [email],
    )
    return { grant: grant.id, id: row?.id ?? '', pseudonym: row?.pseudonym ?? '' }
  }
  const take = (signal: string, person?: string) =>
    db.transaction((tx) => takeSignal(tx, { ...by, signal, ...(person ? { person } : {}) }))
  const now = { record: 2 ** 31 - 1, at: null }
  const standing = async (signal: string, state: { record: number; at: string | null } = now) =>
    standingOf({ acts: (await signalActs(db, state)).get(signal) ?? [] })
  const holder = async (signal: string) => (await holdersOf(db)).get(signal)

  it('is who took it last, until it is closed', async () => {
    const ada = await steward('ada@example.org')
    const eve = await steward('eve@example.org')
    await take('a', ada.id)
    await take('a', eve.id)
    expect(await holder('a')).toEqual({ person: eve.id, pseudonym: eve.pseudonym })
    await db.transaction((tx) => closeSignal(tx, { ...by, signal: 'a', why: 'Over.' }))
    expect([await holder('a'), await standing('a')]).toEqual([undefined, 'closed'])
  })

  it('is nobody once that role is taken back, though the desk of a past day says so still', async () => {
    const { id, grant } = await steward('joan@example.org')
    await take('b', id)
    expect(await standing('b')).toBe('taken')
    await revokeRole(db, { id: grant, why: 'Moved on.' }, 'steward')
    expect([await holder('b'), await standing('b')]).toEqual([undefined, 'open'])
    expect(await standing('b', { ...now, at: '2026-05-05T00:00:00Z' })).toBe('taken')
  })

  it('is nobody once that role has ended, or its person has left', async () => {
    const ended = await steward('mary@example.org', '2026-01-31')
    await take('c', ended.id)
    const gone = await steward('emmy@example.org')
    await take('d', gone.id)
    await deletePerson(db, gone.id)
    expect(await Promise.all([standing('c'), standing('d')])).toEqual(['open', 'open'])
    expect((await holdersOf(db)).size).toBe(0)
  })

  const letters = async () =>
    (await unsentLetters(db)).map(({ address, subject, body }) => ({ address, subject, body }))
  const news = (signal: string, act: 'answered' | 'closed', person: string | null) => ({
    ...{ signal, act, person, about: 'Below a floor:\nAnsty School', role: 'head of Ansty School' },
    link: `https://plumbline.example/desk/signals/${signal}`,
  })
  const tell = (...of: Parameters<typeof news>) =>
    db.transaction((tx) => tellHolder(tx, news(...of)))

  it('is told by a letter what another does about it', async () => {
    const ada = await steward('ada.told@example.org')
    const eve = await steward('eve.told@example.org')
    await take('f', ada.id)
    await tell('f', 'answered', eve.id)
    const [letter, ...others] = await letters()
    expect([letter?.address, others]).toEqual(['ada.told@example.org', []])
    expect(letter?.subject).toBe('A signal that you look after was answered')
    expect(letter?.body).toContain('Below a floor: Ansty School\n')
    expect(letter?.body).toContain('The head of Ansty School has answered this signal.')
    expect(letter?.body).toMatch(/^https:\/\/plumbline\.example\/desk\/signals\/f$/m)
    await tell('f', 'closed', null)
    expect((await letters()).map((l) => l.subject)).toHaveLength(2)
  })

  it('is told nothing of what they do themselves, nor of what is theirs no more', async () => {
    await db.query('delete from letter')
    const ada = await steward('joan.told@example.org')
    await tell('g', 'answered', null)
    await take('g', ada.id)
    await tell('g', 'answered', ada.id)
    await db.transaction((tx) => closeSignal(tx, { ...by, signal: 'g', why: 'Over.' }))
    await tell('g', 'answered', null)
    await take('g', ada.id)
    await revokeRole(db, { id: ada.grant, why: 'Moved on.' }, 'steward')
    await tell('g', 'closed', null)
    const example = await steward('invented@walk-in.invalid')
    await take('h', example.id)
    await tell('h', 'closed', null)
    expect(await letters()).toEqual([])
  })

  it('stays taken where nobody in particular took it', async () => {
    await take('e')
    expect([await holder('e'), await standing('e')]).toEqual([undefined, 'taken'])
  })
})
