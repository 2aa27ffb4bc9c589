import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { makePeopleVerb } from '../cli/people-verb.ts'
import { runVerb } from '../control/verb.ts'
import type { Database } from '../database/database.ts'
import { migrate } from '../database/migrate.ts'
import { migrations } from '../database/migrations/index.ts'
import { testDatabases } from '../database/testing.ts'
import { unsentLetters } from '../mail/store.ts'
import { clinics } from '../publishing/testing.ts'
import { verifyStored } from '../record/verify.ts'
import { tellLeads, tellModerators, tellOfSurveyCrisis, tellReplied } from '../stories/tell.ts'
import { grantRole } from './grants.ts'
import { deletePerson, ownData } from './own-data.ts'
import { AccountShut, openAccount, shutAccount } from './shutting.ts'
import type { SignedIn } from './sign-in.ts'
import { cookieOf, latestProof, testPeople, testSecret } from './testing.ts'

const email = 'mallory@example.org'
const here = { ip: '192.0.2.1', browser: 'hers' }

describe.each(testDatabases())('accounts that are shut, on $kind', ({ open }) => {
  let db: Database
  beforeAll(async () => {
    db = await open()
    await migrate(db, migrations)
  })
  afterAll(() => db.close())
  // No more letters than five an hour: the tests send more.
  beforeEach(() => db.query('delete from sign_in_count'))

  const verbs = new Map([['people', makePeopleVerb(clinics)]])
  const typed = async (...args: string[]) => {
    const lines: string[] = []
    const code = await runVerb(verbs, 'people', args, { db, cwd: '/' }, (event) => {
      if (event.kind === 'line') lines.push(event.text)
    })
    return { code, text: lines.join('\n') }
  }
  const letter = async () => {
    const { signIn } = await testPeople(db).open()
    await signIn.ask(email, 'http://localhost', here)
    const { code, link } = await latestProof(db, email)
    return { code: code.replace(' ', ''), token: new URL(link).searchParams.get('token') ?? '' }
  }
  const signedIn = async () => {
    const { signIn } = await testPeople(db).open()
    const found = await signIn.byCode(email, (await letter()).code, here)
    return cookieOf((found as SignedIn).cookies)
  }
  const personOf = async (cookie: string) =>
    (await (await testPeople(db).open()).sessions.seen(cookie)).viewer.person

  it('say so for an address that nobody has, and for a reason that is none', async () => {
    expect(await typed('sign-out', email)).toEqual({
      code: 2,
      text: `Nobody has signed in here as ${email}.`,
    })
    await signedIn()
    const { code, text } = await typed('shut', email)
    expect([code, text]).toEqual([2, 'Enter a reason.'])
    expect((await typed('open', email, '--why', 'a mistake')).text).toBe(
      'That account is not shut.',
    )
  })

  it('all sessions end at a word, and their owner can sign in again', async () => {
    await db.query('delete from person_session')
    const all = [await signedIn(), await signedIn()]
    expect((await typed('sign-out', email.toUpperCase())).text).toMatch(/^2 sessions ended/)
    expect(await Promise.all(all.map(personOf))).toEqual([null, null])
    expect(await personOf(await signedIn())).not.toBeNull()
  })

  it('nobody gets in by any way, not even by a letter of before, until it is opened again', async () => {
    const session = await signedIn()
    const before = await letter()
    expect((await typed('shut', email, '--why', 'sends insults')).code).toBe(0)
    expect((await typed('shut', email, '--why', 'sends insults')).text).toMatch(/shut already/)
    expect(await personOf(session)).toBeNull()
    const { signIn } = await testPeople(db).open()
    expect(await signIn.byLink(before.token, here)).toEqual({ kind: 'wrong' })
    const { code } = await letter()
    await expect(signIn.byCode(email, code, here)).rejects.toThrow(AccountShut)
    const { token } = await letter()
    await expect(signIn.byLink(token, here)).rejects.toThrow(AccountShut)
    // Passkeys and another service end here.
    await expect(signIn.withoutLetter(email)).rejects.toThrow(AccountShut)
    expect(await db.query('select id from person_session')).toEqual([])

    await typed('open', email, '--why', 'has apologised')
    expect(await personOf(await signedIn())).not.toBeNull()
  })

  it('each turn is on the record, without a name; reasons go with the account', async () => {
    const acts = await db.query<{ entry: string; act: string }>(
      `select act, entry from record_entry where act like 'account-%' order by number`,
    )
    expect(acts.map((a) => a.act)).toEqual(['account-shut', 'account-opened'])
    const person = (await personOf(await signedIn()))?.id ?? ''
    for (const { entry } of acts) expect(entry).not.toMatch(new RegExp(`mallory|insults|${person}`))
    const reasons = () =>
      db.query(`select value from record_personal p join record_entry e using (number)
        where e.act like 'account-%'`)
    expect(await reasons()).toHaveLength(2)
    expect((await ownData(db, person)).account_act).toHaveLength(2)
    await deletePerson(db, person)
    expect(await reasons()).toEqual([])
    expect((await verifyStored(db)).fault).toBeNull()
  })

  it('no letter of a story or a crisis goes to one, whatever roles it has', async () => {
    const who = { why: 'a test', from: '2026-01-01' }
    const lead = { email: 'head@example.org', role: 'lead', scope: 'provider', code: 'C7' }
    const moderator = { email: 'reader@example.org', role: 'moderator', scope: 'whole' }
    for (const role of [lead, moderator]) await grantRole(db, { ...role, ...who }, 'operator')
    const place = { secret: testSecret, home: 'https://plumbline.example' }
    const told = async () => {
      await db.query('delete from letter')
      const of = { name: 'Ansty School', due: '18 May 2026' }
      await db.transaction(async (tx) => {
        await tellLeads(tx, place, { id: 1, provider: 'C7' }, of)
        await tellReplied(tx, place, { id: 1, provider: 'C7' }, 'restored', of.name)
        await tellModerators(tx, place, 1, { provider: 'C7' })
        await tellOfSurveyCrisis(tx, place, 1, { provider: 'C7' })
      })
      return (await unsentLetters(db)).map((l) => l.address).sort()
    }
    expect(await told()).toEqual([lead, lead, moderator, moderator].map((r) => r.email))
    for (const { email } of [lead, moderator]) {
      await shutAccount(db, { email, why: 'sends insults' }, 'operator')
    }
    expect(await told()).toEqual([])
    for (const { email } of [lead, moderator]) {
      await openAccount(db, { email, why: 'has apologised' }, 'operator')
    }
    expect(await told()).toHaveLength(4)
  })
})
